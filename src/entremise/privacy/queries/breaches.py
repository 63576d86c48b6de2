"""The register of breaches and its clock."""

import datetime as dt
import json
import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from entremise.accounts.queries import member_names
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.time import now
from entremise.core.ui.formats import hours
from entremise.privacy.enums_accountability import BreachState
from entremise.privacy.models import Breach
from entremise.privacy.models.breaches import CLOCK, OPEN_BREACHES

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Clock:
    """The 72 hours as a page says them: ``kind`` is a state of the component library."""

    kind: str
    words: str
    is_running: bool
    is_late: bool


@dataclass(frozen=True)
class Change:
    """One line of the history: who, when, what; ``words`` are (title, before, after), empty for the auditor."""

    at: dt.datetime
    author: str
    verb: str
    words: list[tuple[str, str, str]]


def clock_of(breach: Breach) -> Clock:
    """Where the 72 hours stand: running, near, passed, or stopped by a decision."""
    if breach.state == BreachState.ECARTEE:
        return Clock("neutral", "Sans objet : aucune donnée personnelle", False, False)
    if breach.notified_at is not None:
        late = breach.notified_at - breach.deadline
        if late > dt.timedelta(0):
            return Clock("wait", f"CNIL prévenue, {hours(late)} après l’échéance", False, True)
        return Clock("ok", f"CNIL prévenue en {hours(breach.notified_at - breach.found_at)}", False, False)
    if breach.not_notified:
        return Clock("ok", "Décidé : la CNIL n’est pas prévenue", False, False)
    left = breach.deadline - now()
    if left <= dt.timedelta(0):
        return Clock("bad", f"Délai de 72 h dépassé de {hours(-left)}", True, True)
    return Clock("bad" if left <= DAY else "wait", f"Reste {hours(left)} sur 72 h", True, False)


def list_breaches(actor: Actor) -> "QuerySet[Breach]":
    """The breaches of the organisation."""
    return Breach.objects.visible_to(actor)


def get_breach(actor: Actor, breach_id: uuid.UUID) -> Breach:
    """One breach; NotFound for another organisation's."""
    return get_one(list_breaches(actor).filter(pk=breach_id))


def own_reports(actor: Actor) -> list[Breach]:
    """What the actor reported, the newest first: reference, day and state, nothing else."""
    rows = list_breaches(actor).filter(reported_by_id=actor.member_id).order_by("-reported_at", "-pk")
    return list(rows.only("id", "organisation_id", "kind", "state", "reported_at", "found_at")[:20])


def undecided(breaches: "QuerySet[Breach]") -> "QuerySet[Breach]":
    """Those whose 72 hours still run, the nearest end first."""
    return breaches.filter(state__in=OPEN_BREACHES, notified_at=None, not_notified="").order_by("found_at", "pk")


def due_for_warning(*, late: bool) -> "QuerySet[Breach]":
    """Breaches of every organisation whose clock has less than a day left (or none), not yet recalled."""
    limit = now() - CLOCK + (dt.timedelta(0) if late else DAY)
    rows = undecided(Breach.objects.filter(found_at__lte=limit))
    return rows.filter(late_warned_at=None) if late else rows.filter(warned_at=None, late_warned_at=None)


def history_of(breach: Breach, *, with_words: bool) -> list[Change]:
    """Every correction, oldest first."""
    rows = list(breach.revisions.all())
    names = member_names(row.author_id for row in rows)
    for row in rows:
        row.breach = breach
    return [
        Change(row.at, names[row.author_id], row.verb, _words(row.words) if with_words and row.words else [])
        for row in rows
    ]


def _words(stored: str) -> list[tuple[str, str, str]]:
    return [(title, before, after) for title, before, after in json.loads(stored)]


def missing_to_close(breach: Breach) -> list[str]:
    """What must be written before the breach is closed, as sentences."""
    missing = []
    if not breach.natures:
        missing.append("Dites la nature de la violation : confidentialité, intégrité, disponibilité.")
    if not breach.risk:
        missing.append("Dites le risque pour les personnes.")
    if not breach.measures:
        missing.append("Écrivez les mesures prises.")
    if breach.notified_at is None and not breach.not_notified:
        missing.append("Dites quand la CNIL a été prévenue, ou pourquoi elle ne l’est pas.")
    if breach.informed_at is None and not breach.not_informed:
        missing.append("Dites quand les personnes ont été informées, ou pourquoi elles ne le sont pas.")
    return missing
