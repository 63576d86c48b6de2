"""Reads of the grids: the certifier's own, and what a jury has before its eyes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from entremise.certification.enums import Level, SessionState
from entremise.certification.models import ExamSession, Grid, SessionGrid
from entremise.competences.enums import Exam
from entremise.competences.queries import BlockFacts, RecordFacts
from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.permissions import require
from entremise.core.text import fold


def exams_asked(block: BlockFacts) -> list[Exam]:
    """The examinations that the record's words name for a block; the simulation when it names none."""
    said = fold(block.evaluation)
    found = [Exam.SIMULATION] if "mise en situation" in said or not said else []
    found += [Exam.REFLECTIVE] if "reflexi" in said else []
    return found or [Exam.PRESENTATION]


@dataclass(frozen=True)
class GridLine:
    """An examination of a block with the last version of its grid, None when none was written."""

    block: BlockFacts
    exam: Exam
    is_asked: bool
    grid: Grid | None
    is_used: bool


def grid_lines(actor: Actor, record: RecordFacts) -> list[GridLine]:
    """Every examination of every block, in the order of the record; one query."""
    require(actor, "certification.manage")
    last = {(one.block_code, one.exam): one for one in _written(actor.organisation_id, record.code).order_by("version")}
    return [
        GridLine(block, exam, exam in exams_asked(block), found, bool(found and found.is_used))
        for block in record.blocks
        for exam in Exam
        for found in [last.get((block.code, exam))]
    ]


def _written(organisation_id: Any, record_code: str):  # type: ignore[no-untyped-def]
    """The grids of a record, each with whether a session uses it."""
    used = Exists(SessionGrid.objects.filter(grid=OuterRef("pk")))
    return Grid.objects.filter(organisation_id=organisation_id, record_code=record_code).annotate(is_used=used)


def last_grid(actor: Actor, record_code: str, block_code: str, exam: str) -> Grid | None:
    """The last version the certifier wrote, with ``is_used``."""
    require(actor, "certification.manage")
    found = _written(actor.organisation_id, record_code).filter(block_code=block_code, exam=exam)
    last: Grid | None = found.order_by("-version").first()
    return last


def examined(record: RecordFacts, block_code: str, exam: str) -> tuple[BlockFacts, Exam]:
    """The block and the examination of an address; NotFound for none."""
    block = record.block(block_code)
    if block is None or exam not in Exam.values:
        raise NotFound("grid")
    return block, Exam(exam)


def grids_of(session: ExamSession, block_code: str) -> list[Grid]:
    """What the session uses for a block; the last versions while it is being prepared."""
    used = list(Grid.objects.filter(uses__session=session, block_code=block_code))
    if used or session.state != SessionState.PREPARING:
        return sorted(used, key=lambda one: list(Exam).index(Exam(one.exam)))
    return latest(session, [block_code])


def latest(session: ExamSession, block_codes: Collection[str]) -> list[Grid]:
    """The last version of each grid of these blocks, in the order of the examinations."""
    rows = Grid.objects.filter(
        organisation_id=session.organisation_id, record_code=session.record_code, block_code__in=block_codes
    )
    last = {(one.block_code, one.exam): one for one in rows.order_by("version")}
    return sorted(last.values(), key=lambda one: (one.block_code, list(Exam).index(Exam(one.exam))))


@dataclass(frozen=True)
class Sought:
    """What is looked for of one competence in one examination."""

    exam: str
    criteria: tuple[str, ...]
    levels: tuple[tuple[str, str], ...]


def sought(grids: Iterable[Grid], competence: str) -> list[Sought]:
    """Criteria and levels of a competence, one entry for each examination that says something of it."""
    found = []
    for grid in grids:
        told = grid.of(competence)
        levels = tuple((level.label, words) for level in Level if (words := told.get("levels", {}).get(level)))
        criteria = tuple(told.get("criteria", ()))
        if criteria or levels:
            found.append(Sought(Exam(grid.exam).label, criteria, levels))
    return found
