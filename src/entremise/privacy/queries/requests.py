"""Reads of the register of requests."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.personal import Owner
from entremise.core.time import today
from entremise.privacy.enums import IdentityCheck, PersonMatch, RequestKind, RequestOutcome, RequestStatus
from entremise.privacy.models import DataRequest, Person
from entremise.privacy.models.requests import SOON

SORTS = {
    "recue": ("received_on", "pk"),
    "echeance": ("due_on", "pk"),
    "droit": ("kind", "due_on", "pk"),
}
OPEN = (RequestStatus.NOUVELLE, RequestStatus.EN_COURS)
COPIES = (RequestKind.ACCES, RequestKind.PORTABILITE)
LATE, NEAR, EVERY, DONE = "retard", "bientot", "toutes", "closes"


@dataclass(frozen=True, kw_only=True)
class RequestFilters:
    """What a list keeps; open requests unless asked."""

    state: str = ""
    kind: str = ""
    outcome: str = ""
    first: dt.date | None = None
    last: dt.date | None = None


def list_requests(actor: Actor, filters: RequestFilters | None = None) -> QuerySet[DataRequest]:
    """The requests this actor may see, the first to fall due at the top."""
    filters = filters or RequestFilters()
    found = DataRequest.objects.visible_to(actor).select_related("person")
    if filters.state in ("", LATE, NEAR):
        found = found.filter(status__in=OPEN)
    elif filters.state == DONE:
        found = found.filter(status=RequestStatus.CLOSE)
    if filters.state == LATE:
        found = found.filter(due_on__lt=today())
    elif filters.state == NEAR:
        found = found.filter(due_on__range=(today(), today() + dt.timedelta(days=SOON)))
    wanted = {"kind": filters.kind, "outcome": filters.outcome}
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    if filters.first:
        found = found.filter(received_on__gte=filters.first)
    if filters.last:
        found = found.filter(received_on__lte=filters.last)
    return found.order_by("due_on", "pk")


def get_request(actor: Actor, request_id: uuid.UUID) -> DataRequest:
    """One request of those the actor may see; NotFound otherwise."""
    return get_one(DataRequest.objects.visible_to(actor).select_related("person").filter(pk=request_id))


def open_counts(actor: Actor, *, limit: int = 100) -> tuple[int, int]:
    """Open requests and, among them, those late or due within a week; both counted up to ``limit``."""
    dates = list_requests(actor).order_by("due_on").values_list("due_on", flat=True)[:limit]
    pressing = today() + dt.timedelta(days=SOON)
    return len(dates), sum(1 for day in dates if day <= pressing)


def awaited_persons(organisation_id: Owner) -> QuerySet:
    """The identifiers of persons whose data must stay for now: an answer is due, or they asked that it be kept.

    Keeping without using (article 18) lasts until the officer lifts it; the fiche says so.
    """
    asked = DataRequest.objects.filter(organisation_id=organisation_id, person__isnull=False)
    kept = Q(kind=RequestKind.LIMITATION, person__restricted_at__isnull=False)
    kept &= ~Q(outcome__in=(RequestOutcome.REFUSEE, RequestOutcome.RETIREE))
    return asked.filter(Q(status__in=OPEN) | kept).values("person_id")


def copies_awaited(person_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these persons who wait for a copy of what is kept about them, their identity checked."""
    waiting = DataRequest.objects.filter(person_id__in=person_ids, status__in=OPEN, kind__in=COPIES)
    found = waiting.exclude(identity=IdentityCheck.A_FAIRE).values_list("person_id", flat=True)
    return {person_id for person_id in found if person_id is not None}


def corrections_for(actor: Actor) -> QuerySet[DataRequest]:
    """Corrections that persons of the actor's teams asked for, still to make."""
    found = DataRequest.objects.visible_to(actor).filter(
        kind="rectification", status__in=OPEN, match=PersonMatch.TROUVEE, person__team_id__in=actor.team_ids
    )
    return found.select_related("person").order_by("due_on", "pk")


def find_person(actor: Actor, reference: str) -> Person | None:
    """A person of the organisation by reference, for those who answer requests; spaces and case do not matter."""
    wanted = "".join(reference.split()).upper()[:12]
    people = Person.objects.filter(organisation_id=actor.organisation_id, erased_at=None)
    return people.filter(reference__iexact=wanted).first() if wanted else None


def get_followed(actor: Actor, person_id: uuid.UUID) -> Person:
    """A person one of the actor's teams follows; NotFound otherwise."""
    return get_one(Person.objects.visible_to(actor).filter(pk=person_id))
