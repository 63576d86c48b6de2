"""Writes of this module: conventions, the text of reports, the links given to funders."""

from entremise.statistics.services.conventions import change_convention, record_convention
from entremise.statistics.services.sharing import (
    digest_of,
    hash_of,
    note_opening,
    open_shared,
    revoke_link,
    share_report,
)
from entremise.statistics.services.texts import save_text

__all__ = [
    "change_convention",
    "digest_of",
    "hash_of",
    "note_opening",
    "open_shared",
    "record_convention",
    "revoke_link",
    "save_text",
    "share_report",
]
