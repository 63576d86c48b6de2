"""Numbers that name one person."""

import re


def nir_is_plausible(written: str) -> bool:
    """True for 13 digits, or 15 whose last two are the key: 97 - (number mod 97), Corsica as 19 and 18."""
    signs = re.sub(r"[^0-9ab]", "", written.lower())
    if len(signs) == 13:
        return True
    number = signs[:13].replace("2a", "19").replace("2b", "18")
    return len(signs) == 15 and number.isdigit() and 97 - int(number) % 97 == int(signs[13:])
