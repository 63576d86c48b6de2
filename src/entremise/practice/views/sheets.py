"""One's own sheets: list, begin, write, read again, take away, remove."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.core.errors import Conflict
from entremise.core.http import Request, as_file
from entremise.core.permissions import require
from entremise.core.reflection import StartingPoint, starting_point
from entremise.core.time import today
from entremise.core.ui.formats import long_date
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import posted, read_again, saved
from entremise.practice.enums import Face
from entremise.practice.exports import sheets as exports
from entremise.practice.forms.sheets import RereadForm, SheetForm
from entremise.practice.models import Sheet
from entremise.practice.presets import FIRST, LAYOUTS, Layout
from entremise.practice.queries import sheets as queries
from entremise.practice.services import sheets as services
from entremise.practice.services.starting import start_answers
from entremise.practice.views.base import confided

CROSSED = (
    "Cette fiche a été enregistrée dans une autre fenêtre pendant que vous écriviez. "
    "Relisez, puis enregistrez de nouveau."
)
OFFERED = [layout for layout in LAYOUTS.values() if layout.offered]


@confided
@require_safe
def sheets(request: Request) -> HttpResponse:
    """One's own notebook: what is to be read again first."""
    page = paginate(request, queries.list_sheets(request.actor))
    due = queries.lines_of(list(queries.to_reread(request.actor)[:5]))
    context = {"page": page, "lines": queries.lines_of(page.items), "due": due, "layouts": OFFERED}
    return render(request, "practice/sheets.html", context)


@confided
@require_http_methods(["GET", "POST"])
def begin(request: Request, layout: str) -> HttpResponse:
    """A sheet on a blank page."""
    require(request.actor, "practice.keep_sheets")
    return _begin(request, _offered(layout), None)


@confided
@require_http_methods(["GET", "POST"])
def begin_from(request: Request, source_kind: str, source_id: uuid.UUID) -> HttpResponse:
    """A sheet that starts from the facts of one's own act; nothing is written before it is saved."""
    require(request.actor, "practice.keep_sheets")
    found = starting_point(request.actor, source_kind, source_id)
    return _begin(request, _offered(request.GET.get("modele") or FIRST.code), found)


def _offered(code: str) -> Layout:
    layout = LAYOUTS.get(code)
    if layout is None or not layout.offered:
        raise Http404
    return layout


def _begin(request: Request, layout: Layout, start: StartingPoint | None) -> HttpResponse:
    answers = start_answers(layout, start) if start else None
    form = SheetForm(posted(request), layout=layout, answers=answers, initial={"title": start.title if start else ""})
    sheet = _written(request, form, lambda command: services.write_sheet(actor=request.actor, command=command))
    if sheet is not None:
        return redirect("practice:sheet", sheet.pk)
    context = {"form": form, "layout": layout, "layouts": OFFERED, "start": start, "sheet": None}
    return render(request, "practice/sheet_form.html", context, status=422 if form.errors else 200)


@confided
@require_http_methods(["GET", "POST"])
def edit(request: Request, reflection_id: uuid.UUID) -> HttpResponse:
    """Write one's sheet again."""
    sheet = queries.get_sheet(request.actor, reflection_id)
    layout = queries.layout_of(sheet)
    initial = {"title": sheet.title, "base_version": sheet.version}
    form = SheetForm(posted(request), layout=layout, answers=queries.answers_of(sheet), initial=initial)
    crossed = False
    try:
        change: dict[str, Any] = {"actor": request.actor, "sheet_id": sheet.pk}
        if _written(request, form, lambda command: services.change_sheet(command=command, **change)) is not None:
            return redirect("practice:sheet", sheet.pk)
    except Conflict:
        form.add_error(None, CROSSED)
        read_again(form, sheet.version)
        crossed = True
    context = {
        "form": form,
        "layout": layout,
        "sheet": sheet,
        "start": None,
        "theirs": queries.told(sheet) if crossed else [],
    }
    return render(request, "practice/sheet_form.html", context, status=422 if form.errors else 200)


def _written(request: Request, form: SheetForm, write: Callable[[Any], Sheet]) -> Sheet | None:
    """The saved sheet with its message, or None: only opened, or something to correct."""
    finish = request.POST.get("terminer") == "oui"
    names = {code: form.error_field(code) for code in form.layout.questions}
    sheet = saved(form, lambda: write(form.command(finish=finish)), names)
    if sheet is not None:
        told = "La fiche est terminée." if finish else "La fiche est enregistrée."
        due = f" Relecture proposée {long_date(sheet.reread_on)}." if finish and sheet.reread_on else ""
        messages.success(request, f"{told}{due} Vous seul pouvez la lire.")
    return sheet


@confided
@require_http_methods(["GET", "POST"])
def sheet(request: Request, reflection_id: uuid.UUID) -> HttpResponse:
    """One sheet, and its re-reading."""
    found = queries.get_sheet(request.actor, reflection_id)
    form = RereadForm(posted(request))
    again: dict[str, Any] = {"actor": request.actor, "sheet_id": found.pk}
    if saved(form, lambda: services.reread_sheet(command=form.command(), **again)):
        messages.success(request, "La relecture est enregistrée.")
        return redirect("practice:sheet", found.pk)
    context = {
        "line": queries.lines_of([found])[0],
        "layout": queries.layout_of(found),
        "parts": queries.told(found),
        "rereading": queries.rereading_of(found),
        "form": form,
    }
    return render(request, "practice/sheet.html", context, status=422 if form.errors else 200)


@confided
@require_http_methods(["GET", "POST"])
def delete(request: Request, reflection_id: uuid.UUID) -> HttpResponse:
    """Ask once, then remove for good."""
    found = queries.get_sheet(request.actor, reflection_id)
    if request.method == "POST":
        services.delete_sheet(actor=request.actor, sheet_id=found.pk)
        messages.success(request, "La fiche est supprimée.")
        return redirect("practice:sheets")
    return render(request, "practice/sheet_delete.html", {"line": queries.lines_of([found])[0]})


@confided
@require_POST
def take(request: Request, reflection_id: uuid.UUID, face: str) -> HttpResponse:
    """Take one sheet away. A POST, since the journal keeps that it left."""
    found = queries.get_sheet(request.actor, reflection_id)
    return _file(request, exports.sheet_document(found), face, found.pk)


@confided
@require_POST
def take_all(request: Request, face: str) -> HttpResponse:
    """Take the whole notebook away."""
    found = queries.list_sheets(request.actor).order_by("written_at", "pk")
    return _file(request, exports.notebook_document(found, on=long_date(today())), face, None)


def _file(request: Request, document: exports.Document, face: str, sheet_id: uuid.UUID | None) -> HttpResponse:
    if face not in Face.values:
        raise Http404
    services.record_export(actor=request.actor, sheet_id=sheet_id, face=face)
    content, media_type = exports.render(document, face)
    return as_file(content, media_type, exports.file_name(document.title, face))
