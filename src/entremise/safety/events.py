"""What happens to the team's own safety. Codes and identifiers only: never a word that was written."""

from dataclasses import dataclass

from entremise.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class ChainChanged(Event):
    """``target_id`` is the organisation; ``codes["rungs"]`` how many rungs the chain has now."""

    name = "safety.chain_changed"
    target_type = "organisation"


@dataclass(frozen=True, kw_only=True)
class CodesChanged(Event):
    """``target_id`` is the member; ``codes["set"]`` false when the codes were erased."""

    name = "safety.codes_changed"
    target_type = "member"


@dataclass(frozen=True, kw_only=True)
class AlertRaised(Event):
    name = "safety.alert_raised"
    target_type = "alert"


@dataclass(frozen=True, kw_only=True)
class AlertAnswered(Event):
    name = "safety.alert_answered"
    target_type = "alert"


@dataclass(frozen=True, kw_only=True)
class AlertCalled(Event):
    """The server wrote to one rung of the on-call chain."""

    name = "safety.alert_called"
    target_type = "alert"


@dataclass(frozen=True, kw_only=True)
class AlertClosed(Event):
    name = "safety.alert_closed"
    target_type = "alert"


@dataclass(frozen=True, kw_only=True)
class TimerArmed(Event):
    """Armed or prolonged: ``codes["due_at"]`` is the new end."""

    name = "safety.timer_armed"
    target_type = "timer"


@dataclass(frozen=True, kw_only=True)
class TimerEnded(Event):
    name = "safety.timer_ended"
    target_type = "timer"


@dataclass(frozen=True, kw_only=True)
class SheetWritten(Event):
    name = "safety.sheet_written"
    target_type = "incident_sheet"


@dataclass(frozen=True, kw_only=True)
class SheetFollowed(Event):
    """Support or a date was noted; ``codes`` names the fields, never their values."""

    name = "safety.sheet_followed"
    target_type = "incident_sheet"


@dataclass(frozen=True, kw_only=True)
class SheetClosed(Event):
    name = "safety.sheet_closed"
    target_type = "incident_sheet"


@dataclass(frozen=True, kw_only=True)
class DebriefHeld(Event):
    name = "safety.debrief_held"
    target_type = "debrief"
