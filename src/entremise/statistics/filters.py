"""What is asked of the report page and of the lists, as codes and dates in the address."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.time import today
from entremise.core.ui.filters import ListFilters
from entremise.core.ui.lists import empty_last
from entremise.core.ui.widgets import DateInput
from entremise.statistics import periods
from entremise.statistics.enums import Comparison, FunderKind, LinkState, Template
from entremise.statistics.models import Convention, ReportLink
from entremise.statistics.periods import Period, previous
from entremise.statistics.queries import (
    check_period,
    covers,
    links_in_state,
    list_conventions,
    list_links,
    period_for,
    sharing_problem,
)

FIRST_ASKED = dt.date(2000, 1, 1)
LONGEST = dt.timedelta(days=5 * 366)  # compared with as long before: the calendar of periods.py begins in 1990
WHOLE = "Toute l’activité de l’organisation"


class ConventionFilters(ListFilters):
    """Filters of the list of conventions; running ones first unless sorted otherwise."""

    SORTS = {
        "financeur": ("funder_name", "-starts_on", "pk"),
        "debut": ("starts_on", "pk"),
        "fin": ("ends_on", "pk"),
    }

    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "Toutes"), ("en_cours", "En cours"), ("closes", "Closes")]
    )
    nature = forms.ChoiceField(
        label="Nature du financeur", required=False, choices=[("", "Toutes"), *FunderKind.choices]
    )
    modele = forms.ChoiceField(label="Modèle de bilan", required=False, choices=[("", "Tous"), *Template.choices])

    def found(self) -> QuerySet[Convention]:
        """The conventions that pass."""
        chosen = self.chosen
        found = list_conventions(self.actor, active_only=chosen.get("etat") == "en_cours")
        if chosen.get("etat") == "closes":
            found = found.filter(is_active=False)
        for column, name in (("funder_kind", "nature"), ("template", "modele")):
            if chosen.get(name):
                found = found.filter(**{column: chosen[name]})
        return found


class LinkFilters(ListFilters):
    """Filters of the links given for one convention; the latest first unless sorted otherwise."""

    SORTS = {
        "periode": ("period_start", "period_end", "pk"),
        "cree": ("created_at", "pk"),
        "ouvertures": ("openings", "pk"),
        "derniere": (empty_last("last_opened_at"), "pk"),
    }

    convention = forms.UUIDField(required=False, widget=forms.HiddenInput)
    etat = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), *LinkState.choices])

    def found(self) -> QuerySet[ReportLink]:
        """The links that pass."""
        chosen = self.chosen
        links = list_links(self.actor, chosen.get("convention"))
        return links_in_state(links, chosen["etat"]) if chosen.get("etat") else links


class ReportFilter(forms.Form):
    """Convention, period, comparison. Two dates, when given, prevail over the named period."""

    convention = forms.ChoiceField(label="Financeur", required=False)
    periode = forms.ChoiceField(
        label="Période",
        required=False,
        error_messages={"invalid_choice": "Choisissez une période de la liste, ou donnez deux dates."},
    )
    comparaison = forms.ChoiceField(label="Comparer à", choices=Comparison.choices, required=False)
    du = forms.DateField(label="Ou bien du", required=False, widget=DateInput)
    au = forms.DateField(label="au (inclus)", required=False, widget=DateInput)

    def __init__(self, *args: Any, conventions: list[Convention], asked: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.pk), _name(one)) for one in conventions]
        self.fields["convention"].choices = [("", WHOLE), *named]  # type: ignore[attr-defined]
        groups = periods.recent(today())
        if asked and asked not in {code for _, pairs in groups for code, _ in pairs} and _readable(asked):
            groups.insert(0, ("Demandée", [(asked, periods.parse(asked).label)]))
        self.fields["periode"].choices = groups  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Two dates together, in order."""
        data = super().clean() or {}
        start, end = data.get("du"), data.get("au")
        if not (start or end) or self.errors:
            return data
        if not (start and end):
            self.add_error("au" if start else "du", "Donnez les deux dates, ou choisissez une période nommée.")
        elif end < start:
            self.add_error("au", "La fin vient avant le début : corrigez l’une des deux dates.")
        elif start < FIRST_ASKED or end.year > periods.LAST_YEAR:
            self.add_error("du", "Choisissez des dates entre 2000 et 2100.")
        elif end - start > LONGEST:
            self.add_error("au", "Un bilan couvre cinq ans au plus : rapprochez les deux dates.")
        return data


@dataclass(frozen=True)
class Asked:
    """What the report page must show. ``refusal`` says why the asked period may not be reported."""

    form: ReportFilter
    convention: Convention | None
    period: Period
    comparison: Comparison
    refusal: str = ""

    @property
    def codes(self) -> dict[str, str]:
        """The same as address parameters."""
        return {
            "convention": str(self.convention.pk) if self.convention else "",
            "periode": self.period.code,
            "comparaison": self.comparison.value,
        }

    @property
    def not_yet(self) -> str:
        """Why no link can be given for this period yet; empty when one can."""
        return sharing_problem(self.convention, self.period) if self.convention else ""

    @property
    def is_valid(self) -> bool:
        """True when there is a report to show."""
        return not self.refusal and self.form.is_valid()


def read(request: HttpRequest, actor: Actor) -> Asked:
    """Read the address; NotFound for a convention that is not the organisation's."""
    conventions = list(list_conventions(actor))
    data = request.GET.copy()
    if "convention" not in data and conventions and conventions[0].is_active:
        data["convention"] = str(conventions[0].pk)
    if not data.get("periode"):
        data["periode"] = _last_month().code
    convention = _convention(data.get("convention", ""), conventions)
    form = ReportFilter(data, conventions=conventions, asked=str(data["periode"]))
    period = _period(form)
    if not data.get("comparaison"):
        data["comparaison"] = _telling(actor, convention, period)
    return Asked(form, convention, period, _comparison(form), _refusal(convention, period))


def _telling(actor: Actor, convention: Convention | None, period: Period) -> Comparison:
    """A year before, unless the record does not go back that far: then the period just before."""
    year_before = previous(period_for(convention, period), Comparison.AN)
    return Comparison.AN if covers(actor.organisation_id, year_before) else Comparison.AVANT


def _last_month() -> Period:
    return periods.month_of(today().replace(day=1) - dt.timedelta(days=1))


def _convention(value: str, conventions: list[Convention]) -> Convention | None:
    if not value:
        return None
    try:
        wanted = uuid.UUID(value)
    except ValueError:
        raise NotFound("convention") from None
    found = next((one for one in conventions if one.pk == wanted), None)
    if found is None:
        raise NotFound("convention")
    return found


def _period(form: ReportFilter) -> Period:
    if not form.is_valid():
        return _last_month()
    data = form.cleaned_data
    return periods.between(data["du"], data["au"]) if data["du"] else periods.parse(data["periode"])


def _comparison(form: ReportFilter) -> Comparison:
    asked = form.data.get("comparaison")
    return Comparison(asked) if asked in Comparison.values else Comparison.AN


def _refusal(convention: Convention | None, period: Period) -> str:
    try:
        check_period(convention, period)
    except InvalidInput as refusal:
        return " ".join(refusal.errors["periode"])
    return ""


def _readable(code: str) -> bool:
    try:
        return periods.parse(code).start >= FIRST_ASKED
    except ValueError:
        return False


def _name(convention: Convention) -> str:
    years = f"{convention.starts_on.year}–{convention.ends_on.year}"
    state = "" if convention.is_active else ", close"
    return f"{convention.funder_name} · {convention.get_template_display()} ({years}{state})"
