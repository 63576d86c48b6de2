"""Breaches: reported by anyone, qualified, decided upon and closed by whoever protects the data."""

import dataclasses
import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import TextChoices

from entremise.core.actor import Actor, system_actor
from entremise.core.errors import FORM, InvalidInput, NotAllowed
from entremise.core.permissions import require
from entremise.core.time import local, now
from entremise.journal.services import publish
from entremise.privacy.enums_accountability import (
    BreachData,
    BreachKind,
    BreachNature,
    BreachPersons,
    BreachRisk,
    BreachState,
)
from entremise.privacy.events_accountability import (
    BreachClosed,
    BreachCorrected,
    BreachDeadlineNear,
    BreachReopened,
    BreachReported,
)
from entremise.privacy.models import Breach, BreachRevision
from entremise.privacy.queries.breaches import due_for_warning, get_breach, missing_to_close
from entremise.privacy.queries.handlers import follows_breaches
from entremise.privacy.services.checks import Errors, checked_codes, checked_moment, checked_text, refuse

LARGEST = 100_000_000
SHORT = 2000
CLOSED = "Cette violation est close : rouvrez-la pour la corriger."
_CODES: dict[str, type[TextChoices]] = {"natures": BreachNature, "persons": BreachPersons, "data": BreachData}
_TEXTS = ("description", "consequences", "measures", "not_notified", "late_reason", "not_informed")
_MOMENTS = ("found_at", "began_at", "notified_at", "informed_at")


@dataclass(frozen=True, kw_only=True)
class BreachFacts:
    """What the register says of a breach, as typed. Counts are approximate; None is unknown."""

    found_at: dt.datetime
    began_at: dt.datetime | None = None
    natures: tuple[str, ...] = ()
    risk: str = ""
    persons: tuple[str, ...] = ()
    persons_count: int | None = None
    data: tuple[str, ...] = ()
    records_count: int | None = None
    description: str = ""
    consequences: str = ""
    measures: str = ""
    notified_at: dt.datetime | None = None
    not_notified: str = ""
    late_reason: str = ""
    informed_at: dt.datetime | None = None
    not_informed: str = ""


@transaction.atomic
def report_breach(
    *,
    actor: Actor,
    kind: str,
    description: str = "",
    done: str = "",
    found_at: dt.datetime | None = None,
) -> Breach:
    """Anyone of the organisation says what happened; whoever protects the data is written to by the work queue.

    The 72 hours run from ``found_at`` (now by default). Raises InvalidInput (kind, description, done, found_at).
    """
    require(actor, "privacy.report_breach")
    errors: Errors = {}
    if kind not in BreachKind.values:
        errors["kind"] = ["Choisissez ce qui ressemble le plus à ce qui est arrivé."]
    moment = (checked_moment(errors, "found_at", found_at) or now()).replace(second=0, microsecond=0)  # as forms write
    breach = Breach(
        organisation_id=actor.organisation_id,
        kind=kind,
        found_at=moment,
        reported_at=now(),
        reported_by_id=actor.member_id,  # type: ignore[misc] # a member reports: the permission asks it
        description=checked_text(errors, "description", description, limit=SHORT),
        measures=checked_text(errors, "done", done, limit=SHORT),
    )
    refuse(errors)
    breach.save(force_insert=True)
    _trace(actor, breach, "signalement", [])
    publish(BreachReported(actor=actor, target_id=breach.pk, codes={"kind": kind}))
    return breach


@transaction.atomic
def correct_breach(*, actor: Actor, breach_id: uuid.UUID, facts: BreachFacts) -> Breach:
    """Write what is known; the former words stay in the history. Raises InvalidInput, NotFound, NotAllowed."""
    breach = _followed(actor, breach_id)
    if not breach.is_open:
        raise InvalidInput({FORM: [CLOSED]})
    wanted = _checked(facts)
    changed = [name for name, value in wanted.items() if getattr(breach, name) != value]
    if not changed:
        return breach
    meta: Any = Breach._meta
    words = [
        (str(meta.get_field(name).verbose_name), _shown(name, getattr(breach, name)), _shown(name, value))
        for name, value in wanted.items()
        if name in changed
    ]
    for name in changed:
        setattr(breach, name, wanted[name])
    if "found_at" in changed:  # the clock starts elsewhere: it is recalled anew
        breach.warned_at = breach.late_warned_at = None
    breach.state = BreachState.EN_COURS
    breach.save()
    _trace(actor, breach, "correction", changed, words)
    codes = {"fields": sorted(changed), "risk": breach.risk}
    publish(BreachCorrected(actor=actor, target_id=breach.pk, codes=codes))
    return breach


@transaction.atomic
def close_breach(*, actor: Actor, breach_id: uuid.UUID) -> Breach:
    """Close what is complete. Raises InvalidInput with what is missing."""
    breach = _followed(actor, breach_id)
    if not breach.is_open:
        return breach
    missing = missing_to_close(breach)
    if missing:
        raise InvalidInput({FORM: missing})
    return _end(actor, breach, BreachState.CLOSE, "cloture")


@transaction.atomic
def set_aside_breach(*, actor: Actor, breach_id: uuid.UUID, reason: str) -> Breach:
    """No personal data was touched: the report stays, with why. Raises InvalidInput (reason)."""
    breach = _followed(actor, breach_id)
    errors: Errors = {}
    text = checked_text(errors, "reason", reason, limit=SHORT, required="Dites pourquoi aucune donnée n’est touchée.")
    refuse(errors)
    if not breach.is_open:
        raise InvalidInput({FORM: [CLOSED]})
    words = [("motif", "", text)]
    return _end(actor, breach, BreachState.ECARTEE, "mise_a_part", words)


@transaction.atomic
def reopen_breach(*, actor: Actor, breach_id: uuid.UUID) -> Breach:
    """Follow a closed breach again."""
    breach = _followed(actor, breach_id)
    if breach.erased_at is not None:
        raise InvalidInput({FORM: ["Les textes de cette violation sont effacés : elle ne se rouvre plus."]})
    if breach.is_open:
        return breach
    breach.state, breach.closed_at = BreachState.EN_COURS, None
    breach.save()
    _trace(actor, breach, "reouverture", [])
    publish(BreachReopened(actor=actor, target_id=breach.pk))
    return breach


def warn_deadlines() -> int:
    """Recall, once a day before the end and once after it, the breaches whose 72 hours run; how many."""
    warned = 0
    for late in (True, False):
        for row in due_for_warning(late=late).only("pk", "organisation_id"):
            warned += _warn(row.pk, late=late)
    return warned


@transaction.atomic
def _warn(breach_id: uuid.UUID, *, late: bool) -> int:
    breach = Breach.objects.select_for_update(of=("self",)).get(pk=breach_id)
    name = "late_warned_at" if late else "warned_at"
    if getattr(breach, name) is not None:  # another worker came first
        return 0
    setattr(breach, name, now())
    breach.save(update_fields=[name])
    actor = system_actor(breach.organisation_id)
    publish(BreachDeadlineNear(actor=actor, target_id=breach.pk, codes={"late": late}))
    return 1


def _followed(actor: Actor, breach_id: uuid.UUID) -> Breach:
    """The breach, locked, for someone who follows breaches; NotFound before NotAllowed for a stranger's."""
    require(actor, "privacy.view_breaches")
    get_breach(actor, breach_id)
    if not follows_breaches(actor):
        raise NotAllowed("privacy.follow_breaches")
    return Breach.objects.select_for_update(of=("self",)).get(pk=breach_id)


def _end(actor: Actor, breach: Breach, state: BreachState, verb: str, words: list | None = None) -> Breach:
    breach.state, breach.closed_at = state, now()
    breach.save()
    _trace(actor, breach, verb, [], words)
    publish(BreachClosed(actor=actor, target_id=breach.pk, codes={"state": state.value, "risk": breach.risk}))
    return breach


def _trace(
    actor: Actor, breach: Breach, verb: str, fields: list[str], words: list[tuple[str, str, str]] | None = None
) -> None:
    BreachRevision.objects.create(
        breach=breach,
        author_id=actor.member_id,  # type: ignore[misc] # a person writes
        verb=verb,
        fields=sorted(fields),
        words=json.dumps(words, ensure_ascii=False) if words else "",
    )


def _checked(facts: BreachFacts) -> dict[str, Any]:
    """The facts as kept; every error at once."""
    errors: Errors = {}
    wanted: dict[str, Any] = dataclasses.asdict(facts)
    for name, choices in _CODES.items():
        wanted[name] = checked_codes(errors, name, list(wanted[name]), choices.values)
    for name in _TEXTS:
        wanted[name] = checked_text(errors, name, wanted[name])
    for name in _MOMENTS:
        wanted[name] = checked_moment(errors, name, wanted[name])
    for name in ("persons_count", "records_count"):
        if wanted[name] is not None and not 0 <= wanted[name] <= LARGEST:
            errors[name] = ["Donnez un nombre, même approché, entre 0 et cent millions."]
    if wanted["risk"] and wanted["risk"] not in BreachRisk.values:
        errors["risk"] = ["Choisissez un des trois niveaux."]
    _check_order(errors, wanted)
    refuse(errors)
    return wanted


def _check_order(errors: Errors, wanted: dict[str, Any]) -> None:
    found = wanted["found_at"]
    if wanted["began_at"] and wanted["began_at"] > found:
        errors.setdefault("began_at", ["Elle n’a pas pu commencer après sa découverte. Corrigez l’une des deux dates."])
    for name in ("notified_at", "informed_at"):
        if wanted[name] and wanted[name] < found:
            errors.setdefault(name, ["Cette date vient avant la découverte. Corrigez l’une des deux."])
    if wanted["notified_at"] and wanted["not_notified"]:
        errors["not_notified"] = ["La CNIL est prévenue, ou elle ne l’est pas : gardez la date ou la raison."]
    if wanted["informed_at"] and wanted["not_informed"]:
        errors["not_informed"] = ["Les personnes sont informées, ou non : gardez la date ou la raison."]
    late = wanted["notified_at"] and wanted["notified_at"] - found > dt.timedelta(hours=72)
    if late and not wanted["late_reason"]:
        errors.setdefault("late_reason", ["Plus de 72 heures ont passé : l’article 33 demande le motif du retard."])
    if wanted["risk"] == BreachRisk.ELEVE and wanted["not_notified"]:
        errors.setdefault(
            "not_notified", ["Le risque est élevé : la CNIL doit être prévenue. Revoyez l’un ou l’autre."]
        )


def _shown(name: str, value: Any) -> str:
    """A value as the history writes it."""
    if value in (None, "", []):
        return ""
    if name in _CODES:
        return ", ".join(str(_CODES[name](code).label) for code in value)
    if name == "risk":
        return str(BreachRisk(value).label)
    return local(value).strftime("%d/%m/%Y %H:%M") if isinstance(value, dt.datetime) else str(value)
