"""Technical defects: report, warn the owner, follow until it is seen repaired."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.nomenclature import national
from entremise.core.permissions import require
from entremise.core.time import local, now
from entremise.directory.queries import owner_for
from entremise.journal.services import publish
from entremise.places.queries import get_site
from entremise.presence import events
from entremise.presence.enums import DEFECT_STEPS, EMPTY_ONLY, DefectStatus, LogKind, Urgency
from entremise.presence.models import Defect, DefectStep
from entremise.presence.queries.watch import get_defect, times_reported
from entremise.presence.services.checks import (
    Errors,
    author_of,
    checked_codes,
    checked_moment,
    checked_round,
    checked_text,
    refuse,
    require_team,
)
from entremise.presence.services.log import post_log_entry, update_log_entry

DEFECT = "presence.defect"
BETWEEN_NOTICES = dt.timedelta(days=1)  # an owner is not written to twice a day about the same lamp
OCCUPIED = (
    "Un lieu ou un véhicule occupé n’est jamais un signalement technique. Cochez la case s’il est vide et sans "
    "occupant ; sinon, notez une observation de veille sociale."
)


@dataclass(frozen=True)
class Owner:
    """Whom to warn: a partner of the directory."""

    pk: uuid.UUID
    name: str
    email: str


def owner_of(actor: Actor, site_id: uuid.UUID, category: str) -> Owner | None:
    """The partner in charge of this category at this place, when the directory knows one."""
    partner = owner_for(actor, site_id, national(category))
    return Owner(partner.pk, partner.name, partner.email or "") if partner else None


def report_defect(
    *,
    actor: Actor,
    team_id: uuid.UUID,
    site_id: uuid.UUID,
    category: str,
    urgency: str = Urgency.NORMAL,
    description: str = "",
    empty_confirmed: bool = False,
    reported_at: dt.datetime | None = None,
    round_id: uuid.UUID | None = None,
    pk: uuid.UUID | None = None,
) -> Defect:
    """Report something broken. The owner is warned by the work queue, from category and place alone.

    Occupied places and vehicles are never defects: ``empty_confirmed`` is required for the categories
    of ``EMPTY_ONLY``; ``pk`` is the identifier a phone gave.
    Raises InvalidInput (team_id, category, urgency, description, empty_confirmed, reported_at).
    """
    require_team(actor, "presence.work", team_id)
    errors: Errors = {}
    checked_codes(actor, errors, category=("L21", category), urgency=("L23", urgency))
    defect = Defect(
        organisation_id=actor.organisation_id,
        team_id=team_id,
        round=checked_round(actor, errors, round_id, team_id),
        site_id=get_site(actor, site_id).pk,
        category=category,
        urgency=urgency,
        description=checked_text(errors, "description", description, team_id=team_id),
        reported_at=checked_moment(errors, "reported_at", reported_at),
        author_id=author_of(actor),
    )
    if national(category) in EMPTY_ONLY and not empty_confirmed:
        errors["empty_confirmed"] = [OCCUPIED]
    refuse(errors)
    defect.pk = pk or defect.pk
    return _record(actor, defect)


@transaction.atomic
def _record(actor: Actor, defect: Defect) -> Defect:
    """Save a report with its owner, the first step of its life and its line in the log."""
    owner = owner_of(actor, defect.site_id, defect.category)
    if owner is not None:
        defect.owner_id, defect.owner_label = owner.pk, owner.name[:200]
    defect.save(force_insert=True)
    DefectStep.objects.create(defect=defect, status=DefectStatus.SIGNALE, at=defect.reported_at, by_id=defect.author_id)
    repeat = times_reported(defect.organisation_id, defect.site_id, defect.category, defect.reported_at)
    post_log_entry(
        actor=actor,
        team_id=defect.team_id,
        kind=LogKind.ANOMALIE,
        occurred_at=defect.reported_at,
        site_id=defect.site_id,
        subject_type=DEFECT,
        subject_id=defect.pk,
        codes=_codes(defect, repeat),
    )
    publish(events.DefectReported(actor=actor, target_id=defect.pk, codes=_event_codes(defect)))
    return defect


def _codes(defect: Defect, repeat: int) -> dict[str, Any]:
    """What the log line carries, so that showing it needs no other table."""
    return {
        "category": defect.category,
        "urgency": defect.urgency,
        "status": defect.status,
        "owner": defect.owner_id is not None,
        "notified_at": local(defect.notified_at).isoformat() if defect.notified_at else "",
        "repeat": repeat,
    }


def _event_codes(defect: Defect) -> dict[str, Any]:
    return {"category": defect.category, "urgency": defect.urgency, "status": defect.status}


def _tell_log(actor: Actor, defect: Defect) -> None:
    repeat = times_reported(defect.organisation_id, defect.site_id, defect.category, defect.reported_at)
    update_log_entry(actor=actor, subject_type=DEFECT, subject_id=defect.pk, codes=_codes(defect, repeat))


@transaction.atomic
def advance_defect(
    *, actor: Actor, defect_id: uuid.UUID, status: str, note: str = "", at: dt.datetime | None = None
) -> Defect:
    """Move a defect along its life (L22). A step that cannot follow is refused with a sentence.

    Raises InvalidInput (status, note, at), NotFound.
    """
    require(actor, "presence.manage_defects")
    get_defect(actor, defect_id)
    defect = Defect.objects.select_for_update(of=("self",)).get(pk=defect_id)
    errors: Errors = {}
    text = checked_text(errors, "note", note, team_id=defect.team_id, limit=500)
    moment = checked_moment(errors, "at", at)
    if not errors and moment < defect.reported_at:
        errors["at"] = ["Cette étape viendrait avant le signalement. Corrigez la date."]
    if status not in DefectStatus.values:
        errors["status"] = ["Choisissez une des étapes proposées."]
    elif status not in DEFECT_STEPS[defect.status]:
        errors["status"] = [_why_not(defect, DefectStatus(status))]
    refuse(errors)
    _move(defect, status, moment)
    DefectStep.objects.create(defect=defect, status=status, at=moment, by_id=author_of(actor), note=text)
    _tell_log(actor, defect)
    publish(events.DefectAdvanced(actor=actor, target_id=defect.pk, codes=_event_codes(defect)))
    return defect


def _move(defect: Defect, status: str, moment: dt.datetime) -> None:
    defect.status = status
    if status in (DefectStatus.ACCUSE, DefectStatus.EN_COURS) and defect.acknowledged_at is None:
        defect.acknowledged_at = moment
    if status == DefectStatus.RESOLU:
        defect.resolved_at = moment
    defect.save(update_fields=["status", "acknowledged_at", "resolved_at"])


def _why_not(defect: Defect, wanted: DefectStatus) -> str:
    known = DefectStatus(defect.status)
    if not DEFECT_STEPS[known]:
        return f"Ce signalement est clos ({known.label.lower()}). S’il recommence, faites un nouveau signalement."
    if wanted == known:
        return f"Ce signalement est déjà à l’étape « {known.label} »."
    return f"On ne revient pas de « {known.label} » à « {wanted.label} ». Choisissez une étape qui suit."


@transaction.atomic
def request_notice(*, actor: Actor, defect_id: uuid.UUID) -> Defect:
    """Ask for the owner to be written to (again), looking the owner up afresh.

    Raises InvalidInput when nobody with an address is known for this place.
    """
    require(actor, "presence.manage_defects")
    defect = get_defect(actor, defect_id)
    if not defect.is_open:
        raise InvalidInput({"owner": ["Ce signalement est clos : aucun message ne part. Faites-en un nouveau."]})
    if defect.notified_at and now() - defect.notified_at < BETWEEN_NOTICES:
        raise InvalidInput(
            {"owner": ["Un message est déjà parti depuis moins d’un jour. Téléphonez, ou attendez demain."]}
        )
    owner = owner_of(actor, defect.site_id, defect.category)
    if owner is None or not owner.email:
        raise InvalidInput({"owner": ["Aucune adresse connue. Complétez l’annuaire, ou prévenez par téléphone."]})
    defect.owner_id, defect.owner_label = owner.pk, owner.name[:200]
    defect.save(update_fields=["owner_id", "owner_label"])
    publish(events.DefectNoticeRequested(actor=actor, target_id=defect.pk))
    return defect


@transaction.atomic
def mark_notified(*, actor: Actor, defect_id: uuid.UUID) -> Defect:
    """Note that the message to the owner has left. Called by the task that sent it, as the system."""
    defect = Defect.objects.select_for_update(of=("self",)).get(pk=defect_id, organisation_id=actor.organisation_id)
    defect.notified_at = now()
    defect.save(update_fields=["notified_at"])
    _tell_log(actor, defect)
    publish(events.DefectNoticeSent(actor=actor, target_id=defect.pk))
    return defect
