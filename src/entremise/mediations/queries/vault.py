"""Reads of the vault. Callers hold a case from ``get_vault``: nothing here asks again who reads."""

import uuid
from dataclasses import dataclass

from entremise.accounts.queries import member_names
from entremise.core.db import get_one, open_together
from entremise.mediations.models import Case, Party, PreparationSheet, Session, VaultNote


@dataclass(frozen=True)
class NoteLine:
    """A note as a page shows it, covered until it is uncovered."""

    note: VaultNote
    about: str
    author: str
    former: int


def get_session(case: Case, session_id: uuid.UUID) -> Session:
    """A session of this case; NotFound for any other."""
    return get_one(Session.objects.filter(case=case, pk=session_id))


def get_note(case: Case, note_id: uuid.UUID) -> VaultNote:
    """A note of this case; NotFound for any other."""
    return get_one(VaultNote.objects.filter(case=case, pk=note_id).prefetch_related("former"))


def get_sheet(case: Case, party: Party | None) -> PreparationSheet | None:
    """The preparation of a party, or of the round table; None until one is written."""
    return PreparationSheet.objects.filter(case=case, party=party).first()


def note_lines(case: Case, parties: list[Party], session: Session | None = None) -> list[NoteLine]:
    """The notes of a case, or of one session, the latest first, in a constant number of queries."""
    notes = VaultNote.objects.filter(case=case).prefetch_related("former").order_by("-written_at", "-pk")
    found = list(notes.filter(session=session) if session else notes)
    open_together(found, "text")
    letters = {party.pk: f"Partie {party.letter}" for party in parties}
    names = member_names(note.author_id for note in found)
    return [
        NoteLine(
            note=note,
            about=letters.get(note.party_id, "L’ensemble") if note.party_id else "L’ensemble",
            author=names[note.author_id],
            former=len(note.former.all()),
        )
        for note in found
    ]
