"""Who conducts a case: named, confirmed by someone else, free of any link with a party. And who leaves it."""

import uuid

from django.db import transaction

from entremise.accounts.enums import Role
from entremise.accounts.events import ConfidencesClosed
from entremise.accounts.queries import list_members
from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput, NotAllowed
from entremise.core.permissions import can, require
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.mediations.enums import LINKS_ALLOWED, REASONS_SAID, AlertReason, LinkKind
from entremise.mediations.events import MediatorNamed, MediatorsWarned
from entremise.mediations.models import Case, CaseAlert, CaseMediator
from entremise.mediations.queries.cases import get_case, refuse_shut
from entremise.mediations.queries.oversight import get_invitation, get_succession
from entremise.mediations.services.holding import held_case, row


@transaction.atomic
def name_mediator(*, actor: Actor, case_id: uuid.UUID, member_id: uuid.UUID) -> CaseMediator:
    """Name a mediator of the team. A mediator of the case is enough with the one named; a coordinator needs a second
    person, who is neither of them.
    """
    case = get_case(actor, case_id)
    require(actor, "mediations.follow", case)
    inside = can(actor, "mediations.vault", case)
    if inside:
        refuse_shut(actor)
    if case.closed_at is not None:
        raise InvalidInput({FORM: ["Cette médiation est close."]})
    team = {one.pk: one for one in list_members(actor, team_ids=[case.team_id])}
    if member_id not in team or Role.MEDIATEUR not in team[member_id].roles:
        raise InvalidInput({"member_id": ["Choisissez un médiateur de l’équipe."]})
    if CaseMediator.objects.filter(case=case, member_id=member_id, left_at=None).exists():
        raise InvalidInput({"member_id": ["Ce médiateur est déjà désigné pour ce dossier."]})
    if member_id == actor.member_id:
        raise InvalidInput({"member_id": ["On ne se désigne pas soi-même."]})
    assert actor.member_id is not None
    confirmed = {"confirmed_by_id": actor.member_id, "confirmed_at": now()} if inside else {}
    named = CaseMediator.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        member_id=member_id,
        named_by_id=actor.member_id,
        named_at=now(),
        **confirmed,
    )
    _told(actor, named, "named")
    return named


@transaction.atomic
def confirm_mediator(*, actor: Actor, place_id: uuid.UUID) -> CaseMediator:
    """The second person of a succession. NotFound, NotAllowed (whoever named, whoever is named)."""
    require(actor, "mediations.confirm")
    place = get_succession(actor, place_id)
    if actor.member_id in (place.named_by_id, place.member_id):
        raise NotAllowed("mediations.confirm")
    place.confirmed_by_id, place.confirmed_at = actor.member_id, now()
    place.save(update_fields=["confirmed_by", "confirmed_at"])
    _told(actor, place, "confirmed")
    return place


@transaction.atomic
def declare_link(*, actor: Actor, place_id: uuid.UUID, link: str) -> CaseMediator:
    """The one who is named says what ties them to the parties: none, and the vault opens; else they step aside."""
    refuse_shut(actor)
    place = get_invitation(actor, place_id)
    if link not in LinkKind.values:
        raise InvalidInput({"link": ["Choisissez une réponse."]})
    place.link, place.declared_at = link, now()
    if link in LINKS_ALLOWED:
        place.entered_at = now()
    else:
        place.left_at = now()
    place.save()
    _told(actor, place, "entered" if place.entered_at else "left")
    return place


@transaction.atomic
def leave_case(*, actor: Actor, case_id: uuid.UUID) -> Case:
    """A mediator leaves the case; without anyone left, the coordinator names a successor, with a second person."""
    case = held_case(actor, case_id)
    assert actor.member_id is not None  # whoever holds a case is one of its mediators
    place = CaseMediator.objects.get(case=case, member_id=actor.member_id, left_at=None)
    place.left_at = now()
    place.save(update_fields=["left_at"])
    _told(actor, place, "left")
    return case


@transaction.atomic
def warn_mediators(*, actor: Actor, case_id: uuid.UUID, reason: str) -> int:
    """A coordinator warns the mediators of a case: a reason from the list. Gives how many were warned."""
    case = get_case(actor, case_id)
    require(actor, "mediations.supervise", case)
    if reason not in REASONS_SAID:
        raise InvalidInput({"reason": ["Choisissez une raison."]})
    return warned(actor, case, reason, case.mediator_ids, by=actor.member_id)


@transaction.atomic
def see_alerts(*, actor: Actor, case_id: uuid.UUID) -> None:
    """A mediator has seen what they were warned of."""
    held_case(actor, case_id, closed=True)
    assert actor.member_id is not None
    CaseAlert.objects.filter(case_id=case_id, member_id=actor.member_id, seen_at=None).update(seen_at=now())


def warn_of_new_way_in(event: ConfidencesClosed) -> None:
    """Someone got into a mediator's account anew: the other mediators of their open cases are warned."""
    places = CaseMediator.objects.filter(
        member__user_id=event.target_id, entered_at__isnull=False, left_at=None, case__closed_at=None
    )
    for place in places.select_related("case").order_by("case_id"):
        others = place.case.mediator_ids - {place.member_id}
        warned(event.actor, place.case, AlertReason.COFFRE_FERME, others)


def warned(actor: Actor, case: Case, reason: str, members: frozenset[uuid.UUID], *, by: uuid.UUID | None = None) -> int:
    """Leave a warning to these mediators; ``by`` stays empty for what the software says of itself."""
    CaseAlert.objects.bulk_create(
        CaseAlert(**row(case, member_id=member, reason=reason, by_id=by, at=now())) for member in members
    )
    if members:
        publish(MediatorsWarned(actor=actor, target_id=case.pk, codes={"reason": str(reason), "count": len(members)}))
    return len(members)


def _told(actor: Actor, place: CaseMediator, what: str) -> None:
    codes = {"member": str(place.member_id), "step": what}
    publish(MediatorNamed(actor=actor, target_id=place.case_id, codes=codes))
