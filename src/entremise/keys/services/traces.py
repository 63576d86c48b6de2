"""The traces of erasure outside the databases, and putting them back after a restore."""

import datetime as dt
import json
import uuid
from pathlib import Path

from django.conf import settings
from django.db import transaction

from entremise.core.sealing import written_whole
from entremise.core.time import now
from entremise.keys.models import DataKey, Tombstone
from entremise.keys.router import ALIAS

Traces = dict[tuple[str, uuid.UUID], dt.datetime]


def read_traces(path: Path) -> Traces:
    """The traces of a file, each with its first date; a last line cut short by a power cut is left out."""
    found: Traces = {}
    if not path.exists():
        return found
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            record = json.loads(line)
            trace, at = (record["kind"], uuid.UUID(record["id"])), dt.datetime.fromisoformat(record["at"])
        except (ValueError, KeyError, TypeError):
            continue
        found.setdefault(trace, at)
    return found


def outside_traces() -> Traces:
    """Those of the file this installation keeps outside its databases."""
    return read_traces(settings.TOMBSTONES_FILE)


def known_traces() -> Traces:
    """Those of the store of keys."""
    rows = Tombstone.objects.values_list("scope_kind", "scope_id", "erased_at")
    return {(kind, identifier): at for kind, identifier, at in rows.iterator()}


def adopt_traces(traces: Traces) -> int:
    """Have the store and the outside file hold all of these too, and no living key of any; gives how many were new.

    Each comes back unfinished: the rows of whatever it names are emptied again by who erases them.
    """
    with transaction.atomic(using=ALIAS):
        fresh = sorted(traces.keys() - known_traces().keys())
        rows = [Tombstone(scope_kind=kind, scope_id=one, erased_at=traces[kind, one]) for kind, one in fresh]
        Tombstone.objects.bulk_create(rows, batch_size=500)
        for kind, identifier in traces:
            living = DataKey.objects.filter(scope_kind=kind, scope_id=identifier, destroyed_at=None)
            living.update(wrapped=None, destroyed_at=now())
    _write_outside(known_traces() | outside_traces())
    return len(fresh)


def _write_outside(traces: Traces) -> None:
    settings.TOMBSTONES_FILE.parent.mkdir(parents=True, exist_ok=True)
    ordered = sorted(traces.items(), key=lambda item: (item[1], str(item[0][1])))
    with written_whole(settings.TOMBSTONES_FILE) as file:
        for (kind, identifier), at in ordered:
            line = {"kind": kind, "id": str(identifier), "at": at.isoformat(timespec="seconds")}
            file.write(json.dumps(line).encode() + b"\n")
