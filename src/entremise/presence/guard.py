"""What may not be kept of a text: the rule belongs to an upper module, which registers it when ready."""

import uuid
from collections.abc import Callable

# (team, text) gives the sentence that says what to take out, or an empty one.
Objection = Callable[[uuid.UUID, str], str]
_objections: list[Objection] = []


def register(objection: Objection) -> None:
    """Add a rule, once."""
    if objection not in _objections:
        _objections.append(objection)


def objection_to(team_id: uuid.UUID, text: str) -> str:
    """Why this team may not keep this text; empty when it may."""
    return next((found for rule in _objections if text and (found := rule(team_id, text))), "")
