"""What the phones' interface says, for its published description (OpenAPI)."""

from typing import Any

from ninja import Schema

from entremise.sync.envelope import FIELDS


class Limits(Schema):
    """What a batch may weigh."""

    operations: int
    bytes: int


class DeviceState(Schema):
    """What the server knows of a device; ``unknown`` alone when it must enrol again."""

    acknowledged: int | None = None
    gap: list[list[int]] | None = None
    revoked: bool | None = None
    wipe: bool | None = None
    unknown: bool | None = None
    replay_from: int | None = None


class Refusal(Schema):
    """The whole request is refused; nothing was changed, nothing may be removed from the phone."""

    marker: str
    error: str
    sentence: str
    errors: dict[str, list[str]] | None = None
    limits: Limits | None = None


class Hello(Schema):
    """What a phone asks before it sends."""

    marker: str
    now: str
    epoch: str
    version: str
    csrf: str
    organisation: str
    member: str
    organisation_key: str
    organisation_key_id: str
    limits: Limits
    schemas: list[str]
    devices: dict[str, DeviceState]


class Enrolled(Schema):
    """The phone is known."""

    marker: str
    device: str
    organisation: str
    member: str
    organisation_key: str
    organisation_key_id: str
    epoch: str
    state: DeviceState


class Result(Schema):
    """What became of one operation (docs/adr/0009, table of statuses)."""

    id: str | None
    status: str
    at: str | None = None
    version: int | None = None
    reason: str | None = None
    errors: dict[str, list[str]] | None = None
    conflict: str | None = None
    fields: list[str] | None = None
    waits: str | None = None
    first: str | None = None
    entity: str | None = None
    clock: str | None = None


class BatchAnswer(Schema):
    """The answer to a batch."""

    marker: str
    batch: str
    epoch: str
    now: str
    devices: dict[str, DeviceState]
    results: list[Result]
    updates: list[Result]


class MirrorPart(Schema):
    """One part of the mirror, and its digest to send back as ``known``."""

    hash: str
    data: Any


class MirrorAnswer(Schema):
    """The parts whose digest is not the one the phone has; ``codes`` names every part there is."""

    marker: str
    now: str
    epoch: str
    codes: list[str]
    parts: dict[str, MirrorPart]


class MediaAnswer(Schema):
    """How many bytes of a file have come."""

    marker: str
    received: int
    complete: bool


_TEXT = {"type": "string"}
_ENVELOPE = {
    "type": "object",
    "description": "docs/adr/0009",
    "required": list(FIELDS),
    "properties": {name: {"type": "integer" if name in ("v", "seq") else "string"} for name in FIELDS},
}


def _json_body(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    schema = {"type": "object", "required": required, "properties": properties}
    return {"required": True, "content": {"application/json": {"schema": schema}}}


BATCH_BODY = _json_body(
    {
        "v": {"const": 1},
        "batch": _TEXT,
        "device": _TEXT,
        "epoch": _TEXT,
        "known": {"type": "object", "additionalProperties": {"type": "integer"}},
        "seen": {"type": "array", "items": _TEXT},
        "health": {"type": "object"},
        "ops": {"type": "array", "maxItems": 50, "items": _ENVELOPE},
    },
    ["v", "batch", "ops"],
)
ENROLMENT_BODY = _json_body(
    {"signing_public": _TEXT, "reading_public": _TEXT, "name": _TEXT, "device": _TEXT},
    ["signing_public", "reading_public"],
)
PIECE_BODY = {
    "required": True,
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}
