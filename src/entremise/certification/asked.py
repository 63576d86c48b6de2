"""What a convocation said, as the ledger keeps it: identifier, beginning, end, place of each appointment. Pure.

Kept so that who holds an outdated convocation is a comparison, not a guess from dates of change: an hour moved and
moved back leaves everyone with the right one.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from entremise.certification.calendar import Appointment
from entremise.core.time import local
from entremise.core.ui.formats import clock, long_date

Row = dict[str, str]


def rows_of(appointments: Iterable[Appointment]) -> list[Row]:
    """As the ledger keeps them: instants in universal time, dates as dates."""
    return [
        {"uid": one.uid, "starts": _said(one.starts), "ends": _said(one.ends), "place": one.place}
        for one in appointments
    ]


def appointments_of(rows: Iterable[Row], summary: str, sequence: int) -> list[Appointment]:
    """The same, read again."""
    return [
        Appointment(one["uid"], _read(one["starts"]), _read(one["ends"]), summary, one["place"], sequence)
        for one in rows
    ]


def withdrawn(before: Sequence[Row], after: Sequence[Row]) -> list[Row]:
    """The appointments of ``before`` that no appointment of ``after`` replaces."""
    kept = {one["uid"] for one in after}
    return [one for one in before if one["uid"] not in kept]


def numbered(appointments: Iterable[Appointment], sequence: int) -> list[Appointment]:
    """The same under another number."""
    return [replace(one, sequence=sequence) for one in appointments]


def sentence(one: Appointment) -> str:
    """An appointment in one line: its day, its hour when it has one, its place."""
    if isinstance(one.starts, dt.datetime):
        return f"le {long_date(local(one.starts))} à {clock(local(one.starts))}, {one.place}"
    days = f"du {long_date(one.starts)} au {long_date(one.ends)}"
    return f"{days if one.starts != one.ends else f'le {long_date(one.starts)}'}, {one.place}"


def _said(value: dt.datetime | dt.date) -> str:
    return value.astimezone(dt.UTC).isoformat() if isinstance(value, dt.datetime) else value.isoformat()


def _read(text: str) -> dt.datetime | dt.date:
    return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)
