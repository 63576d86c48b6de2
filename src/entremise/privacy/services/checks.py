"""What every text of accountability goes through before it is kept."""

import datetime as dt

from entremise.core.errors import InvalidInput
from entremise.core.time import now, today

LONG, LINE = 8000, 400
EARLIEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
LATEST_YEAR = 2100
CLOCK_DRIFT = dt.timedelta(minutes=2)  # a phone's clock may be slightly ahead

Errors = dict[str, list[str]]


def checked_text(errors: Errors, field: str, value: str, *, limit: int = LONG, required: str = "") -> str:
    """The trimmed text; an error when it is unreadable, too long, or (``required``: the sentence to say) missing."""
    text = (value or "").strip()
    if "\x00" in text:
        errors[field] = ["Ce texte contient un caractère illisible. Retirez-le, puis enregistrez."]
    elif len(text) > limit:
        errors[field] = [f"Ce texte compte {len(text)} signes ; gardez l’essentiel en {limit} signes au plus."]
    elif required and not text:
        errors[field] = [required]
    return text


def checked_moment(errors: Errors, field: str, value: dt.datetime | None) -> dt.datetime | None:
    """The instant; the future and the impossible past are errors."""
    if value is None:
        return None
    if value > now() + CLOCK_DRIFT:
        errors[field] = ["Cette heure n’est pas encore passée. Indiquez l’heure réelle."]
    elif value < EARLIEST:
        errors[field] = ["Cette date est trop ancienne. Vérifiez l’année."]
    return value


def checked_day(errors: Errors, field: str, value: dt.date | None, *, ahead: bool = False) -> dt.date | None:
    """The day, between 2000 and 2100; with ``ahead``, after today."""
    if value is None:
        return None
    if not EARLIEST.year <= value.year <= LATEST_YEAR:
        errors[field] = ["Vérifiez l’année."]
    elif ahead and value <= today():
        errors[field] = ["Choisissez une date à venir."]
    return value


def checked_codes(errors: Errors, field: str, values: list[str], allowed: list[str]) -> list[str]:
    """Known codes, each once, in the order of the list."""
    if set(values) - set(allowed):
        errors[field] = ["Choisissez parmi les réponses proposées."]
    return [code for code in allowed if code in values]


def refuse(errors: Errors) -> None:
    """Raise InvalidInput when something was found."""
    if errors:
        raise InvalidInput(errors)
