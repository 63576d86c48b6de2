"""What happens between phones and the server. Codes, counts and identifiers only."""

from dataclasses import dataclass

from entremise.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class DeviceEnrolled(Event):
    name = "sync.device_enrolled"
    target_type = "device"


@dataclass(frozen=True, kw_only=True)
class DeviceRevoked(Event):
    name = "sync.device_revoked"
    target_type = "device"


@dataclass(frozen=True, kw_only=True)
class OperationParked(Event):
    """An operation was kept aside; ``codes["reason"]`` says why."""

    name = "sync.operation_parked"
    target_type = "operation"


@dataclass(frozen=True, kw_only=True)
class OperationTaken(Event):
    """Someone decided about an operation kept aside (``codes["decision"]``)."""

    name = "sync.operation_taken"
    target_type = "operation"


@dataclass(frozen=True, kw_only=True)
class ConflictFound(Event):
    name = "sync.conflict_found"
    target_type = "conflict"


@dataclass(frozen=True, kw_only=True)
class ConflictResolved(Event):
    name = "sync.conflict_resolved"
    target_type = "conflict"


@dataclass(frozen=True, kw_only=True)
class FileImported(Event):
    """The sealed file of a phone was taken in; ``codes`` holds counts by status."""

    name = "sync.file_imported"
    target_type = "device"
