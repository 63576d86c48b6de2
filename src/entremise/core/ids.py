"""Identifiers that sort by time and can be issued by a phone without network."""

import os
import re
import time
import uuid

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base 32: no I, L, O, U to misread
_TYPED = re.compile(rf"([{_ALPHABET}]{{4}})[ -]?([{_ALPHABET}]{{3}})")


def uuid7() -> uuid.UUID:
    """A version 7 UUID of now (RFC 9562 §5.7), whose 12 bits after the milliseconds are quarters of a microsecond.

    That is the RFC's third method (§6.2): what is written in the same millisecond still sorts in the order it was
    written, in the journal as in a queue read one after the other.
    """
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    return _version7(milliseconds, nanoseconds * 4096 // 1_000_000)


def uuid7_at(milliseconds: int) -> uuid.UUID:
    """The same for a chosen instant (in Unix milliseconds), in no order within it; used by the bench."""
    return _version7(milliseconds, int.from_bytes(os.urandom(2), "big") & 0xFFF)


def _version7(milliseconds: int, within: int) -> uuid.UUID:
    random = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    return uuid.UUID(int=(milliseconds & 0xFFFFFFFFFFFF) << 80 | 0x7 << 76 | within << 64 | 0x2 << 62 | random)


def short_reference(identifier: uuid.UUID) -> str:
    """Seven signs a mediator can say aloud on the phone, such as ``K7QF-2MX``.

    Taken from the last 35 random bits of the identifier, so that a phone without network
    gives the same reference as the server. Unique within an organisation for practical
    purposes only: it helps people find a record, it is never a key.
    """
    bits = identifier.int & ((1 << 35) - 1)
    signs = "".join(_ALPHABET[(bits >> shift) & 31] for shift in range(30, -1, -5))
    return f"{signs[:4]}-{signs[4:]}"


def read_reference(text: str) -> str:
    """What someone typed, written as ``short_reference`` writes it; empty when it is no such reference."""
    typed = _TYPED.fullmatch(text.strip().upper())
    return "-".join(typed.groups()) if typed else ""


def reference_tail(reference: str) -> str:
    """The last eight hexadecimal digits of the identifiers that bear this reference: how a table is searched for it."""
    bits = 0
    for sign in reference.replace("-", ""):
        bits = bits << 5 | _ALPHABET.index(sign)
    return f"{bits & 0xFFFFFFFF:08x}"
