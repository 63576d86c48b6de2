"""Short texts of this module, cleaned the same way everywhere."""

from entremise.core.errors import InvalidInput
from entremise.core.text import one_line
from entremise.privacy.services.texts import clean, too_long

LINE, WORDS = 160, 4000  # signs


def line(text: str) -> str:
    """One line without control signs."""
    return one_line(clean(text))


def check_lengths(limits: dict[str, tuple[str, int]]) -> None:
    """``{field: (text, longest)}``; InvalidInput with every text that is too long."""
    found = {name: [fault] for name, (text, longest) in limits.items() if (fault := too_long(text, longest))}
    if found:
        raise InvalidInput(found)
