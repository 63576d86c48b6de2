"""Spreadsheets of sites and partners: try every line, keep what is valid, import nothing until confirmed.

The trial is the import itself, rolled back: what the preview promises is what the import does.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import FORM, InvalidInput, NotAllowed
from entremise.core.permissions import require
from entremise.core.text import fold
from entremise.core.time import now
from entremise.documents.services import Table
from entremise.journal.services import publish
from entremise.places import events
from entremise.places.models import ImportDraft

MAX_ROWS = 2000

Cells = dict[str, str]
Create = Callable[[Actor, Cells], object]


@dataclass(frozen=True)
class ImportColumn:
    """A column of the template: the field it fills, its title, what to write there."""

    field: str
    title: str
    help: str
    required: bool = False
    also: tuple[str, ...] = ()  # other titles people give it


@dataclass(frozen=True)
class Importer:
    """What one kind of spreadsheet brings: ``create`` makes one record of a line or raises InvalidInput."""

    kind: str
    permission: str
    columns: Sequence[ImportColumn]
    create: Create
    noun: tuple[str, str]  # singular, plural


def preview_import(*, actor: Actor, importer: Importer, table: Table) -> ImportDraft:
    """Try every line of the table and keep the outcome for one hour; nothing else is written.

    Raises InvalidInput on ``file`` when a required column is missing.
    """
    require(actor, importer.permission)
    if actor.member_id is None:
        raise NotAllowed(importer.permission)
    places, skipped = _columns(table.header, importer.columns)
    lines = [(row.number, {field: row.cells[at] for field, at in places.items()}) for row in table.rows]
    with transaction.atomic():
        refusals = _try(actor, importer, lines)
        transaction.set_rollback(True)
    refused = {refusal["row"] for refusal in refusals}
    return ImportDraft.objects.create(
        organisation_id=actor.organisation_id,
        member_id=actor.member_id,
        kind=importer.kind,
        rows=[[number, cells] for number, cells in lines if number not in refused],
        refusals=refusals,
        skipped=skipped,
    )


def _columns(header: Iterable[str], columns: Sequence[ImportColumn]) -> tuple[dict[str, int], list[str]]:
    titles = {fold(title): column.field for column in columns for title in (column.title, *column.also)}
    places: dict[str, int] = {}
    skipped = []
    for at, title in enumerate(header):
        field = titles.get(fold(title))
        if field and field not in places:
            places[field] = at
        else:
            skipped.append(title)
    missing = [column.title for column in columns if column.required and column.field not in places]
    if missing:
        wanted = ", ".join(f"« {title} »" for title in missing)
        raise InvalidInput({"file": [f"Il manque la colonne {wanted}. Partez du modèle, ou renommez vos colonnes."]})
    return places, skipped


def _try(actor: Actor, importer: Importer, lines: Iterable[tuple[int, Cells]]) -> list[dict]:
    titles = {column.field: column.title for column in importer.columns}
    refusals: list[dict] = []
    for number, cells in lines:
        try:
            with transaction.atomic():
                importer.create(actor, cells)
        except InvalidInput as refusal:
            refusals += [
                {"row": number, "column": titles.get(_cell_of(field), ""), "reason": " ".join(reasons)}
                for field, reasons in refusal.errors.items()
            ]
    return refusals


def _cell_of(field: str) -> str:
    """Errors come under the names of commands (``sector_id``), columns bear shorter ones (``sector``)."""
    return "" if field == FORM else field.removesuffix("_id").removesuffix("_ids").removesuffix("_code")


def get_import_draft(*, actor: Actor, draft_id: uuid.UUID, kind: str) -> ImportDraft:
    """One's own draft, while it lasts; NotFound otherwise."""
    drafts = ImportDraft.objects.visible_to(actor).filter(member_id=actor.member_id, kind=kind)
    return get_one(drafts.filter(pk=draft_id, expires_at__gt=now()))


@transaction.atomic
def confirm_import(*, actor: Actor, importer: Importer, draft_id: uuid.UUID) -> int:
    """Import the valid lines of a draft, all or none; return their number.

    Raises InvalidInput on ``file`` when something changed since the preview so that a line no longer passes.
    """
    require(actor, importer.permission)
    # Locked: of two confirmations at once, the second finds no draft instead of importing again.
    ImportDraft.objects.select_for_update().filter(pk=draft_id).first()
    draft = get_import_draft(actor=actor, draft_id=draft_id, kind=importer.kind)
    refusals = _try(actor, importer, [(number, cells) for number, cells in draft.rows])
    if refusals:
        first = refusals[0]
        raise InvalidInput(
            {"file": [f"Ligne {first['row']} : {first['reason']} Rien n’a été importé. Envoyez de nouveau le fichier."]}
        )
    count = len(draft.rows)
    publish(events.RowsImported(actor=actor, target_id=draft.pk, codes={"kind": draft.kind, "rows": count}))
    draft.delete()
    return count


SHOWN_ROWS = 50


def preview_context(importer: Importer, draft: ImportDraft) -> dict:
    """What the page of a preview shows: the filled columns, the first valid lines, every refusal."""
    count, refused = len(draft.rows), len({refusal["row"] for refusal in draft.refusals})
    rows = (
        ("la ligne valide", f"les {count} lignes valides") if refused else [f"{count} {noun}" for noun in importer.noun]
    )
    filled = [column for column in importer.columns if any(cells.get(column.field) for _, cells in draft.rows)]
    return {
        "draft": draft,
        "columns": filled,
        "lines": [(number, [cells.get(c.field, "") for c in filled]) for number, cells in draft.rows[:SHOWN_ROWS]],
        "valid_count": count,
        "refused_count": refused,
        "hidden_count": max(0, count - SHOWN_ROWS),
        "confirm_label": f"Importer {rows[count > 1]}",
    }
