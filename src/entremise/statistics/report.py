"""A report as it may be read: every number in it has already passed the rule of small numbers.

It is what the screen shows, what the documents print and what a shared link freezes, so that the three
cannot differ. Pure: plain values, to and from JSON.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any

NO_DATA = "pas de données"
COMPARED = "Comparée à la période"


@dataclass(frozen=True)
class Line:
    """A line of a breakdown. ``value`` and ``previous`` are None when hidden; ``shown`` is always written."""

    code: str
    label: str
    value: int | None
    shown: str
    previous: int | None = None
    previous_shown: str = ""
    note: str = ""


@dataclass(frozen=True)
class Breakdown:
    """A total seen along one axis. ``definition`` is a code of ``definitions``."""

    definition: str
    title: str
    lines: tuple[Line, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """One number with its denominator in words, its previous value in words, and a note."""

    definition: str
    label: str
    value: str
    previous: str = ""
    note: str = ""


@dataclass(frozen=True)
class DefectRow:
    """Technical defects of one category; ``delay`` in words."""

    code: str
    label: str
    reported: int
    solved: int
    delay: str
    previous_reported: int = 0


@dataclass(frozen=True)
class Report:
    """Everything that may be read of a period, for one convention or for the whole organisation."""

    title: str
    subtitle: str
    template: str
    period_label: str
    previous_label: str
    made_on: str  # ISO date
    meta: tuple[tuple[str, str], ...]
    figures: tuple[Figure, ...]
    calming: Figure
    tension: Figure
    breakdowns: tuple[Breakdown, ...]
    defects: tuple[DefectRow, ...]
    missions: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    compared: bool = True  # False when the period to compare with was not recorded, or only in part

    @property
    def is_empty(self) -> bool:
        """True when nothing at all was recorded in the period."""
        counted = [figure for figure in self.figures if figure.definition != "presence"]
        return all(figure.value == "0" for figure in counted) and not self.defects

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column."""
        return asdict(self)


def uncompared(report: Report, lacking: str = NO_DATA) -> Report:
    """The same where nothing, or only a part, was recorded in the other period: no number is written for it."""
    past = f"{report.previous_label.capitalize()} : {lacking}."
    return replace(
        report,
        compared=False,
        meta=tuple((label, f"{value} ({lacking})" if label == COMPARED else value) for label, value in report.meta),
        figures=tuple(replace(figure, previous=lacking) for figure in report.figures),
        calming=replace(report.calming, previous=past),
        tension=replace(report.tension, previous=past),
        breakdowns=tuple(replace(part, lines=_alone(part.lines, lacking)) for part in report.breakdowns),
        missions=_alone(report.missions, lacking),
        defects=tuple(replace(row, previous_reported=0) for row in report.defects if row.reported),
    )


def _alone(lines: tuple[Line, ...], lacking: str) -> tuple[Line, ...]:
    return tuple(replace(line, previous=None, previous_shown=lacking) for line in lines)


def from_json(data: dict[str, Any]) -> Report:
    """The reverse of ``to_json`` after a passage through JSON (tuples come back as lists)."""
    return Report(
        **{
            **data,
            "meta": tuple((label, value) for label, value in data["meta"]),
            "figures": tuple(Figure(**figure) for figure in data["figures"]),
            "calming": Figure(**data["calming"]),
            "tension": Figure(**data["tension"]),
            "breakdowns": tuple(
                Breakdown(**{**item, "lines": tuple(Line(**line) for line in item["lines"])})
                for item in data["breakdowns"]
            ),
            "defects": tuple(DefectRow(**row) for row in data["defects"]),
            "missions": tuple(Line(**line) for line in data["missions"]),
            "notes": tuple(data["notes"]),
        }
    )
