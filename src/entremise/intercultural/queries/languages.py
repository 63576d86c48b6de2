"""Reads of languages. A language spoken is not a language read: callers keep the two apart."""

from collections.abc import Iterable

from entremise.intercultural.presets import LANGUAGES, Language

__all__ = ["Language", "language", "language_choices", "language_names", "languages"]

_BY_CODE = {one.code: one for one in LANGUAGES}


def languages() -> tuple[Language, ...]:
    """Every language, the most usual in services first."""
    return LANGUAGES


def language(code: str) -> Language | None:
    """The language of a code, or None."""
    return _BY_CODE.get(code)


def language_choices(*, written_only: bool = False) -> list[tuple[str, str]]:
    """(code, French name) for a form; with ``written_only``, those that can be read."""
    return [(one.code, one.name) for one in LANGUAGES if one.is_written or not written_only]


def language_names(codes: Iterable[str]) -> list[str]:
    """The French names of known codes, in the order given; an unknown code stays as it is."""
    return [_BY_CODE[code].name if code in _BY_CODE else code for code in codes]
