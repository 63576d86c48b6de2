"""Organisations, people, access and lists."""

from entremise.accounts.models.access import Invitation, RateCount, RecoveryCode, SecondFactor
from entremise.accounts.models.base import TenantQuerySet
from entremise.accounts.models.lists import ListItem, SensitiveOption
from entremise.accounts.models.organisations import Member, Organisation, Team
from entremise.accounts.models.sessions import Session
from entremise.accounts.models.users import User, UserManager, email_hash

__all__ = [
    "Invitation",
    "ListItem",
    "Member",
    "Organisation",
    "RateCount",
    "RecoveryCode",
    "SecondFactor",
    "SensitiveOption",
    "Session",
    "Team",
    "TenantQuerySet",
    "User",
    "UserManager",
    "email_hash",
]
