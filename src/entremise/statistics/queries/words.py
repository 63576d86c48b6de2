"""How numbers are written in a report."""

from collections.abc import Sequence

from entremise.core.suppression import Mark

SMALL = "< 5"
MASKED = "–"
NOTE_SMALL = "masqué"
NOTE_MASKED = "masqué, pour qu’aucune soustraction ne révèle un petit nombre"
_NARROW = "\N{NO-BREAK SPACE}"


def count(value: int) -> str:
    """1 234, with a no-break space."""
    return f"{value:,}".replace(",", _NARROW)


def shown(value: int, mark: Mark) -> str:
    """A count as its mark lets it be written."""
    return {Mark.SMALL: SMALL, Mark.MASKED: MASKED}.get(mark) or count(value)


def visible(value: int, mark: Mark) -> int | None:
    """The count when it may be drawn."""
    return value if mark is Mark.SHOWN else None


def note(mark: Mark) -> str:
    """Why a count is not written."""
    return {Mark.SMALL: NOTE_SMALL, Mark.MASKED: NOTE_MASKED}.get(mark, "")


def decimal(value: float, *, signed: bool = False) -> str:
    """One decimal, with a comma; the sign written when asked (with a true minus)."""
    text = f"{abs(value):.1f}".replace(".", ",").removesuffix(",0")
    if not signed or text == "0":
        return text
    return f"{'−' if value < 0 else '+'}{text}"


def days(value: float | None) -> str:
    """6 j; a dash when nothing was solved."""
    return MASKED if value is None else f"{decimal(value)}{_NARROW}j"


def percent(part: int, whole: int) -> str:
    """70 %, rounded to the nearest (half up)."""
    return f"{(200 * part + whole) // (2 * whole)}{_NARROW}%"


def plural(value: int, one: str, many: str) -> str:
    """``1 conflit``, ``2 conflits``; zero is singular in French."""
    return f"{count(value)} {many if value > 1 else one}"


NAMED = 4  # names told before the rest is counted


def listed(names: Sequence[str]) -> str:
    """Names separated by commas, the rest counted."""
    if len(names) <= NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:NAMED])} et {plural(len(names) - NAMED, 'autre', 'autres')}"
