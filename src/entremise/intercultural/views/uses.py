"""Pages of the needs of interpreting: list, sheet, totals."""

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.core.time import today
from entremise.core.ui.lists import paginate
from entremise.core.ui.saving import posted, saved
from entremise.intercultural import queries, services
from entremise.intercultural.exports import USES_CODE
from entremise.intercultural.filters import UseFilters
from entremise.intercultural.forms import UseForm
from entremise.intercultural.links import act_link
from entremise.intercultural.queries.uses import count_uses, get_use

QUARTERS = 8  # two years back: totals of separate quarters cannot be subtracted from one another


@require_GET
def use_list(request: Request) -> HttpResponse:
    """The needs of one's teams."""
    actor = request.actor
    require(actor, "intercultural.record_use")
    filters = UseFilters(request.GET, actor=actor)
    page = paginate(request, filters.listed())
    context = {
        "filters": filters,
        "page": page,
        "export": USES_CODE,
        "lines": [{"use": use, "language": queries.language_names([use.language])[0]} for use in page],
        "may_count": can(actor, "intercultural.count_uses"),
    }
    return render(request, "intercultural/uses.html", context)


@require_http_methods(["GET", "POST"])
def use_create(request: Request) -> HttpResponse:
    """Note a need, alone or beside an act (``?intervention=``)."""
    actor = request.actor
    require(actor, "intercultural.record_use")
    form = UseForm(posted(request), actor=actor, initial=_asked(request))
    if saved(form, lambda: services.record_use(actor=actor, facts=form.facts())):
        messages.success(request, "Besoin noté. Il compte dans les totaux par langue, sans lieu ni personne.")
        return redirect("intercultural:uses")
    context = {"form": form, "use": None, "link": _link(request, form)}
    return render(request, "intercultural/use_form.html", context, status=422 if form.errors else 200)


def _asked(request: Request) -> dict[str, object]:
    asked = request.GET.get("intervention", "")
    language = request.GET.get("langue", "")
    return {"act_id": _uuid(asked), "language": language if queries.language(language) else ""}


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _link(request: Request, form: UseForm) -> tuple[str, str] | None:
    value = form["act_id"].value()
    return act_link(request.actor, _uuid(str(value))) if value else None


@require_http_methods(["GET", "POST"])
def use(request: Request, use_id: uuid.UUID) -> HttpResponse:
    """One need, and its correction by those who may."""
    actor = request.actor
    shown = get_use(actor, use_id)
    may_correct = can(actor, "intercultural.correct_use", shown)
    form = UseForm(posted(request), actor=actor, initial=UseForm.initial_of(shown))
    if saved(form, lambda: services.correct_use(actor=actor, use_id=use_id, facts=form.facts())):
        messages.success(request, "La fiche est corrigée.")
        return redirect("intercultural:use", use_id)
    context = {
        "form": form,
        "use": shown,
        "language": queries.language_names([shown.language])[0],
        "link": act_link(actor, shown.act_id),
        "may_correct": may_correct,
    }
    template = "intercultural/use_form.html" if form.errors else "intercultural/use.html"
    return render(request, template, context, status=422 if form.errors else 200)


@require_POST
def use_remove(request: Request, use_id: uuid.UUID) -> HttpResponse:
    """Remove a need noted by mistake."""
    services.remove_use(actor=request.actor, use_id=use_id)
    messages.success(request, "Le besoin noté par erreur est effacé.")
    return redirect("intercultural:uses")


@require_GET
def figures(request: Request) -> HttpResponse:
    """Needs by language and by answer, a quarter at a time, small numbers hidden."""
    require(request.actor, "intercultural.count_uses")
    offered = _quarters(today())
    asked = request.GET.get("trimestre", "")
    code = asked if asked in offered else next(iter(offered))
    first, last = offered[code]
    context = {
        "figures": count_uses(request.actor, first=first, last=last),
        "quarter": code,
        "quarters": [(one, _said(one)) for one in offered],
        "said": _said(code),
        "may_list": can(request.actor, "intercultural.record_use"),
    }
    return render(request, "intercultural/figures.html", context)


def _quarters(day: dt.date) -> dict[str, tuple[dt.date, dt.date]]:
    """Code (``2026-4``) → first and last day, the present quarter first."""
    found, start = {}, dt.date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    for _ in range(QUARTERS):
        following = (start + dt.timedelta(days=93)).replace(day=1)
        found[f"{start.year}-{(start.month + 2) // 3}"] = (start, following - dt.timedelta(days=1))
        start = (start - dt.timedelta(days=1)).replace(day=1)
        start = start.replace(month=3 * ((start.month - 1) // 3) + 1)
    return found


def _said(code: str) -> str:
    year, _, rank = code.partition("-")
    return f"{rank}{'er' if rank == '1' else 'e'} trimestre {year}"
