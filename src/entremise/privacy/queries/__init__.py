"""Reads of the privacy core, for every module."""

from entremise.privacy.queries.agreements import AgreementState, agreement_lines, get_agreement, in_force, states_of
from entremise.privacy.queries.contact import SafeContact, safe_contact
from entremise.privacy.queries.durations import Duration, duration_of
from entremise.privacy.queries.epoch import restore_epoch
from entremise.privacy.queries.holds import are_held
from entremise.privacy.queries.persons import (
    PersonFilters,
    due_persons,
    find_by_reference,
    get_person,
    list_persons,
    person_choices,
)
from entremise.privacy.queries.requests import copies_awaited

__all__ = [
    "AgreementState",
    "Duration",
    "PersonFilters",
    "SafeContact",
    "agreement_lines",
    "are_held",
    "copies_awaited",
    "due_persons",
    "duration_of",
    "find_by_reference",
    "get_agreement",
    "get_person",
    "in_force",
    "list_persons",
    "person_choices",
    "restore_epoch",
    "safe_contact",
    "states_of",
]
