"""Reads: numbers as an organisation verified them, requests refused and their totals."""

import datetime as dt
import uuid
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, QuerySet

from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.permissions import can, require
from entremise.core.time import today
from entremise.interventions.models.reference import CharterRefusal, NumberCheck
from entremise.interventions.reference import numbers
from entremise.interventions.reference.enums import Principle, RefusedRequest
from entremise.interventions.reference.numbers import Number


@dataclass(frozen=True)
class ShownNumber:
    """A number as one organisation sees it: its own hours and date when it verified the number later."""

    number: Number
    hours: str
    verified_on: dt.date | None
    is_own: bool
    is_current: bool  # verified less than twenty-four months ago


def list_numbers(actor: Actor) -> list[ShownNumber]:
    """Every number to call, in order, with the latest verification; one query."""
    require(actor, "interventions.view_reference")
    checks = {check.number_code: check for check in NumberCheck.objects.visible_to(actor)}
    day = today()
    return [_shown(number, checks.get(number.code), day) for number in numbers.load().numbers]


@dataclass(frozen=True)
class NumbersToCall:
    """The numbers as they are read in an urgency: those of danger first, the others under their need."""

    first: list[ShownNumber]
    groups: list[tuple[str, list[ShownNumber]]]

    @property
    def has_stale(self) -> bool:
        """True when one of them has not been verified for long, or never was."""
        return any(not one.is_current for group in (self.first, *(found for _, found in self.groups)) for one in group)


def numbers_by_need(actor: Actor) -> NumbersToCall:
    """Every number, arranged for whoever must call now; one query."""
    shown = list_numbers(actor)
    labels = dict(numbers.load().groups)
    others = [one for one in shown if not one.number.first]
    return NumbersToCall(
        first=[one for one in shown if one.number.first],
        groups=[(labels[code], list(found)) for code, found in groupby(others, key=lambda one: one.number.group)],
    )


def get_number(actor: Actor, code: str) -> ShownNumber:
    """One number; NotFound when there is none of this code."""
    require(actor, "interventions.view_reference")
    number = numbers.get(code)
    if number is None:
        raise NotFound(code)
    return _shown(number, NumberCheck.objects.visible_to(actor).filter(number_code=code).first(), today())


def _shown(number: Number, check: NumberCheck | None, day: dt.date) -> ShownNumber:
    national = number.verified_on
    if check is not None and (national is None or check.verified_on >= national):
        current = not numbers.is_stale(check.verified_on, day)
        return ShownNumber(number, check.hours, check.verified_on, True, current)
    return ShownNumber(number, number.hours, national, False, bool(national and not numbers.is_stale(national, day)))


def list_refusals(
    actor: Actor,
    *,
    kind: str = "",
    principle: str = "",
    asker_type: str = "",
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> QuerySet[CharterRefusal]:
    """Requests refused, the latest first; an empty filter filters nothing. An auditor has no list."""
    require(actor, "interventions.record_refusal")
    return _filtered(actor, kind, principle, asker_type, first, last).order_by("-asked_on", "-id")


def _filtered(
    actor: Actor, kind: str, principle: str, asker_type: str, first: dt.date | None, last: dt.date | None
) -> QuerySet[CharterRefusal]:
    rows: QuerySet[CharterRefusal] = CharterRefusal.objects.visible_to(actor)
    exact = {"kind": kind, "principle": principle, "asker_type": asker_type}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    rows = rows.filter(asked_on__gte=first) if first else rows
    return rows.filter(asked_on__lte=last) if last else rows


def get_refusal(actor: Actor, refusal_id: uuid.UUID) -> CharterRefusal:
    """One request refused; NotFound for another organisation's, and for another author's unless one coordinates."""
    if not can(actor, "interventions.record_refusal"):
        raise NotFound(str(refusal_id))
    refusal: CharterRefusal | None = CharterRefusal.objects.visible_to(actor).filter(pk=refusal_id).first()
    if refusal is None:
        raise NotFound(str(refusal_id))
    return refusal


@dataclass(frozen=True)
class Total:
    """How many requests for one value; the shape that ``{% bars %}`` draws."""

    code: str
    label: str
    value: int
    previous: int | None = None
    note: str = ""


@dataclass(frozen=True)
class RefusalTotals:
    """Totals of a selection: the whole, by thing asked, by principle."""

    count: int
    by_kind: list[Total]
    by_principle: list[Total]


def count_refusals(
    actor: Actor,
    *,
    kind: str = "",
    principle: str = "",
    asker_type: str = "",
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> RefusalTotals:
    """Totals over the organisation's refused requests (figures of reports use it too); two queries."""
    require(actor, "interventions.count_refusals")
    rows = _filtered(actor, kind, principle, asker_type, first, last).order_by()
    by_kind = dict(rows.values_list("kind").annotate(n=Count("id")))
    by_principle = dict(rows.values_list("principle").annotate(n=Count("id")))
    return RefusalTotals(
        count=sum(by_kind.values()),
        by_kind=[Total(c, str(label), by_kind[c]) for c, label in RefusedRequest.choices if c in by_kind],
        by_principle=[Total(c, str(label), by_principle[c]) for c, label in Principle.choices if c in by_principle],
    )
