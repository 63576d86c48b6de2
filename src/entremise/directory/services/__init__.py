"""Writes of this module, by entity."""

from entremise.directory.services.owners import name_owner, remove_owner
from entremise.directory.services.partner_rows import PARTNERS
from entremise.directory.services.partners import (
    close_partner,
    create_partner,
    mark_checked,
    reopen_partner,
    update_partner,
)

__all__ = [
    "PARTNERS",
    "close_partner",
    "create_partner",
    "mark_checked",
    "name_owner",
    "remove_owner",
    "reopen_partner",
    "update_partner",
]
