"""Writes of the offline protocol."""

from entremise.sync.services.deciding import (
    correct_rejected,
    leave_aside,
    resolve_conflict,
    retry_after_upgrade,
    retry_operation,
)
from entremise.sync.services.devices import enrol_device, revoke_device
from entremise.sync.services.importing import import_file
from entremise.sync.services.missing import let_go, tell_missing, wait_on
from entremise.sync.services.receiving import receive_batch, release_unblocked

__all__ = [
    "correct_rejected",
    "enrol_device",
    "import_file",
    "leave_aside",
    "let_go",
    "receive_batch",
    "release_unblocked",
    "resolve_conflict",
    "retry_after_upgrade",
    "retry_operation",
    "revoke_device",
    "tell_missing",
    "wait_on",
]
