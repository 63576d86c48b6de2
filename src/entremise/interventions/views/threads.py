"""Threads: acts about the same thing, and a dated reminder."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.time import today
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import refuse
from entremise.interventions.filters import ThreadFilterForm
from entremise.interventions.forms import PersonForm, ReminderForm
from entremise.interventions.queries import (
    describe,
    get_intervention,
    get_thread,
    thread_acts,
    title_of,
    titles_of,
)
from entremise.interventions.services import close_thread, join_thread, open_thread, set_reminder
from entremise.interventions.views.lists import detail_forms, thread_form
from entremise.interventions.views.pages import STATES, detail_context
from entremise.privacy.queries import person_choices


@require_safe
def index(request: Request) -> HttpResponse:
    """The team's open threads; the others through the filters."""
    actor = request.actor
    require(actor, "interventions.record")
    form = ThreadFilterForm(request.GET, actor=actor)
    page = paginate(request, form.listed())
    threads = titles_of(page)
    filtered = any(value for key, value in request.GET.items() if key not in ("tri", "page"))
    context = {"form": form, "page": page, "threads": threads, "filtered": filtered, "today": today()}
    return render(request, "interventions/threads.html", context)


@require_safe
def show(request: Request, thread_id: uuid.UUID) -> HttpResponse:
    """One thread with the acts the actor may read."""
    actor = request.actor
    thread = get_thread(actor, thread_id)
    initial = {"on": thread.reminder_on, "note": thread.reminder_note}
    return thread_page(request, actor, thread_id, ReminderForm(initial=initial))


def thread_page(
    request: Request,
    actor: Actor,
    thread_id: uuid.UUID,
    form: ReminderForm,
    person_form: PersonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a thread, with what was typed in either of its forms."""
    thread = get_thread(actor, thread_id)
    page = paginate(request, thread_acts(actor, thread))
    context = {
        "thread": thread,
        "title": title_of(thread),
        "form": form,
        "person_form": person_form or PersonForm(persons=person_choices(actor, thread.team_id)),
        "page": page,
        "lines": describe(actor, page),
        "states": STATES,
        "today": today(),
    }
    return render(request, "interventions/thread.html", context, status=status)


@require_POST
def join(request: Request, act_id: uuid.UUID) -> HttpResponse:
    """Put an act in a thread, a new one if none is chosen, or take it out."""
    actor = request.actor
    act = get_intervention(actor, act_id)
    if request.POST.get("sortir"):
        join_thread(actor=actor, intervention_id=act_id, thread_id=None)
        messages.success(request, "L’intervention n’est plus dans le fil.")
        return redirect("interventions:detail", act_id)
    form = thread_form(actor, act, request.POST)
    if form.is_valid():
        found = form.cleaned_data
        try:
            if found["thread_id"]:
                join_thread(actor=actor, intervention_id=act_id, thread_id=found["thread_id"])
                return redirect("interventions:thread", found["thread_id"])
            thread = open_thread(actor=actor, intervention_id=act_id, label=found.get("label", ""))
            return redirect("interventions:thread", thread.pk)
        except InvalidInput as invalid:
            refuse(form, invalid)
    context = detail_context(actor, act) | detail_forms(actor, act) | {"thread_form": form}
    return render(request, "interventions/detail.html", context, status=422)


@require_POST
def remind(request: Request, thread_id: uuid.UUID) -> HttpResponse:
    """Set or lift the reminder."""
    actor = request.actor
    form = ReminderForm(request.POST)
    if form.is_valid():
        try:
            set_reminder(actor=actor, thread_id=thread_id, **form.cleaned_data)
        except InvalidInput as invalid:
            refuse(form, invalid)
        else:
            messages.success(request, "Rappel noté." if form.cleaned_data["on"] else "Rappel levé.")
            return redirect("interventions:thread", thread_id)
    return thread_page(request, actor, thread_id, form, status=422)


@require_POST
def close(request: Request, thread_id: uuid.UUID) -> HttpResponse:
    """Close the thread; its acts stay."""
    actor = request.actor
    close_thread(actor=actor, thread_id=thread_id)
    messages.success(request, "Fil clos. Ses interventions restent lisibles.")
    return redirect("interventions:thread", thread_id)
