"""The page « À purger »: each rule with its duration, what is due as last counted, and its last proof."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from entremise.core import personal
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.personal import AFTER_LABELS, BASIS_LABELS, After, Owner, Rule, duration_label
from entremise.core.text import sort_key
from entremise.core.time import now
from entremise.privacy.enums import RunStatus
from entremise.privacy.models import RetentionChoice, RetentionRun, RetentionState
from entremise.privacy.queries.durations import Duration, applied
from entremise.privacy.queries.holds import held_among

SOON = dt.timedelta(days=30)


@dataclass(frozen=True)
class Line:
    """One rule as the page shows it. ``state`` is None until a first passage counted it."""

    rule: Rule
    duration: str
    basis: str
    follows: str
    state: RetentionState | None
    last: RetentionRun | None
    waiting: RetentionRun | None
    choice: RetentionChoice | None


@dataclass(frozen=True)
class Counts:
    """What a rule would do at an instant."""

    due: int
    due_soon: int
    held: int


def due_rows(rule: Rule, organisation_id: Owner, limit: dt.datetime) -> QuerySet:
    """The rows a rule deals with, in the order in which it does."""
    assert rule.due is not None
    return rule.due(organisation_id, limit).order_by("pk")


def count_due(rule: Rule, organisation_id: Owner, limit: dt.datetime) -> Counts:
    """Rows due, due within thirty days, held among those due: two or three queries."""
    rows = due_rows(rule, organisation_id, limit)
    due = rows.order_by().count()
    later = due_rows(rule, organisation_id, limit + SOON).order_by().count()
    condition = held_among(rule, organisation_id)
    # A row is counted once, however many of the records it leads to are held (two parties of one mediation).
    held = rows.filter(condition).order_by().values("pk").distinct().count() if condition is not None and due else 0
    return Counts(due - held, max(later - due, 0), held)


def due_under(actor: Actor, rule: Rule, days: int) -> int:
    """How many rows another duration would make due now."""
    return count_due(rule, actor.organisation_id, Duration(days, rule.grace).limit(now())).due


def lines(actor: Actor) -> list[Line]:
    """Every rule: those the organisation decides first. Three queries whatever the number."""
    states = {state.rule_code: state for state in RetentionState.objects.visible_to(actor).select_related("last_run")}
    choices = {
        choice.rule_code: choice
        for choice in RetentionChoice.objects.visible_to(actor).filter(withdrawn_at=None).exclude(confirmed_at=None)
    }
    waiting = {run.rule_code: run for run in RetentionRun.objects.visible_to(actor).filter(status=RunStatus.SUSPENDU)}
    found = [
        line_of(rule, choices.get(rule.code), states.get(rule.code), waiting.get(rule.code))
        for rule in personal.rules()
    ]
    return sorted(found, key=lambda line: (line.rule.days is None, line.rule.routine, sort_key(line.rule.label)))


def line_of(
    rule: Rule,
    choice: RetentionChoice | None = None,
    state: RetentionState | None = None,
    waiting: RetentionRun | None = None,
) -> Line:
    """A rule in words."""
    processings = {one.code: one for one in personal.processings()}
    return Line(
        rule=rule,
        duration=duration_in_words(rule, choice),
        basis=BASIS_LABELS[processings[rule.processing].basis],
        follows=AFTER_LABELS[rule.after],
        state=state,
        last=state.last_run if state else None,
        waiting=waiting,
        choice=choice,
    )


def duration_in_words(rule: Rule, choice: RetentionChoice | None = None) -> str:
    """ "2 ans", or "relu à 1 an, rendu anonyme à 18 mois": what is in force, for a page or a document."""
    if rule.days is None:
        return "le temps du besoin"
    found = applied(rule, choice)
    if rule.after == After.REREAD:
        latest = duration_label(found.days + found.grace)
        return f"relu à {duration_label(found.days)}, rendu anonyme à {latest} au plus tard"
    return duration_label(found.days)


def list_runs(actor: Actor, rule_code: str = "", state: str = "") -> QuerySet[RetentionRun]:
    """The organisation's runs, the latest first; of one rule, or of one kind (vrais, blanc, suspendus) if given."""
    runs = RetentionRun.objects.visible_to(actor).order_by("-started_at", "-pk")
    runs = runs.filter(rule_code=rule_code) if rule_code else runs
    return runs.filter(**STATES[state]) if state in STATES else runs


def runs_to_confirm(actor: Actor) -> QuerySet[RetentionRun]:
    """Suspended runs nobody agreed to yet."""
    return RetentionRun.objects.visible_to(actor).filter(status=RunStatus.SUSPENDU, confirmed_at=None)


STATES: dict[str, dict[str, object]] = {
    "vrais": {"dry": False, "done__gt": 0},
    "blanc": {"dry": True},
    "suspendus": {"status": RunStatus.SUSPENDU},
}


@dataclass(frozen=True)
class RunLine:
    """A run in words."""

    run: RetentionRun
    label: str
    unit: str
    duration: str
    state: tuple[str, str]


_KINDS = {
    RunStatus.EN_COURS: "wait",
    RunStatus.FAIT: "ok",
    RunStatus.INTERROMPU: "neutral",
    RunStatus.SUSPENDU: "wait",
    RunStatus.ABANDONNE: "neutral",
}


def run_lines(runs: Iterable[RetentionRun]) -> list[RunLine]:
    """Runs with the words of their rule; a rule that is gone keeps its code."""
    known = {rule.code: rule for rule in personal.rules()}
    found = []
    for run in runs:
        rule = known.get(run.rule_code)
        words = ("ok", "À blanc") if run.dry else (_KINDS[RunStatus(run.status)], RunStatus(run.status).label)
        unit = rule.unit[run.due != 1] if rule else "fiches"
        found.append(RunLine(run, rule.label if rule else run.rule_code, unit, duration_label(run.days), words))
    return found


def get_run(actor: Actor, run_id: uuid.UUID) -> RetentionRun:
    """A run of the organisation; NotFound for any other."""
    return get_one(RetentionRun.objects.visible_to(actor).filter(pk=run_id))


def duration_table() -> str:
    """The table of durations, as the documentation holds it (Markdown)."""
    rows = ["| Donnée | Durée | À partir de | Ensuite | D’où vient la durée |", "|---|---|---|---|---|"]
    found = sorted(
        (line_of(rule) for rule in personal.rules()), key=lambda line: (line.rule.routine, sort_key(line.rule.label))
    )
    for line in found:
        rule = line.rule
        rows.append(f"| {rule.label} | {line.duration} | {rule.starts} | {line.follows} | {rule.source} |")
    return "\n".join(rows)
