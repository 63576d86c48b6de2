"""Reads of what a certifier decided: routes found closed, blocks that count in a new version."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from entremise.competences.capitalising import Equivalence
from entremise.competences.comparing import Facing, facing, nearest
from entremise.competences.models import AccessRoute, Block, Correspondence, Record, RouteDecision
from entremise.competences.queries.records import get_record
from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.permissions import require


def route_decisions(actor: Actor, record_code: str) -> dict[str, RouteDecision]:
    """The last answer of the actor's organisation for each route of a record; one query."""
    found = RouteDecision.objects.visible_to(actor).filter(record_code=record_code).order_by("decided_at", "pk")
    return {one.route: one for one in found}


def routes_of(actor: Actor, record: Record) -> list[tuple[AccessRoute, RouteDecision | None]]:
    """The routes of a record, each with the last answer of the actor's organisation; one query once prefetched."""
    decided = route_decisions(actor, record.code)
    return [(route, decided.get(route.code)) for route in record.routes.all()]


def inferred_route(actor: Actor, record_code: str, route: str) -> AccessRoute:
    """A route that this record gives as closed by inference; NotFound for any other."""
    require(actor, "competences.prepare")
    record = get_record(actor, record_code)
    found = next((one for one in record.routes.all() if one.code == route and one.inferred), None)
    if found is None:
        raise NotFound("access route")
    return found


def equivalences_of(organisation_id: uuid.UUID) -> list[Equivalence]:
    """Everything a certifier decided of blocks, whatever the record; one query."""
    rows = Correspondence.objects.filter(organisation_id=organisation_id)
    return [
        Equivalence((row.record_code, row.block_code), tuple((row.from_record, code) for code in row.from_blocks))
        for row in rows
    ]


def correspondences(actor: Actor, record_code: str, from_record: str) -> dict[str, Correspondence]:
    """What the actor's organisation decided between two records, by block of the newer."""
    rows = Correspondence.objects.visible_to(actor).filter(record_code=record_code, from_record=from_record)
    return {row.block_code: row for row in rows}


def proposed_pairs(older: Record, newer: Record) -> dict[str, list[str]]:
    """What the exports of either record say: block of the newer → blocks of the older. It decides nothing."""
    old, new = _codes(older), _codes(newer)
    found: dict[str, list[str]] = {}
    told = [(one["here"], one["there"]) for one in newer.matches if one["record"] == older.code]
    told += [(one["there"], one["here"]) for one in older.matches if one["record"] == newer.code]
    for mine, theirs in told:
        for code in mine:
            if code in new:
                found.setdefault(code, []).extend(one for one in theirs if one in old)
    return {code: list(dict.fromkeys(codes)) for code, codes in found.items() if codes}


def _codes(record: Record) -> set[str]:
    return {block.code for block in record.blocks.all()}


@dataclass(frozen=True)
class BlockPair:
    """A block of the newer version, the older one whose words are nearest, and their competences face to face."""

    after: Block | None
    before: Block | None
    lines: list[Facing]


@dataclass(frozen=True)
class Comparison:
    """Two versions of a record."""

    older: Record
    newer: Record
    facts: list[tuple[str, Facing]]
    blocks: list[BlockPair]


def compare(actor: Actor, older_code: str, newer_code: str) -> Comparison:
    """Two records the actor reads, side by side; NotFound when one of them is not here."""
    older, newer = get_record(actor, older_code), get_record(actor, newer_code)
    return Comparison(older, newer, _facts(older, newer), _blocks(older, newer))


def _blocks(older: Record, newer: Record) -> list[BlockPair]:
    left = list(older.blocks.all())
    pairs = []
    for block in newer.blocks.all():
        rank = nearest(block.title, [one.title for one in left])
        before = left.pop(rank) if rank is not None else None
        pairs.append(BlockPair(block, before, facing(_texts(before), _texts(block))))
    return pairs + [BlockPair(None, block, facing(_texts(block), [])) for block in left]


def _texts(block: Block | None) -> Sequence[str]:
    """The competences, or how they are proposed while nobody confirmed them."""
    return [] if block is None else [one.text for one in block.competences.all()] or list(block.draft)


def _facts(older: Record, newer: Record) -> list[tuple[str, Facing]]:
    """What differs beside the blocks, in words."""
    told = {"Intitulé": "title", "Niveau": "level", "Fin d’enregistrement": "registered_until"}
    told |= {"Date limite de délivrance": "last_delivery_on", "Pour entrer en formation": "entry_prerequisite"}
    told |= {"Pour être certifié": "validation_prerequisite", "Mois demandés": "entry_months"}
    told |= {"Heures demandées": "validation_hours"}
    found = [(label, Facing(_said(older, name), _said(newer, name))) for label, name in told.items()]
    found.append(("Jury", Facing(_jury(older), _jury(newer))))
    return [(label, pair) for label, pair in found if pair.before != pair.after]


def _said(record: Record, name: str) -> str:
    value = getattr(record, name)
    return "" if value is None else f"{value:%d/%m/%Y}" if hasattr(value, "year") else str(value)


def _jury(record: Record) -> str:
    return " ; ".join(next((route.jury for route in record.routes.all() if route.is_open and route.jury), []))


def comparable(actor: Actor, record: Record, among: Sequence[Record]) -> list[Record]:
    """The other records the actor reads, those it replaces or that replace it first."""
    near = {one.code for one in record.replaces.all()} | set(record.successors)
    others = [one for one in among if one.pk != record.pk]
    return sorted(others, key=lambda one: (one.code not in near, one.code))
