"""Numbers to call: national data with their source and the date someone verified them.

A number that nobody verified says so ("à vérifier"). Old numbers are listed apart, only so that the
search and the tests can tell what replaced them; they are never shown as numbers to call.
"""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

DATA_FILE = Path(__file__).parent / "data" / "numbers.json"
STALE_AFTER = dt.timedelta(days=731)  # twenty-four months


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number to call. ``dial`` is what the phone composes; ``verified_on`` None means never verified."""

    code: str
    number: str
    dial: str
    name: str
    purpose: str
    hours: str
    group: str
    first: bool
    note: str
    sms: str
    url: str
    source: str
    verified_on: dt.date | None

    @property
    def href(self) -> str:
        """What a tap does: call, or open the official site."""
        return self.url or f"tel:{self.dial}"

    @property
    def sms_href(self) -> str:
        """A prepared message, to be completed on the phone; empty when the number takes none."""
        return f"sms:{self.dial}?body={quote(self.sms)}" if self.sms else ""


@dataclass(frozen=True)
class Retired:
    """A number that no longer answers, and the code of the one that does."""

    number: str
    instead: str
    reason: str


@dataclass(frozen=True)
class Directory:
    """Everything the file holds, in its order."""

    groups: list[tuple[str, str]]
    numbers: list[Number]
    retired: list[Retired]


@cache
def load() -> Directory:
    """The file, read once."""
    source = json.loads(DATA_FILE.read_text(encoding="utf-8"))
    return Directory(
        groups=[(group["code"], group["label"]) for group in source["groups"]],
        numbers=[_number(row) for row in source["numbers"]],
        retired=[Retired(**row) for row in source["retired"]],
    )


def _number(row: dict[str, Any]) -> Number:
    verified = row["verified_on"]
    return Number(**{**row, "verified_on": dt.date.fromisoformat(verified) if verified else None})


def get(code: str) -> Number | None:
    """The number of a code, or None."""
    return next((number for number in load().numbers if number.code == code), None)


def for_codes(codes: list[str]) -> list[Number]:
    """The numbers of these codes, in the order asked; unknown codes are left out."""
    return [number for code in codes if (number := get(code))]


def is_stale(verified_on: dt.date, today: dt.date) -> bool:
    """True when the verification is more than twenty-four months old."""
    return today - verified_on > STALE_AFTER
