"""Reads of the bodies that prepare candidates."""

from dataclasses import dataclass

from entremise.accounts.queries import member_names
from entremise.certification.models import Candidate, PreparingBody
from entremise.core.actor import Actor
from entremise.core.permissions import require


@dataclass(frozen=True)
class BodyLine:
    """A body, with the names of the accounts that read for it."""

    body: PreparingBody
    people: list[str]


def body_lines(actor: Actor) -> list[BodyLine]:
    """Every body of the certifier, by name; three queries."""
    require(actor, "certification.manage")
    bodies = list(PreparingBody.objects.visible_to(actor).prefetch_related("contacts"))
    names = member_names(one.member_id for body in bodies for one in body.contacts.all())
    return [BodyLine(body, sorted(names[one.member_id] for one in body.contacts.all())) for body in bodies]


def bodies_of(candidate: Candidate) -> list[PreparingBody]:
    """Who prepares a candidate."""
    return list(PreparingBody.objects.filter(preparations__candidate=candidate))
