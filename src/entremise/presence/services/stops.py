"""At a site: arrive, count, say the atmosphere. The gesture that must take ten seconds."""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.db.models import F

from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.places.queries import get_site
from entremise.presence.enums import AgeBand, Reception
from entremise.presence.events import ContactCounted, StopDescribed, StopReached
from entremise.presence.models import Round, Stop, Tally, TallyTap
from entremise.presence.queries.rounds import current_stop, get_round, get_stop
from entremise.presence.services.checks import Errors, checked_codes, checked_moment, refuse

MOST_AT_ONCE = 500  # beyond, it is an event, counted by its organiser


def _refuse_closed(outing: Round) -> None:
    if not outing.is_open:
        raise InvalidInput({FORM: ["Cette tournée est terminée. Ouvrez-en une nouvelle pour continuer à compter."]})


def arrive_at_site(
    *,
    actor: Actor,
    round_id: uuid.UUID,
    site_id: uuid.UUID,
    at: dt.datetime | None = None,
    pk: uuid.UUID | None = None,
    from_phone: bool = False,
) -> Stop:
    """Be at a site: leaves the site before. Arriving where one already stands changes nothing.

    ``from_phone``: noted without network under the identifier ``pk``; the round may have ended since.

    Raises InvalidInput (round closed, hour in the future or before the start of the round), NotFound.
    """
    require(actor, "presence.work")
    found = get_round(actor, round_id)
    site = get_site(actor, site_id)
    errors: Errors = {}
    moment = checked_moment(errors, "at", at)
    if not errors and found.started_at and moment < found.started_at:
        errors["at"] = ["Cette heure vient avant le début de la tournée."]
    refuse(errors)
    with transaction.atomic():
        outing = Round.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if not from_phone:
            _refuse_closed(outing)
        here = current_stop(outing)
        if here is not None and here.site_id == site.pk:
            return here
        for stop in outing.stops.filter(left_at=None):
            stop.left_at = max(moment, stop.arrived_at)
            stop.save(update_fields=["left_at"])
        stop = Stop(organisation_id=actor.organisation_id, round=outing, site_id=site.pk, arrived_at=moment)
        stop.pk = pk or stop.pk
        if not outing.is_open:
            stop.left_at = max(moment, outing.ended_at or moment)
        stop.save(force_insert=True)
        publish(StopReached(actor=actor, target_id=stop.pk, codes={"site": str(site.pk)}))
    return stop


def tally(
    *, actor: Actor, stop_id: uuid.UUID, step: int = 1, band: str = AgeBand.NON_COMMUNIQUE, token: str = ""
) -> bool:
    """Count one contact more (``step=1``) or one less (``step=-1``), in an age band if wished.

    One less never goes below zero; without a band it takes back the latest count. ``token`` names the
    gesture: the same request sent twice counts once. Returns whether something was counted.
    Raises InvalidInput (step, band, token, round closed), NotFound.
    """
    require(actor, "presence.work")
    stop = get_stop(actor, stop_id)
    errors: Errors = {}
    if step not in (1, -1):
        errors["step"] = ["On compte un contact à la fois : +1 ou −1."]
    if band not in AgeBand.values:
        errors["band"] = ["Cette tranche d’âge n’existe pas. Choisissez-en une autre."]
    if len(token) > 64 or "\x00" in token:
        errors["token"] = ["Rechargez la page, puis recommencez."]
    refuse(errors)
    _refuse_closed(stop.round)
    with transaction.atomic():
        if token and not _first_time(stop, token):
            return False
        counted = _add(stop, band) if step > 0 else _remove(stop, band)
        if counted:
            publish(ContactCounted(actor=actor, target_id=stop.pk, codes={"step": step, "band": counted}))
    return bool(counted)


def count_contacts(*, actor: Actor, stop_id: uuid.UUID, delta: int, band: str = AgeBand.NON_COMMUNIQUE) -> int:
    """Add contacts that a phone counted without network (or take some back), whatever happened to the round since.

    Never below zero. The caller makes sure that one gesture counts once. Returns by how much the count changed.
    Raises InvalidInput (delta, band), NotFound.
    """
    require(actor, "presence.work")
    stop = actor.in_batch(("presence.stop", stop_id), lambda: get_stop(actor, stop_id))
    errors: Errors = {}
    if delta == 0 or abs(delta) > MOST_AT_ONCE:
        errors["delta"] = [f"Un geste compte de 1 à {MOST_AT_ONCE} contacts."]
    if band not in AgeBand.values:
        errors["band"] = ["Cette tranche d’âge n’existe pas. Choisissez-en une autre."]
    refuse(errors)
    with transaction.atomic():
        step = delta if delta > 0 else -_take_back(stop, band, -delta)
        if delta > 0:
            _add(stop, band, delta)
        if step:
            publish(ContactCounted(actor=actor, target_id=stop.pk, codes={"step": step, "band": band}))
    return step


def _first_time(stop: Stop, token: str) -> bool:
    try:
        with transaction.atomic():
            TallyTap.objects.create(stop=stop, token=token)
    except IntegrityError:
        return False
    return True


def _add(stop: Stop, band: str, count: int = 1) -> str:
    # In the database, and on a row that exists, so that two phones counting at once both count.
    row, more = Tally.objects.filter(stop=stop, age_band=band), {"count": F("count") + count, "counted_at": now()}
    if not row.update(**more):
        Tally.objects.get_or_create(stop=stop, age_band=band)
        row.update(**more)
    return band


def _take_back(stop: Stop, band: str, count: int) -> int:
    """Take back at most what was counted; how many."""
    row = Tally.objects.select_for_update().filter(stop=stop, age_band=band).first()
    taken = min(count, row.count) if row else 0
    if row and taken:
        row.count, row.counted_at = row.count - taken, now()
        row.save(update_fields=["count", "counted_at"])
    return taken


def _remove(stop: Stop, band: str) -> str:
    counted = Tally.objects.filter(stop=stop, count__gt=0).order_by("-counted_at")
    if band != AgeBand.NON_COMMUNIQUE:
        counted = counted.filter(age_band=band)
    latest = counted.first()
    if latest is None:
        return ""
    done = Tally.objects.filter(pk=latest.pk, count__gt=0).update(count=F("count") - 1)
    return latest.age_band if done else ""


def set_atmosphere(*, actor: Actor, stop_id: uuid.UUID, atmosphere: str, from_phone: bool = False) -> Stop:
    """Say the atmosphere of the place (L24); "" takes the answer back. ``from_phone``: the round may be over."""
    return _describe(actor, stop_id, "atmosphere", atmosphere, from_phone)


def set_reception(*, actor: Actor, stop_id: uuid.UUID, reception: str, from_phone: bool = False) -> Stop:
    """Say how a first meeting was received; "" takes the answer back. ``from_phone``: the round may be over."""
    return _describe(actor, stop_id, "reception", reception, from_phone)


def _describe(actor: Actor, stop_id: uuid.UUID, field: str, code: str, from_phone: bool) -> Stop:
    require(actor, "presence.work")
    stop = get_stop(actor, stop_id)
    errors: Errors = {}
    if code and field == "atmosphere":
        checked_codes(actor, errors, atmosphere=("L24", code))
    elif code and code not in Reception.values:
        errors[field] = ["Choisissez une des réponses proposées."]
    refuse(errors)
    if not from_phone:
        _refuse_closed(stop.round)
    with transaction.atomic():
        setattr(stop, field, code)
        stop.save(update_fields=[field])
        publish(StopDescribed(actor=actor, target_id=stop.pk, codes={field: code}))
    return stop
