"""Text about a person as it may be kept."""

import unicodedata

_KEPT = {"\n", "\t"}


def clean(text: str) -> str:
    """The text without NUL, control signs and lone surrogates, its ends trimmed.

    Emoji, combining marks and the marks of right-to-left writing stay.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(s for s in unified if s in _KEPT or unicodedata.category(s) not in ("Cc", "Cs")).strip()


def too_long(text: str, limit: int) -> str:
    """The sentence that refuses a text past its limit, or an empty one."""
    if len(text) <= limit:
        return ""
    written = f"{len(text):,}".replace(",", "\u202f")
    return f"Ce texte fait {written} caractères, il en faut {limit} au plus."
