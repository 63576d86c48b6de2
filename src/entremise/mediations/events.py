"""What happens to a mediation. Stages, codes and identifiers of rows only: never a ground, a party's side or a word."""

from dataclasses import dataclass

from entremise.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class MediationEvent(Event):
    """Root of the events of a mediation."""

    target_type = "mediation"


class MediationOpened(MediationEvent):
    name = "mediation.opened"


class StageMoved(MediationEvent):
    """``codes``: from, to, and the optional stages passed over."""

    name = "mediation.moved"


class MediationClosed(MediationEvent):
    """``codes["outcome"]`` is what everyone may read (``ShownOutcome``)."""

    name = "mediation.closed"


class MediationWritten(MediationEvent):
    """Something confided was written; ``codes["what"]`` is the kind of row, never more."""

    name = "mediation.written"


class MediationRead(MediationEvent):
    """Someone opened the vault."""

    name = "mediation.read"


class MediatorNamed(MediationEvent):
    """``codes``: the membership, and the step (named, confirmed, entered, left)."""

    name = "mediation.mediator"


class MediatorsWarned(MediationEvent):
    """``codes["reason"]`` is an ``AlertReason``."""

    name = "mediation.warned"


class ConfidentialityAsked(MediationEvent):
    """An exception to confidentiality was asked for, or decided; ``codes["step"]``."""

    name = "mediation.disclosure"


class MediationErased(MediationEvent):
    """The case's key was destroyed: figures stay."""

    name = "mediation.erased"
