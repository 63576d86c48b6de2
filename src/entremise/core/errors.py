"""The refusals a service may raise; views turn them into plain words, never into a 500."""

from collections.abc import Mapping

FieldErrors = Mapping[str, list[str]]

FORM = "__all__"  # the key of an error that belongs to no field


class EntremiseError(Exception):
    """Root of every refusal raised on purpose."""


class NotAllowed(EntremiseError):
    """The actor may know the record exists but may not do this. Views answer 403."""


class NotFound(EntremiseError):
    """The record does not exist for this actor. Views answer 404, whatever the true reason."""


class InvalidInput(EntremiseError):
    """What was typed cannot be kept.

    ``errors`` maps field names (those of the command) to lists of French sentences that say
    what is wrong and what to do.
    """

    def __init__(self, errors: FieldErrors) -> None:
        self.errors: dict[str, list[str]] = {name: list(found) for name, found in errors.items()}
        super().__init__("; ".join(f"{name}: {' '.join(found)}" for name, found in self.errors.items()))

    @property
    def sentences(self) -> str:
        """Everything that is wrong, one after the other: where there is no field to say it beside."""
        return " ".join(sentence for found in self.errors.values() for sentence in found)


class Conflict(EntremiseError):
    """The record changed since it was read; the caller shows both versions."""


class Refused(EntremiseError):
    """An operation of the whole installation cannot be done as things are.

    The message is a French sentence for the one who runs it: what is wrong, what to do; nothing was changed.
    """
