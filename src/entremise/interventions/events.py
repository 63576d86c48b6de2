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
