"""Reading the payload of an operation field by field; what is not understood is never dropped in silence."""

import datetime as dt
import uuid
from typing import Any

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.sync.enums import ParkReason
from entremise.sync.registry import Operation, Refused

WHICH_TEAM = "Choisissez l’équipe : vous êtes dans plusieurs."
WRONG = "Cette valeur n’a pas la forme attendue."


class Reader:
    """The payload of one operation. Wrong shapes are gathered; ``done`` raises them all."""

    def __init__(self, operation: Operation) -> None:
        self.operation = operation
        self._left = dict(operation.payload)
        self._errors: dict[str, list[str]] = {}

    def _take(self, name: str, kinds: type | tuple[type, ...]) -> Any:
        value = self._left.pop(name, None)
        if value is None or value == "":
            return None
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in _as_tuple(kinds)):
            self._errors[name] = [WRONG]
            return None
        return value

    def text(self, name: str) -> str:
        """Text, or an empty one; a lone surrogate, which no page can hold, is replaced."""
        return (self._take(name, str) or "").encode("utf-8", "replace").decode()

    def whole(self, name: str) -> int | None:
        """A whole number."""
        value = self._take(name, int)
        if value is not None and not -(2**31) < value < 2**31:
            self._errors[name] = [WRONG]
            return None
        return value

    def flag(self, name: str) -> bool:
        """True or false; false when it is not told."""
        return bool(self._take(name, bool))

    def identifier(self, name: str) -> uuid.UUID | None:
        """An identifier."""
        value = self._take(name, str)
        try:
            return uuid.UUID(value) if value else None
        except ValueError:
            self._errors[name] = [WRONG]
            return None

    def texts(self, name: str) -> tuple[str, ...]:
        """Codes, in order."""
        values = self._take(name, list) or []
        if not all(isinstance(value, str) for value in values) or len(values) > 200:
            self._errors[name] = [WRONG]
            return ()
        return tuple(values)

    def team(self, actor: Actor) -> uuid.UUID | None:
        """The team told; the author's only one when the phone, outside a round, could not tell it.

        Of several, a locked phone cannot choose: the error asks which.
        """
        told = self.identifier("team_id")
        if told is None and len(actor.team_ids) == 1:
            return next(iter(actor.team_ids))
        if told is None:
            self.wrong("team_id", WHICH_TEAM if actor.team_ids else WRONG)
        return told

    def identifiers(self, name: str) -> list[uuid.UUID]:
        """Identifiers, in order."""
        try:
            return [uuid.UUID(value) for value in self.texts(name)]
        except ValueError:
            self._errors[name] = [WRONG]
            return []

    def moment(self, name: str) -> dt.datetime | None:
        """An hour by the server's clock (see ``Operation.moment``); None when it is not told."""
        value = self._take(name, str)
        if value is None:
            return None
        try:
            told = dt.datetime.fromisoformat(value)
        except ValueError:
            told = None
        if told is None or told.utcoffset() is None:
            self._errors[name] = [WRONG]
            return None
        return self.operation.moment(told)

    def raw(self, name: str) -> Any:
        """The value as it came, for the caller to check."""
        return self._left.pop(name, None)

    def wrong(self, name: str, words: str = WRONG) -> None:
        """Say that a value the caller read has not the right shape, or is missing."""
        self._errors[name] = [words]

    def done(self) -> None:
        """Raise InvalidInput for the wrong shapes; Refused when a field says something this server does not know."""
        if self._errors:
            raise InvalidInput(self._errors)
        if any(value not in (None, "", [], {}) for value in self._left.values()):
            raise Refused(ParkReason.SCHEMA_INCONNU)


def _as_tuple(kinds: type | tuple[type, ...]) -> tuple[type, ...]:
    return kinds if isinstance(kinds, tuple) else (kinds,)
