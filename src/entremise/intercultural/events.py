"""What happens in this module. Codes and identifiers only."""

from dataclasses import dataclass

from entremise.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class CardTextsReviewed(Event):
    """Texts of a card were kept or corrected by someone who reads the language."""

    name = "card.texts_reviewed"
    target_type = "organisation"


@dataclass(frozen=True, kw_only=True)
class CardVoiceKept(Event):
    """A recorded voice reads a card from now on."""

    name = "card.voice_kept"
    target_type = "card_voice"


@dataclass(frozen=True, kw_only=True)
class CardVoiceRemoved(Event):
    """A recorded voice was removed with its file."""

    name = "card.voice_removed"
    target_type = "card_voice"


@dataclass(frozen=True, kw_only=True)
class InterpreterUseRecorded(Event):
    """A need of interpreting was noted. Never which language: the day and the team would tell."""

    name = "interpreter_use.recorded"
    target_type = "interpreter_use"


@dataclass(frozen=True, kw_only=True)
class InterpreterUseCorrected(Event):
    name = "interpreter_use.corrected"
    target_type = "interpreter_use"


@dataclass(frozen=True, kw_only=True)
class InterpreterUseRemoved(Event):
    name = "interpreter_use.removed"
    target_type = "interpreter_use"
