"""Text as the privacy core may keep it."""

import unicodedata

REASON_LENGTH = 500  # characters
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


def clean_reason(text: str, errors: dict[str, list[str]], missing: str) -> str:
    """A written reason; what is wrong with it goes to ``errors``, as ``reason``."""
    reason = clean(text)
    if not reason:
        errors["reason"] = [missing]
    elif len(reason) > REASON_LENGTH:
        errors["reason"] = [f"Raccourcissez ce motif : {REASON_LENGTH} signes au plus ({len(reason)} ici)."]
    return reason
