"""The report, its files, its text, its definitions."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from entremise.core.actor import Actor
from entremise.core.errors import Conflict, InvalidInput, NotFound
from entremise.core.http import Request, as_file
from entremise.core.permissions import can, require
from entremise.core.text import fold
from entremise.core.ui.saving import read_again, refuse
from entremise.statistics import exports, filters, services
from entremise.statistics.definitions import DEFINITIONS
from entremise.statistics.enums import Format
from entremise.statistics.filters import Asked
from entremise.statistics.forms import ReportTextForm
from entremise.statistics.models import ReportDraft
from entremise.statistics.queries import get_draft, make_report, scope_of
from entremise.statistics.report import Report
from entremise.statistics.screen import screen_of

CROSSED = "Quelqu’un a enregistré ce texte pendant que vous écriviez. Sa version est sous la vôtre."


@require_GET
def report(request: Request) -> HttpResponse:
    """The figures of a period and a funder, as the funder would read them."""
    actor = request.actor
    require(actor, "statistics.view")
    asked = filters.read(request, actor)
    context = {
        "asked": asked,
        "form": asked.form,
        "codes": urlencode(asked.codes),
        "can_download": can(actor, "statistics.download"),
        "can_manage": can(actor, "statistics.manage"),
        "draft": None,
        "screen": None,
    }
    if not asked.is_valid:
        return render(request, "statistics/report.html", context, status=422)
    context["screen"] = screen_of(made(request, asked), actor, asked)
    if asked.convention and can(actor, "statistics.download"):
        context["draft"] = get_draft(actor, asked.convention, asked.period)
    return render(request, "statistics/report.html", context)


def made(request: Request, asked: Asked) -> Report:
    """The report that was asked."""
    actor = request.actor
    return make_report(scope_of(actor, asked.convention, asked.period, asked.comparison), asked.convention)


@require_GET
def download(request: Request, face: str) -> HttpResponse:
    """The same report as a file, with the text of the coordinator."""
    actor = request.actor
    require(actor, "statistics.download")
    asked = filters.read(request, actor)
    if face not in Format.values:
        raise Http404
    if not asked.is_valid:
        return redirect(f"{reverse('statistics:report')}?{urlencode(asked.codes)}")
    document = exports.to_document(made(request, asked), _texts(request, asked), to_complete=face == Format.ODT)
    content, media_type = exports.render(document, face)
    return as_plain_file(content, media_type, f"{document.title}.{face}")


def as_plain_file(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to save, named in plain letters."""
    stem, _, extension = name.rpartition(".")
    plain = fold(stem).replace(" ", "-")
    return as_file(content, media_type, f"{plain}.{extension}")


def _texts(request: Request, asked: Asked) -> exports.Texts:
    if asked.convention is None:
        return exports.Texts()
    draft = get_draft(request.actor, asked.convention, asked.period)
    return exports.Texts(
        highlights=draft.highlights,
        situations=draft.situations,
        outlook=draft.outlook,
        missions=asked.convention.missions,
        post=asked.convention.post,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: Request) -> HttpResponse:
    """What the coordinator writes around the figures."""
    actor = request.actor
    require(actor, "statistics.manage")
    asked = filters.read(request, actor)
    if asked.convention is None:
        raise NotFound("convention")
    if not asked.is_valid:
        return redirect(f"{reverse('statistics:report')}?{urlencode(asked.codes)}")
    draft = get_draft(actor, asked.convention, asked.period)
    form = ReportTextForm(request.POST or None, draft=draft)
    other = None
    try:
        if request.method == "POST" and form.is_valid() and _saved(request, asked, form):
            return redirect(f"{reverse('statistics:report')}?{urlencode(asked.codes)}")
    except Conflict:
        other = _crossed(actor, asked, form)
    context = {"asked": asked, "codes": urlencode(asked.codes), "form": form, "other": other}
    return render(request, "statistics/text.html", context, status=422 if request.method == "POST" else 200)


def _crossed(actor: Actor, asked: Asked, form: ReportTextForm) -> ReportDraft:
    """The text someone saved meanwhile, shown under the author's: sending again answers for both."""
    assert asked.convention is not None  # checked by the view
    other = get_draft(actor, asked.convention, asked.period)
    form.add_error(None, CROSSED)
    read_again(form, other.version)
    return other


def _saved(request: Request, asked: Asked, form: ReportTextForm) -> bool:
    actor = request.actor
    assert asked.convention is not None  # checked by the view
    try:
        draft = services.save_text(
            actor=actor, convention_id=asked.convention.pk, period=asked.period, text=form.text()
        )
    except InvalidInput as refusal:
        refuse(form, refusal)
        return False
    messages.success(request, f"Texte enregistré, version {draft.version}.")
    return True


@require_GET
def definitions(request: Request) -> HttpResponse:
    """What each figure counts, and where it comes from."""
    require(request.actor, "statistics.view")
    return render(request, "statistics/definitions.html", {"definitions": DEFINITIONS.values()})
