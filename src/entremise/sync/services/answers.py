"""What a phone is told of an operation: written once, given again word for word."""

import datetime as dt
from typing import Any

from entremise.sync import envelope
from entremise.sync.enums import OperationStatus, ParkReason
from entremise.sync.models import Receipt

MARKER = "entremise-sync/1"


def instant(value: dt.datetime) -> str:
    """An instant as every answer writes it: UTC, to the second."""
    return value.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def write(receipt: Receipt, **facts: Any) -> None:
    """Fill the stored answer of a receipt from its state and these facts; the caller saves it."""
    told: dict[str, Any] = {
        "id": str(receipt.operation_id),
        "status": str(receipt.status),
        "at": instant(receipt.received_at),
    }
    if receipt.status == OperationStatus.MISE_DE_COTE:
        told["reason"] = str(receipt.reason)
    if receipt.clock:
        told["clock"] = str(receipt.clock)
    if receipt.applied_to:
        told["entity"] = str(receipt.applied_to)
    told.update({name: value for name, value in facts.items() if value is not None})
    receipt.answer = envelope.canonical(told)


def read(receipt: Receipt) -> dict[str, Any]:
    """The stored answer; when its words have been erased, what remains true."""
    if receipt.answer:
        return dict(envelope.loads(receipt.answer))
    return {"id": str(receipt.operation_id), "status": str(receipt.status), "at": instant(receipt.received_at)}


def aside(identifier: object, reason: ParkReason) -> dict[str, Any]:
    """The answer about something that has no receipt."""
    known = identifier if isinstance(identifier, str) and len(identifier) <= 64 else None
    return {"id": known, "status": str(OperationStatus.MISE_DE_COTE), "reason": str(reason)}
