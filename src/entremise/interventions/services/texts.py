"""Text as it may be kept."""

import unicodedata

_KEPT = {"\n", "\t"}


def clean(text: str) -> str:
    """The text without NUL, control characters and lone surrogates, its ends trimmed.

    Emoji, combining marks and the marks of right-to-left writing stay: they are what was written.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (sign for sign in unified if sign in _KEPT or unicodedata.category(sign) not in ("Cc", "Cs"))
    return "".join(kept).strip()
