"""From a clear operation to what services can take: same identity as its envelope, current schema."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from entremise.core.time import now
from entremise.sync import registry
from entremise.sync.enums import ParkReason
from entremise.sync.envelope import Envelope, Unreadable
from entremise.sync.registry import Kind, Media, Operation, Refused

MOST_MEDIA = 10
LARGEST_MEDIA = 25 * 1024 * 1024


def read(envelope: Envelope, clear: Mapping[str, Any]) -> tuple[Kind, Operation]:
    """The kind and the operation, brought to the kind's present schema.

    Raises Unreadable when the content is not that of the envelope or not an operation, Refused when its schema is
    not known here (yet).
    """
    _check_identity(envelope, clear)
    name, number = _schema(clear)
    kind = registry.kind_of(name)
    if kind is None or number > kind.version:
        raise Refused(ParkReason.SCHEMA_INCONNU)
    content = dict(clear)
    try:
        for version in range(number, kind.version):
            content = kind.upcasters[version](content)
        return kind, _operation(kind, number, content)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Unreadable("not an operation") from error


def _check_identity(envelope: Envelope, clear: Mapping[str, Any]) -> None:
    told = (clear.get("id"), clear.get("organisation"), clear.get("actor"), clear.get("device"), clear.get("seq"))
    ids = (envelope.id, envelope.organisation, envelope.actor, envelope.device)
    entity = clear.get("entity")
    if told != (*map(str, ids), envelope.seq) or not isinstance(entity, Mapping):
        raise Unreadable("the content is not that of its envelope")
    if entity.get("id") != str(envelope.entity_id):
        raise Unreadable("the content is about another record than its envelope")


def _schema(clear: Mapping[str, Any]) -> tuple[str, int]:
    name, _, number = str(clear.get("schema", "")).partition("/")
    if not name or len(name) > 50 or not number.isascii() or not number.isdigit() or not 0 < int(number[:9]) < 10**6:
        raise Unreadable("not a schema")
    return name, int(number)


def _operation(kind: Kind, number: int, content: dict[str, Any]) -> Operation:
    payload = content["payload"]
    if not isinstance(payload, dict):
        raise TypeError("payload")
    captured = dt.datetime.fromisoformat(content["captured_at"])
    if captured.utcoffset() is None:
        raise ValueError("captured_at")
    base = content.get("base_version")
    if base is not None and (not isinstance(base, int) or isinstance(base, bool) or base < 0):
        raise ValueError("base_version")
    return Operation(
        id=uuid.UUID(content["id"]),
        name=kind.name,
        version=number,
        entity_type=kind.entity,
        entity_id=uuid.UUID(content["entity"]["id"]),
        payload=payload,
        captured_at=captured,
        after=_maybe_id(content.get("after")),
        replaces=_maybe_id(content.get("replaces")),
        base_version=base,
        offset=_offset(content.get("clock_offset_ms")),
        media=_media(content.get("media")),
        received_at=now(),
    )


def _maybe_id(value: object) -> uuid.UUID | None:
    return None if value is None else uuid.UUID(str(value))


def _offset(value: object) -> dt.timedelta:
    """Server time minus the phone's, as the phone measured it; nothing when it never could."""
    if value is None:
        return dt.timedelta()
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("clock_offset_ms")
    return dt.timedelta(milliseconds=value)


def _media(value: object) -> tuple[Media, ...]:
    if not value:
        return ()
    if not isinstance(value, list) or len(value) > MOST_MEDIA:
        raise ValueError("media")
    found = tuple(
        Media(
            slot=str(one["slot"])[:40],
            sha256=str(one["sha256"]),
            size=int(one["bytes"]),
            mime=str(one["mime"])[:60],
            secret=str(one.get("key", ""))[:100],
            nonce=str(one.get("iv", ""))[:40],
        )
        for one in value
    )
    if len({one.slot for one in found}) != len(found):
        raise ValueError("media")
    for one in found:
        if len(one.sha256) != 64 or set(one.sha256) - set("0123456789abcdef") or not 0 < one.size <= LARGEST_MEDIA:
            raise ValueError("media")
    return found
