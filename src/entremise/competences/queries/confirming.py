"""Reads of the records that wait for a person to read them again."""

import uuid

from entremise.competences.models import Block, Record
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.permissions import require


def get_prepared(actor: Actor, record_code: str) -> Record:
    """A record the actor may prepare, with its blocks and routes; NotFound for any other."""
    require(actor, "competences.prepare")
    mine = Record.objects.prepared_by(actor).filter(code=record_code.upper())
    return get_one(mine.prefetch_related("blocks", "routes"))


def get_block(actor: Actor, block_id: uuid.UUID) -> Block:
    """A block of such a record, with it; NotFound for any other."""
    require(actor, "competences.prepare")
    mine = Record.objects.prepared_by(actor).values("pk")
    return get_one(Block.objects.filter(pk=block_id, record__in=mine).select_related("record"))


def may_prepare(actor: Actor, record: Record) -> bool:
    """Whether this record waits for the actor among others."""
    return record.confirmed_at is None and Record.objects.prepared_by(actor).filter(pk=record.pk).exists()
