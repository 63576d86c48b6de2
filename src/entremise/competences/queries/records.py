"""Reads of records. Other modules name a competence by its reference: ``RNCP41674-C7``."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from entremise.competences.enums import CodeKind, LineKind, SeatKind
from entremise.competences.models import AccessRoute, Block, Competence, Record, YearFigures
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.permissions import require


def reference_of(competence: Competence) -> str:
    """What names a competence outside this module; needs its record loaded."""
    return f"{competence.record.code}-{competence.code}"


def list_records(actor: Actor) -> QuerySet[Record]:
    """The records of the installation that may be used, and those the actor prepares, by number."""
    require(actor, "competences.view")
    found: QuerySet[Record] = Record.objects.visible_to(actor).order_by("code")
    return found


def get_record(actor: Actor, code: str) -> Record:
    """A record with everything it prints, in five queries or so whatever its size; NotFound when it is not loaded."""
    parts = ("codes", "lines", "certifiers", "routes", "figures", "replaces", "blocks__competences")
    return get_one(list_records(actor).filter(code=code.upper()).prefetch_related(*parts))


@dataclass(frozen=True)
class CompetenceLine:
    """A competence as another module shows it."""

    reference: str
    code: str
    text: str
    block_code: str
    block_title: str


def competence_lines(references: Collection[str] | None = None) -> list[CompetenceLine]:
    """The competences offered to all, or those of these references, in the order they are printed; one query.

    Offered to all: those of the confirmed records that the operator put in; a certifier's own are no answer to give.
    """
    found = Competence.objects.select_related("record", "block").order_by("record__code", "rank")
    if references is None:
        found = found.filter(record__confirmed_at__isnull=False, record__brought_by=None)
    lines = [CompetenceLine(reference_of(one), one.code, one.text, one.block.code, one.block.title) for one in found]
    return lines if references is None else [line for line in lines if line.reference in references]


@dataclass(frozen=True)
class SeatRule:
    """How many of one kind a jury counts, and what is asked of them.

    ``external``: outside the certifiers. ``presides``: the president is one of them. ``independent``: neither
    trained nor accompanied the candidates.
    """

    kind: SeatKind
    count: int
    external: bool = False
    presides: bool = False
    independent: bool = False


@dataclass(frozen=True)
class RouteFacts:
    """An access route as other modules hold candidates to it; ``is_open`` None when the record does not say."""

    code: str
    label: str
    is_open: bool | None
    inferred: str
    seats: tuple[SeatRule, ...]


@dataclass(frozen=True)
class BlockFacts:
    """A block with its competences, in order."""

    code: str
    title: str
    evaluation: str
    competences: tuple[CompetenceLine, ...]


@dataclass(frozen=True)
class RecordFacts:
    """What a certifying body needs of a record. ``fingerprint`` names the version that was read.

    ``last_delivery_on``: the last day a certification may be delivered to who entered before the registration ended.
    """

    code: str
    title: str
    level: int | None
    registered_until: dt.date | None
    entry_months: int | None
    validation_hours: int | None
    fingerprint: str
    routes: tuple[RouteFacts, ...]
    blocks: tuple[BlockFacts, ...]
    certifiers: tuple[str, ...]
    is_confirmed: bool = True
    last_delivery_on: dt.date | None = None

    def entry_fault(self, day: dt.date) -> str:
        """Why nobody enters any more that day; empty while the registration lasts, or when its end is unknown."""
        if not self.is_confirmed:
            return f"La fiche {self.code} n’est pas confirmée : relisez ses blocs avant de l’utiliser."
        if self.registered_until is None or day <= self.registered_until:
            return ""
        until = self.registered_until.strftime("%d/%m/%Y")
        return f"L’enregistrement de {self.code} a pris fin le {until} : personne n’y entre plus."

    def delivery_fault(self, day: dt.date) -> str:
        """Why nothing is certified any more that day: after the last delivery, or the end when none is printed."""
        if not self.is_confirmed:
            return f"La fiche {self.code} n’est pas confirmée : relisez ses blocs avant de l’utiliser."
        last = self.last_delivery_on or self.registered_until
        if last is None or day <= last:
            return ""
        if self.last_delivery_on:
            return f"{self.code} ne se délivre plus depuis le {last:%d/%m/%Y}, date limite de délivrance."
        return f"L’enregistrement de {self.code} finit le {last:%d/%m/%Y} : rien ne s’y certifie ensuite."

    def route(self, code: str) -> RouteFacts | None:
        """One route; None when the record has none of that code."""
        return next((route for route in self.routes if route.code == code), None)

    def block(self, code: str) -> BlockFacts | None:
        """One block; None when the record has none of that code."""
        return next((block for block in self.blocks if block.code == code), None)


def record_facts(code: str) -> RecordFacts:
    """The record as other modules work with it: five queries; NotFound when it is not loaded."""
    parts = ("routes", "certifiers", "blocks__competences")
    record = get_one(Record.objects.filter(code=code.upper()).prefetch_related(*parts))
    return RecordFacts(
        code=record.code,
        title=record.title,
        level=record.level,
        registered_until=record.registered_until,
        entry_months=record.entry_months,
        validation_hours=record.validation_hours,
        fingerprint=record.fingerprint,
        routes=tuple(_route_facts(route) for route in record.routes.all()),
        blocks=tuple(_block_facts(record, block) for block in record.blocks.all()),
        certifiers=tuple(str(one) for one in record.certifiers.all()),
        is_confirmed=record.confirmed_at is not None,
        last_delivery_on=record.last_delivery_on,
    )


def _route_facts(route: AccessRoute) -> RouteFacts:
    seats = tuple(SeatRule(**(seat | {"kind": SeatKind(seat["kind"])})) for seat in route.seats)
    return RouteFacts(route.code, route.label, route.is_open, route.inferred, seats)


def _block_facts(record: Record, block: Block) -> BlockFacts:
    lines = tuple(
        CompetenceLine(f"{record.code}-{one.code}", one.code, one.text, block.code, block.title)
        for one in block.competences.all()
    )
    return BlockFacts(block.code, block.title, block.evaluation, lines)


def record_choices() -> list[tuple[str, str]]:
    """The confirmed records as choices of a form; one query."""
    found = Record.objects.filter(confirmed_at__isnull=False).values_list("code", "title").order_by("code")
    return [(code, f"{code} · {title}") for code, title in found]


def competence_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The competences as grouped choices of a form: block title, then (reference, "C7 · text"); one query."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for line in competence_lines():
        group = groups.setdefault(f"{line.block_code} · {line.block_title}", [])
        group.append((line.reference, f"{line.code} · {line.text}"))
    return list(groups.items())


def lines_of(record: Record, kind: LineKind) -> list[str]:
    """The texts of one kind, in order; no query once the record is prefetched."""
    return [line.text for line in record.lines.all() if line.kind == kind]


def codes_of(record: Record) -> list[tuple[str, str, str]]:
    """(nomenclature, code, label) in the order of the page; no query once the record is prefetched."""
    found = record.codes.all()
    return [
        (kind.label, one.code, f"{one.label} ({one.version})" if one.version else one.label)
        for kind in CodeKind
        for one in found
        if one.kind == kind
    ]


def blocks_of(record: Record) -> list[Block]:
    """The blocks with their competences, in order; no query once the record is prefetched."""
    return list(record.blocks.all())


@dataclass(frozen=True)
class PrintedYear:
    """A line of the record's own table: certified, by the VAE, the three rates; None where the record says nothing."""

    year: int
    values: tuple[int | None, ...]


def printed_figures(code: str) -> list[PrintedYear]:
    """The table of insertion as the record prints it, the latest year first; one query."""
    names = ("certified", "certified_vae", "insertion_6m", "target_job_6m", "target_job_2y")
    rows = YearFigures.objects.filter(record__code=code).order_by("-year")
    return [PrintedYear(row.year, tuple(getattr(row, name) for name in names)) for row in rows]
