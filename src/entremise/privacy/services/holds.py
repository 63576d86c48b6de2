"""Legal holds: what must not be erased for now, why, and until when."""

import datetime as dt
import uuid

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import now, today
from entremise.journal.services import publish
from entremise.privacy import holdable
from entremise.privacy.events_retention import HoldLifted, HoldPlaced, HoldRenewed
from entremise.privacy.models import LegalHold
from entremise.privacy.queries.holds import get_hold
from entremise.privacy.services.texts import clean_reason

Errors = dict[str, list[str]]

LONGEST = dt.timedelta(days=366)


@transaction.atomic
def place_hold(*, actor: Actor, kind: str, reference: str, reason: str, until: dt.date) -> LegalHold:
    """Keep a record from being erased, a year at most. Raises InvalidInput (each argument).

    A record is held once: while a hold is in force, it is renewed; once over, a new one takes its place.
    """
    require(actor, "privacy.decide_retention")
    errors: Errors = {}
    reason = clean_reason(reason, errors, "Écrivez ce qui oblige à garder : plainte, enquête, décision d’un juge.")
    _check_until(until, errors)
    reference = reference.strip().upper()
    target = _target(actor, kind, reference, errors)
    open_holds = LegalHold.objects.select_for_update().filter(kind=kind, lifted_at=None)
    known = open_holds.filter(target_id=target).first() if target is not None else None
    if known is not None and known.is_in_force:
        errors["reference"] = ["Cette fiche est déjà gelée : renouvelez son gel."]
    if errors or target is None or actor.member_id is None:
        raise InvalidInput(errors)
    if known is not None:
        known.lifted_at = now()
        known.save(update_fields=["lifted_at"])
    hold = LegalHold(
        organisation_id=actor.organisation_id,
        kind=kind,
        target_id=target,
        reference=reference,
        reason=reason,
        placed_by_id=actor.member_id,
        until=until,
    )
    hold.save(force_insert=True)
    codes = {"kind": kind, "target": str(target), "until": until.isoformat()}
    publish(HoldPlaced(actor=actor, target_id=hold.pk, codes=codes))
    return hold


def _target(actor: Actor, kind: str, reference: str, errors: Errors) -> uuid.UUID | None:
    """The record that a reference names; None, and why, when there is none."""
    if kind not in holdable.kinds():
        errors["kind"] = ["Choisissez une des réponses proposées."]
    elif not reference or len(reference) > 20:
        errors["reference"] = ["Indiquez la référence de la fiche, telle qu’elle est écrite en haut de sa page."]
    elif (found := holdable.find(kind, actor.organisation_id, reference)) is not None:
        return found
    else:
        errors["reference"] = ["Aucune fiche de votre organisation ne porte cette référence. Vérifiez-la."]
    return None


def _check_until(until: dt.date, errors: Errors) -> None:
    if not today() < until <= today() + LONGEST:
        errors["until"] = ["Choisissez une date entre demain et dans un an : un gel se renouvelle, il ne dure pas."]


@transaction.atomic
def renew_hold(*, actor: Actor, hold_id: uuid.UUID, until: dt.date) -> LegalHold:
    """Let a hold go on, a year at most from today. Raises InvalidInput (until)."""
    require(actor, "privacy.decide_retention")
    hold = get_hold(actor, hold_id)
    errors: Errors = {}
    if hold.lifted_at is not None:
        errors[FORM] = ["Ce gel est levé : posez-en un autre si la fiche existe encore."]
    _check_until(until, errors)
    if errors:
        raise InvalidInput(errors)
    hold.until, hold.renewals = until, hold.renewals + 1
    hold.save(update_fields=["until", "renewals"])
    publish(HoldRenewed(actor=actor, target_id=hold.pk, codes={"until": until.isoformat()}))
    return hold


@transaction.atomic
def lift_hold(*, actor: Actor, hold_id: uuid.UUID) -> LegalHold:
    """Let what was held follow its rule again. Twice changes nothing."""
    require(actor, "privacy.decide_retention")
    hold = get_hold(actor, hold_id)
    if hold.lifted_at is None:
        hold.lifted_at, hold.lifted_by_id, hold.until = now(), actor.member_id, min(hold.until, today())
        hold.save(update_fields=["lifted_at", "lifted_by", "until"])
        publish(HoldLifted(actor=actor, target_id=hold.pk))
    return hold
