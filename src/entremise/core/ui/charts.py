"""Charts drawn on the server: bars as SVG attributes, so that no inline style is needed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Bar:
    """One row as drawn. Widths are percentages of the longest bar; None when the value is not a number."""

    label: str
    shown: str
    previous_shown: str
    width: str | None
    previous_width: str | None
    note: str
    url: str


def bars(rows: Iterable[Any]) -> list[Bar]:
    """Rows (objects or mappings) ready to draw.

    ``label`` and ``value`` are needed; ``previous``, ``note``, ``display`` (how to write the value),
    ``previous_display`` and ``url`` are optional. A value that is not a number ("< 5", None) is
    written, and no bar is drawn for it.
    """
    listed = list(rows)
    numbers = [n for row in listed for n in (_number(_get(row, "value")), _number(_get(row, "previous"))) if n]
    longest = max(numbers, default=0.0)
    return [
        Bar(
            label=str(_get(row, "label") or ""),
            shown=_text(_get(row, "display"), _get(row, "value")),
            previous_shown=_text(_get(row, "previous_display"), _get(row, "previous")),
            width=_width(_get(row, "value"), longest),
            previous_width=_width(_get(row, "previous"), longest),
            note=str(_get(row, "note") or ""),
            url=str(_get(row, "url") or ""),
        )
        for row in listed
    ]


def _get(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, Mapping) else getattr(row, name, None)


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else None


def _width(value: Any, longest: float) -> str | None:
    number = _number(value)
    if number is None:
        return None
    return f"{max(0.0, 100 * number / longest) if longest else 0:.2f}%"


def _text(display: Any, value: Any) -> str:
    if display not in (None, ""):
        return str(display)
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", ",").removesuffix(",0")
    if isinstance(value, int):
        return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")
    return str(value)
