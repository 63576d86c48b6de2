"""Writes of accounts: one verb, one function.

Other modules use these names; the pages of this module use the files below directly.
"""

from entremise.accounts.services.confidences import close_confidences
from entremise.accounts.services.invitations import invite
from entremise.accounts.services.lists import (
    allow_sensitive,
    complete_item,
    hide_item,
    rename_item,
    show_item,
    withdraw_sensitive,
)
from entremise.accounts.services.members import add_member, change_member, end_membership, get_or_create_user
from entremise.accounts.services.organisations import (
    change_team,
    close_team,
    create_organisation,
    create_team,
    reopen_team,
    set_contact_email,
    take_turn,
)
from entremise.accounts.services.profile import hold_account
from entremise.accounts.services.sessions import close_all_sessions

__all__ = [
    "add_member",
    "allow_sensitive",
    "change_member",
    "change_team",
    "close_all_sessions",
    "close_confidences",
    "close_team",
    "complete_item",
    "create_organisation",
    "create_team",
    "end_membership",
    "get_or_create_user",
    "hide_item",
    "hold_account",
    "invite",
    "rename_item",
    "reopen_team",
    "set_contact_email",
    "show_item",
    "take_turn",
    "withdraw_sensitive",
]
