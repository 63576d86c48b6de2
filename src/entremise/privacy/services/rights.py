"""The verbs of the rights of persons, gathered for the modules above."""

from entremise.privacy.queries.requests import get_request
from entremise.privacy.services.access import open_dossier, prepare_access_file
from entremise.privacy.services.erasure_request import erase_on_request, preview_erasure
from entremise.privacy.services.requests import (
    Answer,
    RequestFacts,
    answer_request,
    check_identity,
    extend_request,
    match_person,
    record_request,
    take_request,
)
from entremise.privacy.services.restriction import accept_opposition, lift_restriction, restrict_person

__all__ = [
    "Answer",
    "RequestFacts",
    "accept_opposition",
    "answer_request",
    "check_identity",
    "erase_on_request",
    "extend_request",
    "get_request",
    "lift_restriction",
    "match_person",
    "open_dossier",
    "prepare_access_file",
    "preview_erasure",
    "record_request",
    "restrict_person",
    "take_request",
]
