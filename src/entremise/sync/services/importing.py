"""The sealed file of a phone that cannot send: the same envelopes, by the same door."""

import uuid
from collections import Counter
from typing import Any

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.permissions import require
from entremise.journal.services import publish
from entremise.sync import envelope
from entremise.sync.commands import SendBatch
from entremise.sync.envelope import Unreadable
from entremise.sync.events import FileImported
from entremise.sync.services.receiving import MOST_OPERATIONS, receive_batch

FORMAT = "entremise-carnet/1"
WRONG = "Ce fichier n’est pas celui d’un carnet, ou il est abîmé. Refaites-le depuis « Santé du téléphone »."
MOST = 20_000


def import_file(*, actor: Actor, content: bytes) -> Counter[str]:
    """Take in ``{format, device, ops: [envelopes]}``; how many operations by status, ``unknown`` for those not taken.

    Importing the same file twice changes nothing. Raises InvalidInput (file).
    """
    require(actor, "sync.carry")
    device, ops = _read(content)
    told: Counter[str] = Counter()
    for start in range(0, len(ops), MOST_OPERATIONS):
        some = tuple(ops[start : start + MOST_OPERATIONS])
        answer = receive_batch(actor=actor, command=SendBatch(batch=uuid.uuid4().hex, ops=some, device=device))
        told.update(result["status"] for result in answer["results"])
        told["unknown"] += len(some) - len(answer["results"])
    with transaction.atomic():
        target = device or actor.member_id or uuid.UUID(int=0)
        publish(FileImported(actor=actor, target_id=target, codes=dict(told)))
    return +told


def _read(content: bytes) -> tuple[uuid.UUID | None, list[Any]]:
    try:
        body = envelope.loads(content)
    except Unreadable:
        raise InvalidInput({"file": [WRONG]})
    ops = body.get("ops") if isinstance(body, dict) and body.get("format") == FORMAT else None
    if not isinstance(ops, list) or len(ops) > MOST:
        raise InvalidInput({"file": [WRONG]})
    try:
        return uuid.UUID(str(body.get("device"))), ops
    except ValueError:
        return None, ops
