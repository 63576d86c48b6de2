"""What ties threads to followed persons: their link, and the panel on the page of a person."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from entremise.core.errors import InvalidInput
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.saving import saved
from entremise.interventions.forms import PersonForm, ReminderForm
from entremise.interventions.queries import (
    acts_of_person,
    acts_of_threads,
    describe,
    get_thread,
    threads_of_person,
    titles_of,
)
from entremise.interventions.services import link_person, open_person_thread
from entremise.interventions.views.pages import STATES
from entremise.interventions.views.threads import thread_page
from entremise.privacy.queries import get_person, person_choices

FEW = 10  # acts and threads shown on the page of a person


@require_POST
def link(request: Request, thread_id: uuid.UUID) -> HttpResponse:
    """Say which followed person the thread concerns, or that it concerns none any more."""
    actor = request.actor
    thread = get_thread(actor, thread_id)
    if request.POST.get("detacher"):
        link_person(actor=actor, thread_id=thread_id, person_id=None)
        messages.success(request, "Le fil ne concerne plus une personne suivie.")
        return redirect("interventions:thread", thread_id)
    form = PersonForm(request.POST, persons=person_choices(actor, thread.team_id))
    write = lambda: link_person(actor=actor, thread_id=thread_id, person_id=form.cleaned_data["person_id"])  # noqa: E731
    if saved(form, write):
        messages.success(request, "Le fil concerne cette personne. Ce qui y est écrit s’effacera avec sa fiche.")
        return redirect("interventions:thread", thread_id)
    initial = {"on": thread.reminder_on, "note": thread.reminder_note}
    return thread_page(request, actor, thread_id, ReminderForm(initial=initial), form, status=422)


@require_POST
def open_thread(request: Request, person_id: uuid.UUID) -> HttpResponse:
    """A new thread about a followed person."""
    try:
        thread = open_person_thread(actor=request.actor, person_id=person_id)
    except InvalidInput as refusal:
        messages.error(request, refusal.sentences)
        return redirect("privacy:person", person_id)
    messages.success(request, "Fil ouvert. Notez-y la première intervention.")
    return redirect("interventions:thread", thread.pk)


@require_safe
def panel(request: Request, person_id: uuid.UUID) -> HttpResponse:
    """The threads and the latest acts about a followed person (panel)."""
    actor = request.actor
    require(actor, "interventions.list")
    person = get_person(actor, person_id)
    threads = titles_of(threads_of_person(actor, person_id)[:FEW])
    counts = acts_of_threads(actor, [thread.pk for thread, _ in threads])
    context = {
        "person": person,
        "threads": [(thread, title, counts.get(thread.pk, 0)) for thread, title in threads],
        "lines": describe(actor, acts_of_person(actor, person_id)[:FEW]),
        "states": STATES,
    }
    template = "interventions/person_panel.html"
    return render(request, f"{template}#threads" if request.htmx else template, context)
