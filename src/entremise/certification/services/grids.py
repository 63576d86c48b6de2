"""Writing grids, and keeping for a session those of its day."""

from django.db import transaction

from entremise.accounts.services import take_turn
from entremise.certification.commands import GridFacts
from entremise.certification.enums import Level
from entremise.certification.events import GridWritten
from entremise.certification.models import ExamSession, Grid, SessionGrid, Sitting
from entremise.certification.queries import grids as queries
from entremise.certification.queries.certifier import record_of
from entremise.certification.services.texts import WORDS, check_lengths, clean, line
from entremise.core.actor import Actor
from entremise.core.errors import FORM, Conflict, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.journal.services import publish

MOST_CRITERIA, LONGEST = 12, 300  # of one competence, signs of one


@transaction.atomic
def write_grid(*, actor: Actor, block_code: str, exam: str, facts: GridFacts, base_version: int | None = None) -> Grid:
    """Write the grid of an examination; a version that a session uses stays as it is, and the next one is written.

    ``base_version``: `Grid.stamp` of the one that was read, 0 where there was none; Conflict when somebody wrote since.
    """
    require(actor, "certification.manage")
    record = record_of(actor)
    block, kind = queries.examined(record, block_code, exam)
    instructions = clean(facts.instructions)
    check_lengths({"instructions": (instructions, WORDS)})
    content, errors = {}, {}
    for one in block.competences:
        told, fault = _checked(facts.criteria.get(one.code, ""), facts.levels.get(one.code, {}))
        if told:
            content[one.code] = told
        if fault:
            errors[f"criteria-{one.code}"] = [fault]
    if errors:
        raise InvalidInput(errors)
    if not content:
        raise InvalidInput({FORM: ["Écrivez au moins un critère, ou un niveau, d’une compétence."]})
    take_turn(actor.organisation_id)  # two people write the same grid: the second reads the first
    last = queries.last_grid(actor, record.code, block.code, kind)
    if base_version is not None and base_version != (last.stamp if last else 0):
        raise Conflict("the grid changed")
    grid = (last and _still_free(last)) or Grid(
        organisation_id=actor.organisation_id,
        record_code=record.code,
        block_code=block.code,
        exam=kind,
        version=last.version + 1 if last else 1,
    )
    assert actor.member_id is not None
    grid.instructions, grid.content = instructions, content
    grid.written_by_id, grid.written_at = actor.member_id, now()
    grid.save()
    codes = {"block": block.code, "exam": kind, "version": grid.version}
    publish(GridWritten(actor=actor, target_id=grid.pk, codes=codes))
    return grid


def _still_free(last: Grid) -> Grid | None:
    """This version, locked, while no session uses it: one convoked meanwhile keeps the words it was convoked with."""
    held = Grid.objects.select_for_update().get(pk=last.pk)
    return None if SessionGrid.objects.filter(grid=held).exists() else held


def freeze_grids(session: ExamSession) -> int:
    """Keep for a session the last grids of the blocks passed there; those it has already stay. How many were added."""
    blocks = set(Sitting.objects.filter(session=session).values_list("block_code", flat=True))
    kept = set(SessionGrid.objects.filter(session=session).values_list("grid__block_code", flat=True))
    added = [SessionGrid(session=session, grid=grid) for grid in queries.latest(session, blocks - kept)]
    SessionGrid.objects.bulk_create(added)
    return len(added)


def _checked(criteria: str, levels: dict[str, str]) -> tuple[dict[str, object], str]:
    """What one competence asks, and what is wrong with it."""
    lines = [found for text in clean(criteria).split("\n") if (found := line(text).lstrip("-–• "))]
    words = {level.value: found for level in Level if (found := line(levels.get(level.value, "")))}
    told: dict[str, object] = {}
    if lines:
        told["criteria"] = lines
    if words:
        told["levels"] = words
    if len(lines) > MOST_CRITERIA:
        return told, f"{MOST_CRITERIA} critères au plus pour une compétence : un jury doit pouvoir les voir tous."
    if any(len(text) > LONGEST for text in (*lines, *words.values())):
        return told, f"Raccourcissez : {LONGEST} signes au plus par critère et par niveau."
    return told, ""
