"""The vault's words: notes and preparation sheets. Two mediators at once lose nothing of each other."""

import json
import uuid
from collections.abc import Mapping

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import Conflict, InvalidInput, NotFound
from entremise.core.time import now
from entremise.mediations.enums import NoteKind, SheetKind
from entremise.mediations.models import NoteVersion, PreparationSheet, Session, VaultNote
from entremise.mediations.presets import LAYOUTS
from entremise.mediations.services.holding import WORDS, held_case, held_party, row, written
from entremise.privacy.services.texts import clean


@transaction.atomic
def write_note(
    *,
    actor: Actor,
    case_id: uuid.UUID,
    kind: str,
    text: str,
    session_id: uuid.UUID | None = None,
    party_id: uuid.UUID | None = None,
) -> VaultNote:
    """Add a private note to the vault."""
    case = held_case(actor, case_id)
    text = _checked(kind, text)
    session = Session.objects.filter(case=case, pk=session_id).first() if session_id else None
    if session_id and session is None:
        raise NotFound("session")
    party = held_party(case, party_id) if party_id else None
    assert actor.member_id is not None
    note = VaultNote.objects.create(
        **row(case, session=session, party=party, kind=kind, text=text, author_id=actor.member_id, written_at=now())
    )
    written(actor, case, "note")
    return note


@transaction.atomic
def correct_note(
    *, actor: Actor, case_id: uuid.UUID, note_id: uuid.UUID, kind: str, text: str, base_version: int
) -> VaultNote:
    """Correct a note; what it said before is kept beside it. Conflict when it changed since it was read."""
    case = held_case(actor, case_id)
    note = get_one(VaultNote.objects.select_for_update().filter(case=case, pk=note_id))
    text = _checked(kind, text)
    if note.version != base_version:
        raise Conflict("the note changed since it was read")
    if (note.kind, note.text) == (kind, text):
        return note
    NoteVersion.objects.create(
        **row(case, note=note, version=note.version, text=note.text, author_id=note.author_id, at=note.written_at)
    )
    assert actor.member_id is not None
    note.kind, note.text, note.version = kind, text, note.version + 1
    note.author_id, note.written_at = actor.member_id, now()
    note.save()
    written(actor, case, "note")
    return note


def _checked(kind: str, text: str) -> str:
    errors: dict[str, list[str]] = {}
    text = clean(text)
    if kind not in NoteKind.values:
        errors["kind"] = ["Choisissez une réponse."]
    if not text:
        errors["text"] = ["Écrivez la note."]
    elif len(text) > WORDS:
        errors["text"] = [f"Raccourcissez cette note : {WORDS} caractères au plus."]
    if errors:
        raise InvalidInput(errors)
    return text


@transaction.atomic
def write_sheet(
    *,
    actor: Actor,
    case_id: uuid.UUID,
    party_id: uuid.UUID | None,
    content: Mapping[str, str],
    base_version: int,
) -> PreparationSheet:
    """Write the preparation of a party, or of the round table (None). Conflict when it changed since it was read."""
    case = held_case(actor, case_id)
    party = held_party(case, party_id) if party_id else None
    kind = SheetKind.PARTIE if party else SheetKind.TABLE_RONDE
    kept = {code: clean(content.get(code, "")) for code, _, _ in LAYOUTS[kind]}
    errors = {
        code: [f"Raccourcissez : {WORDS} caractères au plus."] for code, text in kept.items() if len(text) > WORDS
    }
    if errors:
        raise InvalidInput(errors)
    sheet = PreparationSheet.objects.select_for_update().filter(case=case, party=party).first()
    if (sheet.version if sheet else 0) != base_version:
        raise Conflict("the sheet changed since it was read")
    assert actor.member_id is not None
    if sheet is None:
        sheet = PreparationSheet(**row(case, kind=kind, party=party, version=0))
    sheet.content = json.dumps({code: text for code, text in kept.items() if text}, ensure_ascii=False)
    sheet.updated_by_id, sheet.updated_at, sheet.version = actor.member_id, now(), sheet.version + 1
    sheet.save()
    written(actor, case, "sheet")
    return sheet
