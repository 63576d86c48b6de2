"""Sizes and counts as people read them."""

_MEGABYTE = 1_000_000


def megabytes(size: int) -> str:
    """Bytes: ``4 800 000`` → ``4,8 Mo``, ``340 000`` → ``340 ko``; a no-break space before the unit."""
    if size < _MEGABYTE:
        return f"{max(1, round(size / 1000))}\u00a0ko"
    return f"{size / _MEGABYTE:.1f}".replace(".", ",").removesuffix(",0") + "\u00a0Mo"


def count(number: int) -> str:
    """``5000`` → ``5 000``, with a narrow no-break space."""
    return f"{number:,}".replace(",", "\u202f")
