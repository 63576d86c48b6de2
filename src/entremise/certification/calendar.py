"""Events as calendars read them (RFC 5545). Pure: instants aware, written in universal time.

A convocation needs a dozen properties of the format: they are written here, with its escapes and its folds, rather
than through a library whose parser and time zones nothing of ours would use.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

_WIDTH = 75  # octets of a line, its fold included
_HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Entremise//Certification//FR", "CALSCALE:GREGORIAN")


@dataclass(frozen=True)
class Appointment:
    """Something to be at. Dates rather than instants make it last whole days, ``ends`` then being the last one.

    ``sequence`` grows each time the hours change: a calendar replaces what it knew under the same ``uid``.
    """

    uid: str
    starts: dt.datetime | dt.date
    ends: dt.datetime | dt.date
    summary: str
    place: str
    sequence: int = 0


def calendar(
    appointments: Iterable[Appointment], stamp: dt.datetime, *, organizer: str = "", cancels: bool = False
) -> bytes:
    """The file: ``text/calendar``, UTF-8. The same appointments and stamp give the same bytes.

    ``cancels``: these take place no more, a calendar that knows them takes them away. ``organizer``: the address of
    who calls; a calendar may not obey a cancellation without it.
    """
    lines = [*_HEAD, "METHOD:CANCEL" if cancels else "METHOD:PUBLISH"]
    for one in appointments:
        lines += _event(one, stamp, organizer, cancels)
    return "".join(fold(line) + "\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _event(one: Appointment, stamp: dt.datetime, organizer: str, cancels: bool) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{escape(one.uid)}",
        f"DTSTAMP:{_instant(stamp)}",
        _when("DTSTART", one.starts),
        _when("DTEND", one.ends, is_end=True),
        f"SEQUENCE:{one.sequence}",
        f"SUMMARY:{escape(one.summary)}",
        f"LOCATION:{escape(one.place)}",
        *([f"ORGANIZER:mailto:{quote(organizer, safe='@')}"] if organizer else []),
        *(["STATUS:CANCELLED"] if cancels else []),
        "END:VEVENT",
    ]


def _when(name: str, value: dt.datetime | dt.date, *, is_end: bool = False) -> str:
    if isinstance(value, dt.datetime):
        return f"{name}:{_instant(value)}"
    day = value + dt.timedelta(days=1) if is_end else value  # the format's last day is not part of the event
    return f"{name};VALUE=DATE:{day:%Y%m%d}"


def _instant(value: dt.datetime) -> str:
    return f"{value.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def escape(text: str) -> str:
    """Text as a value: no sign of the format stays bare, no control sign stays at all."""
    kept = text.replace("\r\n", "\n").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "".join(sign if sign >= " " and sign != "\x7f" else "\\n" if sign == "\n" else "" for sign in kept)


def fold(line: str) -> str:
    """A long line on several, each of 75 octets at most, never in the midst of a sign."""
    parts, room = [""], _WIDTH
    for sign in line:
        size = len(sign.encode())
        if size > room:
            parts.append("")
            room = _WIDTH - 1
        parts[-1] += sign
        room -= size
    return "\r\n ".join(parts)
