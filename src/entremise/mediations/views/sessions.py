"""Sessions and the vault: notes, preparation sheets."""

import json
import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from entremise.core.errors import Conflict
from entremise.core.http import Request
from entremise.core.ui.saving import posted, read_again, saved
from entremise.mediations.enums import SheetKind
from entremise.mediations.forms.sessions import NoteForm, SessionForm, SheetForm
from entremise.mediations.models import Case
from entremise.mediations.queries import get_party, get_vault, name_of, parties_of
from entremise.mediations.queries.vault import get_note, get_session, get_sheet, note_lines
from entremise.mediations.services import correct_note, correct_session, record_session, write_note, write_sheet
from entremise.mediations.services.reading import read_vault
from entremise.mediations.views.base import CHANGED, frame, in_vault


@require_http_methods(["GET", "POST"])
@in_vault
def add(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """A session that took place."""
    actor = request.actor
    case = get_vault(actor, case_id)
    form = SessionForm(posted(request), parties=parties_of(case))
    session = saved(form, lambda: record_session(actor=actor, case_id=case_id, facts=form.facts()))
    if session:
        messages.success(request, "Séance notée. Le coffre garde vos notes, si vous en avez.")
        return redirect("mediations:session", case_id, session.pk)
    return _form(request, "mediations/session_form.html", case, form, session=None)


@require_http_methods(["GET", "POST"])
@in_vault
def correct(request: Request, case_id: uuid.UUID, session_id: uuid.UUID) -> HttpResponse:
    """Correct a session; both versions are shown when another mediator wrote meanwhile."""
    actor = request.actor
    case = get_vault(actor, case_id)
    session = get_session(case, session_id)
    initial = SessionForm.initial_of(session) if request.method == "GET" else {}
    form = SessionForm(posted(request), parties=parties_of(case), initial=initial)
    write = partial(correct_session, actor=actor, case_id=case_id, session_id=session_id)
    try:
        done = saved(form, lambda: write(facts=form.facts(), base_version=form.cleaned_data["base_version"]))
    except Conflict:
        return _conflict(request, "mediations/session_form.html", case, form, session.version, session=session)
    if done:
        messages.success(request, "Séance corrigée.")
        return redirect("mediations:session", case_id, session_id)
    return _form(request, "mediations/session_form.html", case, form, session=session)


@require_http_methods(["GET", "POST"])
@in_vault
def show(request: Request, case_id: uuid.UUID, session_id: uuid.UUID) -> HttpResponse:
    """A session with its notes, covered until one uncovers them; one more note."""
    actor = request.actor
    case = read_vault(actor=actor, case_id=case_id, what="session")
    session, parties = get_session(case, session_id), parties_of(case)
    form = NoteForm(posted(request), parties=parties)
    if saved(form, lambda: _note(actor, case_id, form, session_id)):
        messages.success(request, "Note gardée dans le coffre.")
        return redirect("mediations:session", case_id, session_id)
    lines = note_lines(case, parties, session=session)
    return _form(request, "mediations/session.html", case, form, session=session, notes=lines)


@require_http_methods(["GET", "POST"])
@in_vault
def notes(request: Request, case_id: uuid.UUID) -> HttpResponse:
    """Every note of the vault; one more, outside any session."""
    actor = request.actor
    case = read_vault(actor=actor, case_id=case_id, what="notes")
    parties = parties_of(case)
    form = NoteForm(posted(request), parties=parties)
    if saved(form, lambda: _note(actor, case_id, form)):
        messages.success(request, "Note gardée dans le coffre.")
        return redirect("mediations:notes", case_id)
    return _form(request, "mediations/notes.html", case, form, notes=note_lines(case, parties))


def _note(actor: Any, case_id: uuid.UUID, form: NoteForm, session_id: uuid.UUID | None = None) -> Any:
    found = form.cleaned_data
    party_id = uuid.UUID(found["party"]) if found["party"] else None
    told = {"kind": found["kind"], "text": found["text"], "party_id": party_id, "session_id": session_id}
    return write_note(actor=actor, case_id=case_id, **told)


@require_http_methods(["GET", "POST"])
@in_vault
def note(request: Request, case_id: uuid.UUID, note_id: uuid.UUID) -> HttpResponse:
    """Correct a note; what it said before stays beside it."""
    actor = request.actor
    case = read_vault(actor=actor, case_id=case_id, what="note")
    known = get_note(case, note_id)
    initial = {"kind": known.kind, "text": known.text, "base_version": known.version}
    form = NoteForm(posted(request), parties=[], fixed=True, initial=initial)
    write = partial(correct_note, actor=actor, case_id=case_id, note_id=note_id)
    try:
        done = saved(form, lambda: write(**form.cleaned_data))
    except Conflict:
        return _conflict(request, "mediations/note.html", case, form, known.version, note=known)
    if done:
        messages.success(request, "Note corrigée. Ce qu’elle disait avant est gardé.")
        return redirect("mediations:notes", case_id)
    return _form(request, "mediations/note.html", case, form, note=known)


@require_http_methods(["GET", "POST"])
@in_vault
def prepare(request: Request, case_id: uuid.UUID, party_id: uuid.UUID | None = None) -> HttpResponse:
    """The preparation of a party, or of the round table."""
    actor = request.actor
    case = read_vault(actor=actor, case_id=case_id, what="sheet")
    party = get_party(case, party_id) if party_id else None
    sheet = get_sheet(case, party)
    initial = json.loads(sheet.content or "{}") | {"base_version": sheet.version} if sheet else {}
    form = SheetForm(posted(request), kind=SheetKind.PARTIE if party else SheetKind.TABLE_RONDE, initial=initial)
    shown: dict[str, Any] = {"party": party, "name": name_of(party) if party else "", "sheet": sheet}
    write = partial(write_sheet, actor=actor, case_id=case_id, party_id=party_id)
    try:
        done = saved(form, lambda: write(content=form.content(), base_version=form.cleaned_data["base_version"]))
    except Conflict:
        shown["other"] = [(form.fields[code].label, initial.get(code, "")) for code in form.codes]
        return _conflict(request, "mediations/sheet.html", case, form, sheet.version if sheet else 0, **shown)
    if done:
        messages.success(request, "Préparation enregistrée.")
        return redirect("mediations:case", case_id)
    return _form(request, "mediations/sheet.html", case, form, **shown)


@require_safe
@in_vault
def former(request: Request, case_id: uuid.UUID, note_id: uuid.UUID) -> HttpResponse:
    """What a note said before each correction."""
    case = read_vault(actor=request.actor, case_id=case_id, what="note")
    known = get_note(case, note_id)
    return render(request, "mediations/note_former.html", frame(case, note=known, versions=known.former.all()))


def _form(request: Request, template: str, case: Case, form: Form, **shown: Any) -> HttpResponse:
    context = frame(case, form=form, conflict=False) | shown
    return render(request, template, context, status=422 if form.errors else 200)


def _conflict(request: Request, template: str, case: Case, form: Form, version: int, **shown: Any) -> HttpResponse:
    form.add_error(None, CHANGED)
    read_again(form, version)
    return render(request, template, frame(case, form=form, conflict=True) | shown, status=409)
