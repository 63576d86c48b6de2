"""Text as XML may hold it."""

import re
import unicodedata

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\ufeff]")


def xml_text(text: str) -> str:
    """Composed letters, ``\\n`` line ends, without control characters, lone surrogates and non-characters."""
    return unicodedata.normalize("NFC", _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
