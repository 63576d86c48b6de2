"""The real form of each kind, with which a refused operation is corrected at the office: nothing is typed again.

Modules declare theirs in ``<module>/office.py``; a kind without one is corrected field by field (``sync.forms``).
"""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from entremise.core.actor import Actor
from entremise.core.errors import FORM
from entremise.sync.registry import STEADY


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """What the phone sent, hours by the server's clock, and what stood against it."""

    entity_id: uuid.UUID
    payload: Mapping[str, Any]
    errors: Mapping[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class OfficeForm:
    """How a kind is corrected. ``build(actor, refusal, data)`` gives the form, filled with what was typed or bound to
    ``data``; ``payload(form, refusal)`` gives the fields of the operation once it is valid, as plain data.

    ``template`` draws the form (``form`` and what ``context`` adds), ``head`` its style, ``css`` names its class.
    """

    build: Callable[[Actor, Refusal, Any], forms.Form]
    payload: Callable[[Any, Refusal], dict[str, Any]]
    template: str
    head: str = ""
    css: str = ""
    context: Callable[[Any], Mapping[str, Any]] | None = None


_forms: dict[str, OfficeForm] = {}


def register(name: str, office: OfficeForm) -> None:
    """Declare the form of a kind (``act.record``), once."""
    if _forms.setdefault(name, office) is not office:
        raise ValueError(f"the office form of {name} is declared twice")


def office_of(name: str) -> OfficeForm | None:
    """The form of a kind, if it has one."""
    return _forms.get(name)


def say(form: forms.Form, errors: Mapping[str, list[str]]) -> None:
    """Put sentences beside the fields of a form, bound or not; those of no field shown stand above it."""
    found = form.errors
    for name, sentences in errors.items():
        shown = name != FORM and name in form.fields and not form.fields[name].widget.is_hidden
        key = name if shown else NON_FIELD_ERRORS
        known = found.setdefault(key, form.error_class(renderer=form.renderer))
        known.extend(sentence for sentence in sentences if sentence not in known)


def plain(value: Any) -> Any:
    """A cleaned value as phones write it."""
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    return [plain(one) for one in value] if isinstance(value, tuple | list) else value


def changes(refusal: Refusal, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that differ from what was sent; pages show minutes, so the same minute is the same hour."""
    return {name: value for name, value in values.items() if not _same(refusal.payload.get(name), value)}


def _same(one: Any, other: Any) -> bool:
    if one in (None, "", []) and other in (None, "", [], False):
        return True
    first, second = instant(one), instant(other)
    if first is not None and second is not None:
        return first.replace(second=0, microsecond=0) == second.replace(second=0, microsecond=0)
    return one == other


def instant(value: Any) -> dt.datetime | None:
    """A moment that a phone wrote, or None when it is something else."""
    try:
        found = dt.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo is not None else None


def offset_of(told: Any) -> dt.timedelta:
    """The error of a phone's clock, as it measured it; nothing when it is too small to be corrected."""
    if not isinstance(told, int) or isinstance(told, bool):
        return dt.timedelta()
    try:
        found = dt.timedelta(milliseconds=told)
    except OverflowError:
        return dt.timedelta()
    return found if abs(found) >= STEADY else dt.timedelta()


def shifted(value: Any, by: dt.timedelta) -> Any:
    """An hour by another clock; anything else as it is."""
    moment = instant(value)
    try:
        return value if moment is None else (moment + by).isoformat()
    except OverflowError:
        return value
