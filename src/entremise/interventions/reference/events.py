"""What happens to numbers and refused requests. Codes only."""

from dataclasses import dataclass

from entremise.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class NumberChecked(Event):
    """Someone verified a number to call."""

    name = "number.checked"
    target_type = "number_check"


@dataclass(frozen=True, kw_only=True)
class CharterRequestRefused(Event):
    """A request against the Charter was recorded as refused."""

    name = "charter.request_refused"
    target_type = "charter_refusal"
