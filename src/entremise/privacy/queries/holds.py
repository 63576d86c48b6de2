"""What must not be erased for now."""

import uuid
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.personal import Owner, Rule
from entremise.privacy.models import LegalHold, Person
from entremise.privacy.registry import parts


def are_held(record_ids: Iterable[uuid.UUID]) -> bool:
    """True while a legal hold keeps one of these records as it is."""
    return LegalHold.objects.in_force().filter(target_id__in=list(record_ids)).exists()


def held_persons(organisation_id: Owner) -> set[uuid.UUID]:
    """The persons whom a hold in force keeps from being erased: named themselves, or by one of their records."""
    holds = LegalHold.objects.in_force().filter(organisation_id=organisation_id)
    return concerned_by(set(holds.values_list("target_id", flat=True)))


def concerned_by(record_ids: set[uuid.UUID]) -> set[uuid.UUID]:
    """These identifiers, and the persons whom the records among them concern."""
    return record_ids.union(*(part.concerned(sorted(record_ids)) for part in parts())) if record_ids else set()


def find_person(organisation_id: uuid.UUID, reference: str) -> uuid.UUID | None:
    """The person of a reference, who is not erased."""
    rows = Person.objects.filter(organisation_id=organisation_id, reference=reference, erased_at=None)
    return rows.values_list("pk", flat=True).first()


def list_holds(actor: Actor) -> QuerySet[LegalHold]:
    """The holds of the organisation, those in force first, the latest first."""
    return LegalHold.objects.visible_to(actor).order_by("-lifted_at", "-placed_at", "-pk")


def get_hold(actor: Actor, hold_id: uuid.UUID) -> LegalHold:
    """A hold of the organisation; NotFound for any other."""
    return get_one(LegalHold.objects.visible_to(actor).filter(pk=hold_id))


def held_among(rule: Rule, organisation_id: Owner) -> Q | None:
    """The condition that holds set on a rule's rows; None when nothing is held."""
    if not rule.holds or organisation_id is None:
        return None
    names = LegalHold.objects.in_force().filter(organisation_id=organisation_id)
    identifiers = list(names.values_list("target_id", flat=True))
    if not identifiers:
        return None
    condition = Q()
    for path in rule.holds:
        condition |= Q(**{f"{path}__in": identifiers})
    return condition
