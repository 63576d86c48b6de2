"""A record of the register in the words of this software, whichever export it came from."""

import datetime as dt
import re
import unicodedata
from dataclasses import asdict, dataclass, field
from typing import Any

from entremise.competences.enums import Route

ROUTES = {
    "FI": (Route.INITIAL, "Après un parcours de formation sous statut d’élève ou d’étudiant"),
    "CA": (Route.APPRENTICESHIP, "En contrat d’apprentissage"),
    "FC": (Route.CONTINUING, "Après un parcours de formation continue"),
    "CQ": (Route.PROFESSIONALISATION, "En contrat de professionnalisation"),
    "CL": (Route.INDIVIDUAL, "Par candidature individuelle"),
    "VAE": (Route.VAE, "Par expérience"),
}
_CODE = re.compile(r"(RNCP|RS)[0-9]{1,7}")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")


@dataclass
class FicheRoute:
    """An access route; ``is_open`` None when the export does not say."""

    code: str
    label: str
    is_open: bool | None = None
    inferred: str = ""
    jury: str = ""
    modified: str | None = None


@dataclass
class FicheBlock:
    """A block with the one text in which the export pours its competences; empty when it gives none."""

    code: str
    title: str
    text: str = ""
    evaluation: str = ""
    prerequisite: str = ""


@dataclass
class FicheMatch:
    """What the export says of blocks here and blocks of another record; it decides nothing by itself."""

    here: list[str]
    record: str
    there: list[str]


@dataclass
class Fiche:
    """Everything of a record that is kept. Dates are ISO texts or None; what is not said stays None or empty."""

    code: str
    title: str
    level: int | None = None
    is_active: bool | None = None
    registered_until: str | None = None
    last_delivery: str | None = None
    certifiers: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    objectives: str = ""
    activities: str = ""
    capacities: str = ""
    sectors: str = ""
    jobs: str = ""
    entry: str = ""
    validation: str = ""
    new_caledonia: bool | None = None
    french_polynesia: bool | None = None
    routes: list[FicheRoute] = field(default_factory=list)
    blocks: list[FicheBlock] = field(default_factory=list)
    legal: list[str] = field(default_factory=list)
    statistics: list[dict[str, int | None]] = field(default_factory=list)
    replaces: list[str] = field(default_factory=list)
    successors: list[str] = field(default_factory=list)
    matches: list[FicheMatch] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """To be kept until somebody chooses it."""
        return asdict(self)


def from_json(told: dict[str, Any]) -> Fiche:
    """The same, read back."""
    fiche = Fiche(**told)
    fiche.routes = [FicheRoute(**one) for one in told["routes"]]
    fiche.blocks = [FicheBlock(**one) for one in told["blocks"]]
    fiche.matches = [FicheMatch(**one) for one in told["matches"]]
    return fiche


def is_code(text: str) -> bool:
    """RNCP or RS and a number."""
    return bool(_CODE.fullmatch(text))


def clean(text: str | None) -> str:
    """Composed letters, ``\\n`` line ends, no control sign; runs of spaces stay, they tell lines apart."""
    if not text:
        return ""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", text).strip()


def label(text: str | None, code: str) -> str:
    """A label without the code some exports print before it (``251 : Mécanique``)."""
    found = clean(text)
    return found.removeprefix(code).lstrip(" :-") if code and found.startswith(f"{code} ") else found


def level(text: str | None) -> int | None:
    """``NIV5`` → 5."""
    found = re.fullmatch(r"NIV([1-8])", clean(text))
    return int(found[1]) if found else None


def yes_no(text: str | None) -> bool | None:
    """``Oui``, ``Non``, and the two words of the CSV; anything else is unknown."""
    return {"oui": True, "non": False, "active": True, "inactive": False}.get(clean(text).lower())


def day(text: str | None) -> str | None:
    """``JJ/MM/AAAA`` → ISO; None when there is no such day."""
    try:
        return dt.datetime.strptime(clean(text)[:10], "%d/%m/%Y").date().isoformat()  # noqa: DTZ007 - a day
    except ValueError:
        return None


def number(text: str | None, most: int = 10_000_000) -> int | None:
    """A count or a rate; None when it is not printed, which is not zero."""
    found = clean(text).rstrip("% ").strip()
    return int(found) if found.isdecimal() and len(found) < 9 and int(found) <= most else None


def siret(text: str | None) -> str:
    """Fourteen digits, without the tab that spreadsheets are given; empty for anything else."""
    found = re.sub(r"\s", "", text or "")
    return found if len(found) == 14 and found.isdecimal() else ""
