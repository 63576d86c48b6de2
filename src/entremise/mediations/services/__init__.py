"""Writes of formal mediations: one verb, one function."""

from entremise.mediations.services.cases import accept_case, close_case, forbid_case, move_case, open_case
from entremise.mediations.services.consents import give_consent, withdraw_consent
from entremise.mediations.services.notes import correct_note, write_note, write_sheet
from entremise.mediations.services.parties import add_party, correct_party, note_contacted
from entremise.mediations.services.sessions import correct_session, record_session

__all__ = [
    "accept_case",
    "add_party",
    "close_case",
    "correct_note",
    "correct_party",
    "correct_session",
    "forbid_case",
    "give_consent",
    "move_case",
    "note_contacted",
    "open_case",
    "record_session",
    "withdraw_consent",
    "write_note",
    "write_sheet",
]
