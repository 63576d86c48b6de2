"""One rule over one organisation: batch after batch, each proved in the transaction that did it."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

import structlog
from django.db import IntegrityError, transaction

from entremise.core.actor import Actor, system_actor
from entremise.core.personal import Owner, Rule
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.privacy.enums import RunStatus
from entremise.privacy.events_retention import RetentionCounted, RetentionRan
from entremise.privacy.models import RetentionRun
from entremise.privacy.queries.durations import Duration
from entremise.privacy.queries.holds import held_among
from entremise.privacy.queries.retention import due_rows

log = structlog.get_logger("entremise.privacy")

WINDOW = 20_000  # identifiers read at once: memory stays flat however many are due
STALLED = dt.timedelta(minutes=15)  # without progress: the worker died


class _Superseded(Exception):
    """Another worker took this run over."""


def open_run(run: RetentionRun, rule: Rule) -> RetentionRun | None:
    """Begin a new run, or the suspended one that may go on; None when another worker is at it."""
    owner: Owner = run.organisation_id
    running = RetentionRun.objects.filter(organisation_id=owner, rule_code=rule.code, dry=False)
    stalled = running.filter(status=RunStatus.EN_COURS, progress_at__lt=now() - STALLED)
    stalled.update(status=RunStatus.INTERROMPU, ended_at=now())  # its worker died: what it did is proved
    run.status = RunStatus.EN_COURS
    run.due = run.done = run.held = run.failed = 0
    run.started_at = run.progress_at = now()
    try:
        with transaction.atomic():
            if not run._state.adding and not running.filter(pk=run.pk, status=RunStatus.SUSPENDU).exists():
                return None
            run.save()
    except IntegrityError:
        return None
    return run


def new_run(rule: Rule, organisation_id: Owner, duration: Duration, at: dt.datetime) -> RetentionRun:
    """The unsaved row of a run."""
    return RetentionRun(
        organisation_id=organisation_id,
        rule_code=rule.code,
        days=duration.days,
        limit=duration.limit(at),
        started_at=now(),
        progress_at=now(),
    )


def execute(run: RetentionRun, rule: Rule, actor: Actor) -> RetentionRun:
    """Deal with every row due and not held. What a batch did and its proof are committed together.

    A batch that fails is tried again row by row: one bad row never stops the others, it is counted.
    """
    digest, last = hashlib.sha256(), None
    try:
        while identifiers := _window(run, rule, last):
            for start in range(0, len(identifiers), rule.batch):
                digest = _batch(run, rule, identifiers[start : start + rule.batch], digest)
            last = identifiers[-1]
    except _Superseded:
        log.info("retention_superseded", rule=rule.code, run=str(run.pk))
        return run
    return _finish(run, actor)


def rehearse(rule: Rule, organisation_id: Owner, duration: Duration, actor: Actor) -> RetentionRun:
    """A dry run: what would be dealt with now, and the proof it would leave; nothing is touched."""
    run = new_run(rule, organisation_id, duration, now())
    run.dry, run.requested_by_id = True, actor.member_id
    digest, last = hashlib.sha256(), None
    while identifiers := _window(run, rule, last):
        fit = _fit(run, rule, identifiers)
        run.due += len(identifiers)
        run.held += len(identifiers) - len(fit)
        run.done += len(fit)
        _add(digest, fit)
        last = identifiers[-1]
    run.proof = digest.hexdigest() if run.done else ""
    run.status, run.ended_at = RunStatus.FAIT, now()
    with transaction.atomic():
        run.save(force_insert=True)
        publish(RetentionCounted(actor=_who(actor, run), target_id=run.pk, codes=_codes(run)))
    return run


def _window(run: RetentionRun, rule: Rule, last: Any) -> list[Any]:
    rows = due_rows(rule, run.organisation_id, run.limit)
    rows = rows.filter(pk__gt=last) if last is not None else rows
    return list(rows.values_list("pk", flat=True)[:WINDOW])


def _fit(run: RetentionRun, rule: Rule, identifiers: Sequence[Any]) -> list[Any]:
    """Those still due and not held, asked again at the last moment."""
    rows = due_rows(rule, run.organisation_id, run.limit)
    rows = rows.filter(pk__gte=identifiers[0], pk__lte=identifiers[-1])
    condition = held_among(rule, run.organisation_id)
    held = set(rows.filter(condition).values_list("pk", flat=True)) if condition is not None else set()
    still = set(rows.values_list("pk", flat=True)) - held
    return [identifier for identifier in identifiers if identifier in still]


def _batch(run: RetentionRun, rule: Rule, identifiers: Sequence[Any], digest: Any) -> Any:
    try:
        return _apply(run, rule, identifiers, digest)
    except _Superseded:
        raise
    except Exception as error:  # only the kind of error may be kept: its words may hold a value
        log.error("retention_batch_failed", rule=rule.code, rows=len(identifiers), error=type(error).__name__)
    if len(identifiers) > 1:
        for identifier in identifiers:
            digest = _batch(run, rule, (identifier,), digest)
        return digest
    with transaction.atomic():
        _own(run)
        run.due, run.failed = run.due + 1, run.failed + 1
        run.save(update_fields=["due", "failed", "progress_at"])
    return digest


def _apply(run: RetentionRun, rule: Rule, identifiers: Sequence[Any], digest: Any) -> Any:
    assert rule.apply is not None
    before = (run.due, run.done, run.held, run.proof)
    grown = digest.copy()
    try:
        with transaction.atomic():
            _own(run)
            fit = _fit(run, rule, identifiers)
            if fit:
                rule.apply(fit)
                _add(grown, fit)
                run.proof = grown.hexdigest()
            run.due += len(identifiers)
            run.done += len(fit)
            run.held += len(identifiers) - len(fit)
            run.progress_at = now()
            run.save(update_fields=["due", "done", "held", "proof", "progress_at"])
    except BaseException:
        run.due, run.done, run.held, run.proof = before
        raise
    return grown


def _own(run: RetentionRun) -> None:
    """Hold the run until the end of the transaction; refuse to go on when another worker closed it."""
    rows = RetentionRun.objects.select_for_update().filter(pk=run.pk, status=RunStatus.EN_COURS)
    if not rows.values_list("pk").first():
        raise _Superseded


def _add(digest: Any, identifiers: Sequence[Any]) -> None:
    digest.update("".join(f"{identifier}\n" for identifier in identifiers).encode())


def _finish(run: RetentionRun, actor: Actor) -> RetentionRun:
    run.status, run.ended_at = RunStatus.FAIT, now()
    with transaction.atomic():
        run.save(update_fields=["status", "ended_at"])
        publish(RetentionRan(actor=_who(actor, run), target_id=run.pk, codes=_codes(run)))
    return run


def _who(actor: Actor, run: RetentionRun) -> Actor:
    return actor if actor.organisation_id == run.organisation_id else system_actor(run.organisation_id)


def _codes(run: RetentionRun) -> dict[str, Any]:
    counts = {name: getattr(run, name) for name in ("days", "due", "done", "held", "failed", "proof")}
    return {"rule": run.rule_code, **counts}
