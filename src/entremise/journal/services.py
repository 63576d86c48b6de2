"""Writing to the journal: publish an event, seal a day."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from entremise.core.time import day_bounds, now, today
from entremise.journal.events import Event, handlers
from entremise.journal.models import Entry, Seal

GENESIS = "0" * 64


def publish(event: Event) -> None:
    """Record an event and call its subscribers, in the transaction of the write that caused it.

    Raises RuntimeError outside a transaction: an event must never outlive, nor miss, its write.
    """
    publish_all([event])


def publish_all(events: Sequence[Event]) -> None:
    """The same for many events of one write, in their order: recorded together, then given to their subscribers."""
    if events and not connection.in_atomic_block:
        raise RuntimeError(f"{events[0].name} published outside a transaction")
    Entry.objects.bulk_create(_entry(event) for event in events)
    for event in events:
        for handler in handlers(event):
            handler(event)


def _entry(event: Event) -> Entry:
    return Entry(
        at=now(),
        organisation_id=event.actor.organisation_id,
        user_id=event.actor.user_id,
        function=event.actor.function,
        origin=event.actor.origin,
        request_id=event.actor.request_id,
        name=event.name,
        target_type=event.target_type,
        target_id=event.target_id,
        payload={"codes": event.codes, "changes": {k: list(v) for k, v in event.changes.items()}},
    )


def digest(entry: Entry, previous: str) -> str:
    """SHA-256 (hex) of an event chained to the hash before it; the form of the seal's lines."""
    line: dict[str, Any] = {
        "sequence": entry.sequence,
        "id": str(entry.id),
        "at": entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "organisation": str(entry.organisation_id or ""),
        "user": str(entry.user_id or ""),
        "function": entry.function,
        "origin": entry.origin,
        "request": entry.request_id,
        "name": entry.name,
        "target": [entry.target_type, str(entry.target_id)],
        "payload": entry.payload,
    }
    text = json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def seal_days(until: dt.date | None = None) -> list[Seal]:
    """Seal every finished day that is not sealed yet, in order; return the new seals.

    Each seal is also appended to ``settings.SEALS_FILE``, outside the database, so that rewriting
    the tables does not rewrite the proof. A day without events has no seal.
    """
    limit = until or today()
    last = Seal.objects.order_by("day").last()
    pending = Entry.objects.all() if last is None else Entry.objects.filter(sequence__gt=last.last_sequence)
    first = pending.order_by("sequence").first()
    seals: list[Seal] = []
    if first is None:
        return seals
    day = first.at.date()
    previous = last.hash if last else GENESIS
    while day < limit:
        seal = _seal_day(day, last.last_sequence if last else 0, previous)
        if seal:
            seals.append(seal)
            last, previous = seal, seal.hash
        day += dt.timedelta(days=1)
    return seals


def _seal_day(day: dt.date, after: int, previous: str) -> Seal | None:
    _, end = day_bounds(day)
    chain, count, first, last = previous, 0, 0, 0
    pending = Entry.objects.filter(sequence__gt=after)
    # A seal covers ranks without a gap: an event of after midnight written before one of the day goes with it.
    until = pending.filter(at__lt=end).aggregate(last=Max("sequence"))["last"] or after
    for entry in pending.filter(sequence__lte=until).order_by("sequence").iterator():
        chain = digest(entry, chain)
        count += 1
        first, last = first or entry.sequence, entry.sequence
    if not count:
        return None
    with transaction.atomic():
        seal = Seal.objects.create(
            day=day, first_sequence=first, last_sequence=last, count=count, previous_hash=previous, hash=chain
        )
        _copy_outside(seal)
    return seal


def _copy_outside(seal: Seal) -> None:
    line = {"day": seal.day.isoformat(), "last": seal.last_sequence, "count": seal.count, "hash": seal.hash}
    settings.SEALS_FILE.parent.mkdir(parents=True, exist_ok=True)
    with settings.SEALS_FILE.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
