"""Followed persons: list, fiche, creation, correction."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.core.errors import Conflict
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import posted, saved
from entremise.privacy.filters import PersonFilterForm
from entremise.privacy.forms.persons import CONTACT, NAMED, NAMES, FindForm, PersonForm
from entremise.privacy.queries import get_person
from entremise.privacy.queries.persons import (
    anonymous_team_ids,
    facts_of,
    find_by_reference,
    near_duplicates,
    person_lines,
)
from entremise.privacy.services import correct_person, open_person, record_reading
from entremise.privacy.views.pages import AGREEMENT_STATES, person_context

CHANGED = (
    "Quelqu’un a modifié cette fiche pendant que vous la corrigiez. Ce que vous avez écrit est gardé ci-dessous : "
    "regardez la fiche dans un autre onglet, puis enregistrez de nouveau pour la remplacer."
)


@require_safe
def index(request: Request) -> HttpResponse:
    """The persons one's teams follow."""
    return _index(request, FindForm())


def _index(request: Request, find: FindForm, status: int = 200) -> HttpResponse:
    actor = request.actor
    require(actor, "privacy.use_persons")
    form = PersonFilterForm(request.GET, actor=actor)
    page = paginate(request, form.listed())
    context = {
        "form": form,
        "find": find,
        "page": page,
        "lines": person_lines(page.items),
        "states": AGREEMENT_STATES,
        "filtered": form.is_filtered,
    }
    return render(request, "privacy/persons.html", context, status=status)


@require_POST
def find(request: Request) -> HttpResponse:
    """The fiche of a reference. What is typed travels in the body: somebody may type a name."""
    require(request.actor, "privacy.use_persons")
    form = FindForm(request.POST)
    if form.is_valid():
        person = find_by_reference(request.actor, form.cleaned_data["reference"])
        if person is not None:
            return redirect("privacy:person", person.pk)
        refusal = "Aucune personne suivie par vos équipes ne porte cette référence. Elle s’écrit ainsi : 26-117."
        form.add_error("reference", refusal)
    return _index(request, form, status=422)


@require_safe
def show(request: Request, person_id: uuid.UUID) -> HttpResponse:
    """The fiche. Opening it leaves a trace in the journal."""
    actor = request.actor
    person = get_person(actor, person_id)
    require(actor, "privacy.use_persons", person)
    record_reading(actor=actor, person=person)
    return render(request, "privacy/person.html", person_context(actor, person))


def _form_page(request: Request, form: PersonForm, status: int = 0, **context: Any) -> HttpResponse:
    shown: dict[str, Any] = {"person": None, "alike": [], "version": 0} | context
    shown |= {"form": form, "named_open": form.opens(NAMED), "contact_open": form.opens(CONTACT)}
    return render(request, "privacy/person_form.html", shown, status=status or (422 if form.errors else 200))


@require_http_methods(["GET", "POST"])
def create(request: Request) -> HttpResponse:
    """A new fiche; those that may already be this person's are shown first."""
    actor = request.actor
    require(actor, "privacy.use_persons")
    form = PersonForm(posted(request), actor=actor, anonymous=anonymous_team_ids(actor))
    if form.is_valid() and not request.POST.get("nouvelle"):
        alike = near_duplicates(actor, form.facts())
        if alike:
            return _form_page(request, form, status=422, alike=person_lines(alike))
    person = saved(form, lambda: open_person(actor=actor, facts=form.facts()), NAMES)
    if person:
        messages.success(request, f"Fiche {person.reference} ouverte. Demandez maintenant son accord.")
        return redirect("privacy:person", person.pk)
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
def correct(request: Request, person_id: uuid.UUID) -> HttpResponse:
    """Change what the fiche holds."""
    actor = request.actor
    person = get_person(actor, person_id)
    require(actor, "privacy.use_persons", person)
    initial: dict[str, Any] = {}
    if request.method == "GET":
        record_reading(actor=actor, person=person)
        initial = PersonForm.initial_of(facts_of(person))
    anonymous = anonymous_team_ids(actor)
    form = PersonForm(posted(request), actor=actor, anonymous=anonymous, fixed=person.team_id, initial=initial)
    version = _version(request) if request.method == "POST" else person.version
    write = partial(correct_person, actor=actor, person_id=person.pk, base_version=version)
    try:
        done = saved(form, lambda: write(facts=form.facts()), NAMES)
    except Conflict:
        form.add_error(None, CHANGED)
        return _form_page(request, form, status=409, person=person, version=person.version)
    if done:
        messages.success(request, "La fiche est à jour.")
        return redirect("privacy:person", person.pk)
    return _form_page(request, form, person=person, version=version)


def _version(request: Request) -> int:
    """The version the page showed; zero, hence a conflict, when it cannot be read."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 0
