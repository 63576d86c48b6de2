"""What happens to acts and threads. Codes, counts and fingerprints only."""

from dataclasses import dataclass

from entremise.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class InterventionEvent(Event):
    """Root of the events of an act."""

    target_type = "intervention"


@dataclass(frozen=True, kw_only=True)
class InterventionRecorded(InterventionEvent):
    name = "intervention.recorded"


@dataclass(frozen=True, kw_only=True)
class InterventionCorrected(InterventionEvent):
    name = "intervention.corrected"


@dataclass(frozen=True, kw_only=True)
class InterventionValidated(InterventionEvent):
    name = "intervention.validated"


@dataclass(frozen=True, kw_only=True)
class CorrectionRequested(InterventionEvent):
    name = "intervention.correction_requested"


@dataclass(frozen=True, kw_only=True)
class InterventionLocked(InterventionEvent):
    name = "intervention.locked"


@dataclass(frozen=True, kw_only=True)
class InterventionsMerged(InterventionEvent):
    """``target_id`` is the act that stays; ``codes["absorbed"]`` names the other one."""

    name = "intervention.merged"


@dataclass(frozen=True, kw_only=True)
class InterventionsKeptApart(InterventionEvent):
    """Two near-identical acts are two situations: ``codes["other"]`` names the second."""

    name = "intervention.kept_apart"


@dataclass(frozen=True, kw_only=True)
class InterventionMadeAnonymous(InterventionEvent):
    """A coordinator read the words again and let them go."""

    name = "intervention.made_anonymous"


@dataclass(frozen=True, kw_only=True)
class InterventionTextKept(InterventionEvent):
    """A coordinator kept the words once more, for a written reason."""

    name = "intervention.text_kept"


@dataclass(frozen=True, kw_only=True)
class InterventionThreaded(InterventionEvent):
    """An act joined a thread, or left it."""

    name = "intervention.threaded"


@dataclass(frozen=True, kw_only=True)
class ThreadOpened(Event):
    name = "thread.opened"
    target_type = "thread"


@dataclass(frozen=True, kw_only=True)
class ThreadLinked(Event):
    """A thread concerns a followed person, or none any more."""

    name = "thread.linked"
    target_type = "thread"


@dataclass(frozen=True, kw_only=True)
class ReminderSet(Event):
    name = "thread.reminder_set"
    target_type = "thread"


@dataclass(frozen=True, kw_only=True)
class ThreadClosed(Event):
    name = "thread.closed"
    target_type = "thread"


@dataclass(frozen=True, kw_only=True)
class ReturnVisitPlanned(InterventionEvent):
    """Someone will go back to the place of this act: ``codes["on"]``."""

    name = "intervention.return_planned"


@dataclass(frozen=True, kw_only=True)
class ReturnVisitDone(InterventionEvent):
    """The team was there again, or lifted the visit: ``codes["how"]``."""

    name = "intervention.return_done"


@dataclass(frozen=True, kw_only=True)
class PartyRead(InterventionEvent):
    """The mediator kept, changed or erased their reading of a party's side."""

    name = "intervention.party_read"


@dataclass(frozen=True, kw_only=True)
class TeamActionOpened(Event):
    name = "team_action.opened"
    target_type = "team_action"


@dataclass(frozen=True, kw_only=True)
class TeamActionDone(Event):
    name = "team_action.done"
    target_type = "team_action"
