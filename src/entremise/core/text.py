"""Text compared, searched and sorted the same way on every engine."""

import re
import unicodedata


def fold(text: str) -> str:
    """Lower case without accents; every other sign is one space; st and ste become saint and sainte."""
    text = text.casefold().replace("œ", "oe").replace("æ", "ae")
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    words = re.sub(r"[\W_]+", " ", bare).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)


def sort_key(text: str) -> str:
    """The folded text with its numbers padded, so that hall 2 comes before hall 10 on every engine."""
    return re.sub(r"\d+", lambda number: number.group().zfill(6), fold(text))


def one_line(text: str) -> str:
    """The text without control signs (NUL, line ends) and with single spaces."""
    return " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text).split())
