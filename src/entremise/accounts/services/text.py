"""Short texts as people type them: trimmed, single-spaced, without signs that hide or reverse the rest."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from entremise.core.errors import InvalidInput

# Signs that change the direction of what follows, and could disguise a name.
_DIRECTION = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def clean_line(value: str, *, field: str, name: str, longest: int) -> str:
    """The text on one line; InvalidInput under ``field`` when empty, too long or holding hidden signs.

    ``name`` says what it is, with its article: "le nom".
    """
    text = re.sub(r"\s+", " ", value or "").strip()
    if any(sign in _DIRECTION or unicodedata.category(sign) == "Cc" for sign in text):
        raise InvalidInput({field: [f"Dans {name}, un signe invisible empêche l’enregistrement : retapez ce texte."]})
    if not text:
        raise InvalidInput({field: [f"Indiquez {name}."]})
    if len(text) > longest:
        raise InvalidInput({field: [f"Raccourcissez {name} : {longest} signes au plus ({len(text)} ici)."]})
    return text


def clean_email(value: str, *, field: str = "email") -> str:
    """The address, trimmed; InvalidInput when it cannot be one."""
    text = (value or "").strip()
    try:
        validate_email(text)
    except ValidationError:
        raise InvalidInput({field: ["Indiquez une adresse électronique complète, comme prenom@structure.fr."]})
    if len(text) > 254:
        raise InvalidInput({field: ["Cette adresse est trop longue : vérifiez-la."]})
    return text
