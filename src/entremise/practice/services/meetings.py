"""Convening a meeting, answering, giving roles, opening it. What is said in it: ``pages``."""

import datetime as dt
import uuid

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.practice.commands import Convene, GiveRoles
from entremise.practice.enums import Answer, GroupRole
from entremise.practice.events import MeetingCancelled, MeetingConvened, MeetingOpened
from entremise.practice.models import Meeting, Seat
from entremise.practice.queries.meetings import get_meeting, member_of, people_to_invite, seat_of
from entremise.practice.services.guard import require_open

AHEAD = dt.timedelta(days=366)
FEWEST, MOST = 3, 15  # a meeting needs someone who leads, someone who tells and someone who asks
NOT_BEGUN = "La séance est déjà commencée : on n’y change plus rien d’ici."


@transaction.atomic
def convene(*, actor: Actor, command: Convene) -> Meeting:
    """Plan a meeting and invite colleagues; whoever convenes it has a seat and leads it until roles are given."""
    require(actor, "practice.meet")
    require_open(actor)
    _check(actor, command)
    meeting = Meeting.objects.create(
        organisation_id=actor.organisation_id, convened_by_id=member_of(actor), planned_at=command.planned_at
    )
    Seat.objects.create(meeting=meeting, member_id=member_of(actor), role=GroupRole.ANIMATEUR, answer=Answer.OUI)
    Seat.objects.bulk_create(Seat(meeting=meeting, member_id=member_id) for member_id in set(command.member_ids))
    publish(MeetingConvened(actor=actor, target_id=meeting.pk, codes={"invited": len(set(command.member_ids))}))
    return meeting


def _check(actor: Actor, command: Convene) -> None:
    errors: dict[str, list[str]] = {}
    known = {uuid.UUID(member_id) for member_id, _ in people_to_invite(actor)}
    asked = set(command.member_ids)
    if not asked <= known:
        errors["member_ids"] = ["Invitez des médiateurs de votre organisation : l’encadrement n’y siège pas."]
    elif not FEWEST - 1 <= len(asked) <= MOST - 1:
        errors["member_ids"] = [f"Invitez de {FEWEST - 1} à {MOST - 1} personnes."]
    if not now() - dt.timedelta(hours=12) <= command.planned_at <= now() + AHEAD:
        errors["planned_at"] = ["Donnez un moment à venir, dans l’année."]
    if errors:
        raise InvalidInput(errors)


@transaction.atomic
def answer_invitation(*, actor: Actor, meeting_id: uuid.UUID, comes: bool) -> Meeting:
    """Say whether one will be there; saying no closes the meeting's page to oneself."""
    require_open(actor)
    meeting = locked(actor, meeting_id)
    seat = seat_of(actor, meeting)
    if meeting.opened_at is not None and (not comes or seat.answer != Answer.ATTENDUE):
        raise InvalidInput({FORM: [NOT_BEGUN]})
    if meeting.convened_by_id == actor.member_id and not comes:
        raise InvalidInput({FORM: ["Vous avez convoqué cette séance : annulez-la si vous n’y serez pas."]})
    seat.answer = Answer.OUI if comes else Answer.NON
    if not comes:
        seat.role = GroupRole.PARTICIPANT
    seat.save()
    return meeting


@transaction.atomic
def give_roles(*, actor: Actor, meeting_id: uuid.UUID, command: GiveRoles) -> Meeting:
    """Say who leads, who tells, who observes; by whoever convened it or leads it, before it begins."""
    require_open(actor)
    meeting = locked(actor, meeting_id)
    _require_lead(actor, meeting)
    if meeting.opened_at is not None:
        raise InvalidInput({FORM: [NOT_BEGUN]})
    seats = {seat.pk: seat for seat in meeting.seats.exclude(answer=Answer.NON)}
    given = {pk: role for pk, role in command.roles.items() if pk in seats}
    chosen = list(given.values())
    if any(role not in GroupRole.values for role in chosen):
        raise InvalidInput({FORM: ["Choisissez un rôle dans la liste."]})
    for role, missing in ((GroupRole.ANIMATEUR, "qui anime"), (GroupRole.EXPOSANT, "qui expose")):
        if chosen.count(role) > 1:
            raise InvalidInput({FORM: [f"Une seule personne à la fois : dites {missing}."]})
    meeting.seats.update(role=GroupRole.PARTICIPANT)  # the constraint holds one of each at any moment
    for pk, chosen_role in given.items():
        Seat.objects.filter(pk=pk).update(role=chosen_role)
    return meeting


@transaction.atomic
def open_meeting(*, actor: Actor, meeting_id: uuid.UUID) -> Meeting:
    """Begin: the first phase starts to run."""
    require_open(actor)
    meeting = locked(actor, meeting_id)
    _require_lead(actor, meeting)
    if meeting.opened_at is not None:
        return meeting
    present = meeting.seats.filter(answer=Answer.OUI)
    roles = set(present.values_list("role", flat=True))
    if not {GroupRole.ANIMATEUR, GroupRole.EXPOSANT} <= roles or present.count() < FEWEST:
        raise InvalidInput(
            {FORM: ["Pour commencer : quelqu’un qui anime, quelqu’un qui expose, et une troisième personne au moins."]}
        )
    meeting.opened_at = meeting.phase_started_at = now()
    meeting.save()
    publish(MeetingOpened(actor=actor, target_id=meeting.pk, codes={"seats": present.count()}))
    return meeting


@transaction.atomic
def cancel_meeting(*, actor: Actor, meeting_id: uuid.UUID) -> None:
    """Call off a meeting that has not begun, by whoever convened it."""
    require_open(actor)
    meeting = locked(actor, meeting_id)
    if meeting.convened_by_id != actor.member_id or meeting.opened_at is not None:
        raise InvalidInput({FORM: ["Seule la personne qui a convoqué une séance l’annule, avant qu’elle commence."]})
    meeting.cancelled_at = now()
    meeting.save()
    publish(MeetingCancelled(actor=actor, target_id=meeting.pk))


def locked(actor: Actor, meeting_id: uuid.UUID) -> Meeting:
    """The meeting, held for this transaction; NotFound unless one sits in it."""
    get_meeting(actor, meeting_id)
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    if meeting.cancelled_at is not None:
        raise InvalidInput({FORM: ["Cette séance est annulée."]})
    return meeting


def _require_lead(actor: Actor, meeting: Meeting) -> None:
    if meeting.convened_by_id != actor.member_id and seat_of(actor, meeting).role != GroupRole.ANIMATEUR:
        raise InvalidInput({FORM: ["C’est à la personne qui anime, ou qui a convoqué, de le faire."]})


def require_leader(actor: Actor, meeting: Meeting) -> None:
    """Raise InvalidInput unless the actor leads the meeting: time is kept by one person."""
    if seat_of(actor, meeting).role != GroupRole.ANIMATEUR:
        raise InvalidInput({FORM: ["C’est à la personne qui anime de tenir le temps."]})
