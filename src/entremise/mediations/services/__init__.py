"""Writes of formal mediations: one verb, one function."""

from entremise.mediations.services.agreements import conclude_agreement, draft_agreement, sign_agreement
from entremise.mediations.services.cases import accept_case, close_case, forbid_case, move_case, open_case
from entremise.mediations.services.consents import give_consent, withdraw_consent
from entremise.mediations.services.disclosures import ask_disclosure, decide_disclosure
from entremise.mediations.services.follow_ups import record_follow_up
from entremise.mediations.services.mediators import (
    confirm_mediator,
    declare_link,
    leave_case,
    name_mediator,
    see_alerts,
    warn_mediators,
)
from entremise.mediations.services.notes import correct_note, write_note, write_sheet
from entremise.mediations.services.parties import add_party, correct_party, note_contacted
from entremise.mediations.services.sessions import correct_session, record_session

__all__ = [
    "accept_case",
    "add_party",
    "ask_disclosure",
    "close_case",
    "conclude_agreement",
    "confirm_mediator",
    "correct_note",
    "correct_party",
    "correct_session",
    "decide_disclosure",
    "declare_link",
    "draft_agreement",
    "forbid_case",
    "give_consent",
    "leave_case",
    "move_case",
    "name_mediator",
    "note_contacted",
    "open_case",
    "record_follow_up",
    "record_session",
    "see_alerts",
    "sign_agreement",
    "warn_mediators",
    "withdraw_consent",
    "write_note",
    "write_sheet",
]
