"""Civil status as registries hold it: what cannot be, and what would keep the official deposit from matching.

The national registry is asked birth name, first name, sex and year, then month and day, then the birth place: each
thing missing or misspelt there is a deposit refused. Nothing here knows the file's format.
"""

import re
import unicodedata
from collections.abc import Mapping

from entremise.certification.commands import CivilStatus
from entremise.certification.enums import Sex

LONGEST = 60  # signs of each name, as the deposit takes them
ABROAD = "99"
_COG = re.compile(r"(?:\d{2}|2[AB])\d{3}")
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_YOUNGEST, _OLDEST = 14, 110  # years


def first_names(written: str) -> list[str]:
    """The first names in order; compound ones keep their hyphen or space."""
    return [name.strip() for name in written.split(",") if name.strip()]


def birth_date(written: str) -> tuple[int, int | None, int | None] | None:
    """(year, month, day), the last two None when civil status does not know them; None when it is no date."""
    found = _DATE.fullmatch(written.strip())
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    if month is not None and not 1 <= month <= 12:
        return None
    if day is not None and not 1 <= day <= _days(year, month or 1):
        return None
    return year, month, day


def _days(year: int, month: int) -> int:
    if month == 2 and (year % 4 or (year % 100 == 0 and year % 400)):
        return 28
    return _DAYS[month - 1]


def faults(facts: CivilStatus, this_year: int) -> dict[str, list[str]]:
    """What cannot be kept, by field."""
    found: dict[str, str] = {
        "birth_name": _name_fault(facts.birth_name, "le nom de naissance"),
        "usage_name": _name_fault(facts.usage_name, "le nom d’usage", required=False),
        "first_names": _first_names_fault(facts.first_names),
        "born_on": _date_fault(facts.born_on, this_year),
        "birth_place": "" if facts.birth_place else "Indiquez la commune, ou la ville à l’étranger, de naissance.",
        "birth_code": "",
        "sex": "" if facts.sex in Sex.values else "Choisissez le sexe que porte l’acte de naissance.",
    }
    if facts.birth_code and not _COG.fullmatch(facts.birth_code):
        found["birth_code"] = "Un code COG a cinq signes : 31555, 2A004, ou 99 et trois chiffres à l’étranger."
    for name in ("birth_place", "birth_country"):
        if len(getattr(facts, name)) > LONGEST:
            found[name] = f"Raccourcissez : {LONGEST} signes au plus."
    return {name: [reason] for name, reason in found.items() if reason}


def _name_fault(name: str, what: str, *, required: bool = True) -> str:
    if not name:
        return f"Indiquez {what}." if required else ""
    if len(name) > LONGEST:
        return f"Raccourcissez {what} : {LONGEST} signes au plus."
    strange = {sign for sign in name if not (unicodedata.category(sign)[0] in "LM" or sign in " -'’.")}
    if strange:
        return f"Dans {what}, « {min(strange)} » n’est pas d’un état civil : recopiez l’acte de naissance."
    return ""


def _first_names_fault(written: str) -> str:
    names = first_names(written)
    if not names:
        return "Indiquez au moins un prénom."
    return next((fault for name in names if (fault := _name_fault(name, "les prénoms"))), "")


def _date_fault(written: str, this_year: int) -> str:
    found = birth_date(written)
    if found is None:
        told = "Cette date n’existe pas, ou ne se lit pas : écrivez" if written else "Écrivez"
        return f"{told} 1984-07-21 ; 1984-07 ou 1984 si l’acte n’en dit pas plus."
    if not this_year - _OLDEST <= found[0] <= this_year - _YOUNGEST:
        return "Cette année de naissance est impossible pour un candidat : relisez-la."
    return ""


def warnings(facts: CivilStatus) -> list[str]:
    """What may be true and would yet keep the registry from finding the person; for a person to look at."""
    names = [facts.birth_name, *first_names(facts.first_names)]
    date = birth_date(facts.born_on)
    abroad = facts.birth_code.startswith(ABROAD)
    told: Mapping[str, bool] = {
        "Le mois ou le jour de naissance manque : plusieurs personnes pourraient répondre.": bool(
            date and None in date
        ),
        "Le code du lieu de naissance manque : le registre ne départagera pas deux homonymes.": not facts.birth_code,
        "Née ou né à l’étranger : indiquez le pays.": abroad and not facts.birth_country,
        "Le pays est étranger, mais le code est celui d’une commune française.": bool(facts.birth_code)
        and not abroad
        and facts.birth_country.casefold() not in ("", "france"),
        "Un nom est tout en capitales sans accent : vérifiez les accents et les traits d’union de l’acte.": any(
            len(name) > 2 and name.isupper() and name.isascii() for name in names
        ),
        "Le nom d’usage est le nom de naissance : laissez-le vide.": bool(facts.usage_name)
        and facts.usage_name.casefold() == facts.birth_name.casefold(),
        "Plusieurs prénoms sans virgule : séparez-les, sauf un prénom composé.": " " in names[-1] and len(names) == 2,
    }
    return [sentence for sentence, holds in told.items() if holds]


def said_day(iso: str) -> str:
    """21/07/1984 for 1984-07-21; 07/1984 or 1984 when civil status says no more."""
    return "/".join(reversed(iso.split("-")))
