"""Backups of the whole installation: take, restore, rehearse, keep."""

from entremise.privacy.services.backups.keeping import adopt, remove_old, tick
from entremise.privacy.services.backups.rehearsing import rehearse
from entremise.privacy.services.backups.restoring import finish, restore, unfinished
from entremise.privacy.services.backups.staging import check_whole
from entremise.privacy.services.backups.taking import take_backup

__all__ = ["adopt", "check_whole", "finish", "rehearse", "remove_old", "restore", "take_backup", "tick", "unfinished"]
