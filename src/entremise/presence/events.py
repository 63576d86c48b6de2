"""What happens on the field: rounds, stops, observations, defects, team log."""

from dataclasses import dataclass

from entremise.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class RoundPlanned(Event):
    name = "round.planned"
    target_type = "round"


@dataclass(frozen=True, kw_only=True)
class RoundOpened(Event):
    name = "round.opened"
    target_type = "round"


@dataclass(frozen=True, kw_only=True)
class RoundJoined(Event):
    name = "round.joined"
    target_type = "round"


@dataclass(frozen=True, kw_only=True)
class RoundClosed(Event):
    name = "round.closed"
    target_type = "round"


@dataclass(frozen=True, kw_only=True)
class RoundCancelled(Event):
    name = "round.cancelled"
    target_type = "round"


@dataclass(frozen=True, kw_only=True)
class RoundsMerged(Event):
    """``target_id`` is the round that stays; ``codes["absorbed"]`` names the other one."""

    name = "round.merged"
    target_type = "round"


@dataclass(frozen=True, kw_only=True)
class StopReached(Event):
    name = "stop.reached"
    target_type = "stop"


@dataclass(frozen=True, kw_only=True)
class ContactCounted(Event):
    name = "stop.contact_counted"
    target_type = "stop"


@dataclass(frozen=True, kw_only=True)
class StopDescribed(Event):
    name = "stop.described"
    target_type = "stop"


@dataclass(frozen=True, kw_only=True)
class ObservationRecorded(Event):
    name = "observation.recorded"
    target_type = "observation"


@dataclass(frozen=True, kw_only=True)
class DefectReported(Event):
    name = "defect.reported"
    target_type = "defect"


@dataclass(frozen=True, kw_only=True)
class DefectAdvanced(Event):
    name = "defect.advanced"
    target_type = "defect"


@dataclass(frozen=True, kw_only=True)
class DefectNoticeRequested(Event):
    """Someone asks for the owner's notice to be sent (again)."""

    name = "defect.notice_requested"
    target_type = "defect"


@dataclass(frozen=True, kw_only=True)
class DefectNoticeSent(Event):
    name = "defect.notice_sent"
    target_type = "defect"


@dataclass(frozen=True, kw_only=True)
class LogEntryPosted(Event):
    name = "log.posted"
    target_type = "log_entry"


@dataclass(frozen=True, kw_only=True)
class LogEntryWithdrawn(Event):
    name = "log.withdrawn"
    target_type = "log_entry"


@dataclass(frozen=True, kw_only=True)
class LogEntryAcknowledged(Event):
    name = "log.acknowledged"
    target_type = "log_entry"
