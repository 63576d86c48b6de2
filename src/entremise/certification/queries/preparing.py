"""Reads of the bodies that prepare candidates."""

import uuid
from dataclasses import dataclass

from entremise.accounts.queries import member_names
from entremise.certification.models import Candidate, PreparingBody
from entremise.core.actor import Actor
from entremise.core.permissions import require


@dataclass(frozen=True)
class BodyLine:
    """A body, with the accounts that read for it (identifier, name), by name."""

    body: PreparingBody
    people: list[tuple[uuid.UUID, str]]


def body_lines(actor: Actor) -> list[BodyLine]:
    """Every body of the certifier, by name; three queries."""
    require(actor, "certification.manage")
    bodies = list(PreparingBody.objects.visible_to(actor).prefetch_related("contacts"))
    names = member_names(one.member_id for body in bodies for one in body.contacts.all())
    return [BodyLine(body, _people(body, names)) for body in bodies]


def _people(body: PreparingBody, names: dict[uuid.UUID, str]) -> list[tuple[uuid.UUID, str]]:
    found = [(one.member_id, names[one.member_id]) for one in body.contacts.all()]
    return sorted(found, key=lambda pair: pair[1])


def bodies_of(candidate: Candidate) -> list[PreparingBody]:
    """Who prepares a candidate."""
    return list(PreparingBody.objects.filter(preparations__candidate=candidate))
