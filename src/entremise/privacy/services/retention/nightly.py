"""When rules run: every night after two o'clock, some every hour; and what stops a run that would erase too much."""

import uuid
from collections.abc import Iterator

import structlog
from django.db import transaction

from entremise.accounts.queries import organisation_ids
from entremise.core import personal
from entremise.core.actor import Actor, system_actor
from entremise.core.errors import NotFound
from entremise.core.permissions import require
from entremise.core.personal import Owner, Rule
from entremise.core.time import local, now
from entremise.journal.services import publish
from entremise.privacy.enums import RunStatus, Suspension
from entremise.privacy.events_retention import RetentionSuspended
from entremise.privacy.models import RetentionRun, RetentionState
from entremise.privacy.queries.durations import Duration, duration_of, rule_of
from entremise.privacy.queries.retention import Counts, count_due
from entremise.privacy.services.retention.engine import execute, new_run, open_run, rehearse

log = structlog.get_logger("entremise.privacy")

NIGHT = 2  # local hour from which the night's passage may begin
USUAL = 500  # rows that surprise nobody
FAR_MORE = 10  # times the largest of the last runs
REMEMBERED = 12  # runs


def tick() -> str:
    """What the hourly work does: hourly rules each time, the others once a night. One sentence for the operator."""
    done, suspended, failed = 0, 0, 0
    for rule, organisation_id in _to_run():
        try:
            run = run_rule(rule, organisation_id)
        except Exception as error:  # one rule never stops the others; its words may hold a value
            log.error("retention_failed", rule=rule.code, error=type(error).__name__)
            failed += 1
            continue
        done += run.done if run and run.status == RunStatus.FAIT else 0
        suspended += bool(run and run.status == RunStatus.SUSPENDU)
    if failed:
        raise RuntimeError(f"{failed} règles en échec")
    return f"{done} fiches traitées, {suspended} passages suspendus"


def _to_run() -> Iterator[tuple[Rule, uuid.UUID | None]]:
    present = local(now())
    known = RetentionState.objects.exclude(applied_at=None)
    passed = {(row.organisation_id, row.rule_code): local(row.applied_at).date() for row in known if row.applied_at}
    everyone = organisation_ids()
    for rule in personal.rules():
        if not rule.is_run or not (rule.hourly or present.hour >= NIGHT):
            continue
        for organisation_id in everyone if rule.per_organisation else [None]:
            if rule.hourly or passed.get((organisation_id, rule.code)) != present.date():
                yield rule, organisation_id


def run_rule(
    rule: Rule,
    organisation_id: Owner,
    *,
    dry: bool = False,
    confirmed: bool = False,
    actor: Actor | None = None,
) -> RetentionRun | None:
    """Run a rule now. None when nothing is due or another worker is at it; a suspended run when it must be confirmed.

    ``confirmed`` is the operator's word that a suspended run may go on.
    """
    who = actor or system_actor(organisation_id)
    duration = duration_of(organisation_id, rule.code)
    counts = count_due(rule, organisation_id, duration.limit(now()))
    if dry:
        run = rehearse(rule, organisation_id, duration, who)
        _remember(rule, organisation_id, counts)
        return run
    previous = _latest(rule, organisation_id)
    waiting = previous if previous and previous.status == RunStatus.SUSPENDU else None
    why = objection(rule, organisation_id, duration, counts)
    given = _word(previous, duration)
    if why and (why == Suspension.PLANCHER or not (confirmed or given)):
        run = waiting or new_run(rule, organisation_id, duration, now())
        _remember(rule, organisation_id, counts, passed=True)
        return _suspend(run, duration, counts, why, who)
    if waiting is not None and not (why and counts.due):
        _end(waiting, RunStatus.FAIT if why else RunStatus.ABANDONNE)
        waiting = None
    if not counts.due:
        _remember(rule, organisation_id, counts, passed=True, days=duration.days)
        return None
    run = waiting or new_run(rule, organisation_id, duration, now())
    run.days, run.limit, run.suspension = duration.days, duration.limit(now()), why
    if why:
        run.confirmed_at = given.confirmed_at if given else now()
        run.confirmed_by_id = given.confirmed_by_id if given else who.member_id
    return _carry_out(run, rule, duration, who)


def _carry_out(run: RetentionRun, rule: Rule, duration: Duration, who: Actor) -> RetentionRun | None:
    """Do a run that nothing stops any more; None when another worker is at it."""
    owner = run.organisation_id
    begun = open_run(run, rule)
    if begun is not None:
        execute(begun, rule, who)
        after = count_due(rule, owner, duration.limit(now()))
        _remember(rule, owner, after, passed=True, days=duration.days, run=begun)
    return begun


def objection(rule: Rule, organisation_id: Owner, duration: Duration, counts: Counts) -> str:
    """Why a run must wait for someone's word; empty when it may go on.

    Below the floor, never. Shorter than the duration last applied, unless the organisation itself confirmed that
    duration. Far more rows than usual, unless the rule only cleans technical traces.
    """
    if duration.days < rule.floor:
        return Suspension.PLANCHER
    state = RetentionState.objects.filter(organisation_id=organisation_id, rule_code=rule.code).first()
    if state is not None and state.applied_at and duration.days < state.days and duration.choice is None:
        return Suspension.RACCOURCIE
    if not rule.routine and counts.due > _usual(rule, organisation_id):
        return Suspension.VOLUME
    return ""


def _usual(rule: Rule, organisation_id: Owner) -> int:
    runs = RetentionRun.objects.filter(organisation_id=organisation_id, rule_code=rule.code, dry=False)
    last = runs.filter(status=RunStatus.FAIT).order_by("-started_at").values_list("done", flat=True)[:REMEMBERED]
    return max(USUAL, FAR_MORE * max(last, default=0))


def _latest(rule: Rule, organisation_id: Owner) -> RetentionRun | None:
    runs = RetentionRun.objects.filter(organisation_id=organisation_id, rule_code=rule.code, dry=False)
    return runs.exclude(status=RunStatus.EN_COURS).order_by("-started_at", "-pk").first()


def _word(previous: RetentionRun | None, duration: Duration) -> RetentionRun | None:
    """The latest run, when it waits (or was cut short) and someone agreed to this very duration."""
    if previous is None or previous.confirmed_at is None or previous.days != duration.days:
        return None
    return previous if previous.status in (RunStatus.SUSPENDU, RunStatus.INTERROMPU) else None


@transaction.atomic
def _suspend(run: RetentionRun, duration: Duration, counts: Counts, why: str, who: Actor) -> RetentionRun:
    """Put the run aside with its count; the same one is kept night after night until someone decides."""
    changed = run._state.adding or (run.days, run.suspension) != (duration.days, why)
    run.status, run.suspension, run.days = RunStatus.SUSPENDU, why, duration.days
    run.limit, run.due, run.held, run.progress_at = duration.limit(now()), counts.due, counts.held, now()
    if changed:
        run.confirmed_at = run.confirmed_by = None
        codes = {"rule": run.rule_code, "days": duration.days, "due": counts.due, "why": str(why)}
        publish(RetentionSuspended(actor=who, target_id=run.pk, codes=codes))
    run.save()
    return run


def _end(run: RetentionRun, status: str) -> None:
    """What was suspended ends: nothing is left to do, or it has no more reason to wait."""
    run.status, run.ended_at = status, now()
    run.save(update_fields=["status", "ended_at"])


def _remember(
    rule: Rule,
    organisation_id: Owner,
    counts: Counts,
    *,
    passed: bool = False,
    days: int | None = None,
    run: RetentionRun | None = None,
) -> None:
    """Keep what pages show, and the duration that was applied."""
    values: dict[str, object] = {
        "due": counts.due,
        "due_soon": counts.due_soon,
        "held": counts.held,
        "counted_at": now(),
    }
    values |= {"applied_at": now()} if passed else {}
    values |= {"days": days} if days is not None else {}
    values |= {"last_run": run} if run is not None and run.done else {}
    created = {**values, "days": values.get("days", duration_of(organisation_id, rule.code).days)}
    RetentionState.objects.update_or_create(
        organisation_id=organisation_id, rule_code=rule.code, defaults=values, create_defaults=created
    )


def rehearse_rule(*, actor: Actor, rule_code: str) -> RetentionRun:
    """A dry run in the actor's organisation: what the rule would deal with now, and the proof it would leave."""
    require(actor, "privacy.decide_retention")
    rule = rule_of(rule_code)
    if not rule.is_run or not rule.per_organisation:
        raise NotFound("retention rule")
    run = run_rule(rule, actor.organisation_id, dry=True, actor=actor)
    assert run is not None  # a dry run always leaves its count
    return run


def count_all(*, actor: Actor) -> int:
    """Count again what is due under every rule of the organisation; gives how many rules."""
    require(actor, "privacy.decide_retention")
    rules = [rule for rule in personal.rules() if rule.is_run and rule.per_organisation]
    for rule in rules:
        duration = duration_of(actor.organisation_id, rule.code)
        _remember(rule, actor.organisation_id, count_due(rule, actor.organisation_id, duration.limit(now())))
    return len(rules)
