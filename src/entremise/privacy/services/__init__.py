"""Writes of the privacy core, for every module."""

from entremise.privacy.registry import Item, Part, register_part
from entremise.privacy.services.agreements import NoAgreement, give_agreement, require_agreement, withdraw_agreement
from entremise.privacy.services.erasure import erase_persons, finish_erasures
from entremise.privacy.services.persons import correct_person, note_contact, open_person, record_reading

__all__ = [
    "Item",
    "NoAgreement",
    "Part",
    "correct_person",
    "erase_persons",
    "finish_erasures",
    "give_agreement",
    "note_contact",
    "open_person",
    "record_reading",
    "register_part",
    "require_agreement",
    "withdraw_agreement",
]
