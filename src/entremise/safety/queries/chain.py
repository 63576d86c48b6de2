"""Reads of the on-call chain."""

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from entremise.accounts.queries import member_names
from entremise.core.actor import Actor
from entremise.core.db import open_together
from entremise.safety.models import OnCallRung, SafetyCodes


@dataclass(frozen=True)
class Reached:
    """A number to call: its name, how it is read, and the address a telephone dials."""

    label: str
    phone: str
    href: str


@dataclass(frozen=True)
class RungLine:
    """A rung as a page shows it."""

    rung: OnCallRung
    name: str
    reached: Reached | None


def chain_of(organisation_id: uuid.UUID) -> QuerySet[OnCallRung]:
    """The rungs of an organisation, in order."""
    return OnCallRung.objects.filter(organisation_id=organisation_id).order_by("position", "pk")


def chain_lines(organisation_id: uuid.UUID) -> list[RungLine]:
    """The same, ready to be read: two queries and one question to the store of keys."""
    rungs = list(chain_of(organisation_id))
    open_together(rungs, "label", "phone")
    names = member_names({rung.member_id for rung in rungs if rung.member_id})
    return [RungLine(rung, names.get(rung.member_id, ""), _reached(rung)) for rung in rungs]  # type: ignore[arg-type]


def oncall_number(organisation_id: uuid.UUID) -> Reached | None:
    """The first number of the chain that people may call; None while the organisation gave none."""
    rung = chain_of(organisation_id).exclude(phone="").first()
    return _reached(rung) if rung else None


def _reached(rung: OnCallRung) -> Reached | None:
    if not rung.phone:
        return None
    return Reached(rung.label or "Astreinte", rung.phone, f"tel:{''.join(rung.phone.split()).replace('.', '')}")


def has_codes(actor: Actor) -> bool:
    """Whether the actor chose codes for their timer."""
    return actor.member_id is not None and SafetyCodes.objects.filter(member_id=actor.member_id).exists()
