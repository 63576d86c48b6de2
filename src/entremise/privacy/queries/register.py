"""The register of processing: what the code declares, what the organisation adds, who handles data for it."""

import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from entremise.accounts.queries import member_names
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.privacy.models import Processor, RegisterVersion
from entremise.privacy.queries.declared import Declared, declared_sheets, from_stored, to_stored

# What only the organisation knows: code of the field, its title, what to write there.
HOUSE_FIELDS = {
    "controller": ("Responsable du traitement", "Nom de l’organisme, adresse, représentant légal."),
    "joint": ("Responsables conjoints", "Qui décide avec vous des finalités ; « aucun » si vous décidez seuls."),
    "dpo": ("Délégué à la protection des données", "Nom ou service, adresse, téléphone : le contact que vous publiez."),
    "transfers": (
        "Transferts hors de l’Union européenne",
        "Lesquels, vers où, avec quelles garanties ; sinon, dites-le.",
    ),
    "security": ("Mesures d’organisation", "Ce que vous faites hors du logiciel : charte, locaux fermés, téléphones…"),
}
SHEET_FIELDS = {
    "basis": ("Texte qui fonde la base légale", "Délibération, convention, article de loi."),
    "recipients": ("Autres destinataires", "Ceux que le logiciel ne connaît pas."),
    "note": ("Note de l’organisation", "Ce qui est propre à votre façon de faire. Aucun nom de personne."),
}


@dataclass(frozen=True)
class Words:
    """What the organisation wrote: its own fields, and those of each processing by code."""

    house: dict[str, str] = field(default_factory=dict)
    sheets: dict[str, dict[str, str]] = field(default_factory=dict)

    def of(self, code: str) -> dict[str, str]:
        """The organisation's words on one processing; every field is there, empty or not."""
        written = self.sheets.get(code, {})
        return {name: written.get(name, "") for name in SHEET_FIELDS}

    def dumped(self) -> str:
        """As a version seals it."""
        return json.dumps({"house": self.house, "sheets": self.sheets}, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True)
class Sheet:
    """One line of the register: the code's sentences, the organisation's, the processors it names."""

    declared: Declared
    words: dict[str, str]
    processors: list[Processor]


@dataclass(frozen=True)
class Register:
    """The register of an organisation. ``version`` None: nothing was written yet; ``is_stale``: the code's own
    sentences changed since that version."""

    words: Words
    sheets: list[Sheet]
    version: RegisterVersion | None
    author: str
    is_stale: bool

    @property
    def missing(self) -> list[str]:
        """What article 30 asks and nobody wrote, as titles."""
        return [title for name, (title, _) in HOUSE_FIELDS.items() if not self.words.house.get(name)]


def current_version(actor: Actor) -> RegisterVersion | None:
    """The last version."""
    return RegisterVersion.objects.visible_to(actor).order_by("-number").first()


def read_words(version: RegisterVersion | None) -> Words:
    """What a version says in the organisation's words."""
    if version is None or not version.words:
        return Words()
    stored: dict[str, Any] = json.loads(version.words)
    return Words(stored.get("house", {}), stored.get("sheets", {}))


def stored_declarations(organisation_id: uuid.UUID) -> list[dict[str, Any]]:
    """What the code declares now, as a version keeps it."""
    return [to_stored(sheet) for sheet in declared_sheets(organisation_id)]


def get_register(actor: Actor) -> Register:
    """The register as it stands: five queries whatever the number of processings."""
    version = current_version(actor)
    declared = declared_sheets(actor.organisation_id)
    is_stale = version is not None and version.declared != [to_stored(sheet) for sheet in declared]
    return _composed(actor, version, declared, is_stale=is_stale)


def get_register_at(actor: Actor, number: int) -> Register:
    """The register as one version kept it; NotFound for another organisation's."""
    version = get_one(RegisterVersion.objects.visible_to(actor).filter(number=number))
    return _composed(actor, version, [from_stored(one) for one in version.declared], is_stale=False)


def list_versions(actor: Actor) -> list[tuple[RegisterVersion, str]]:
    """Every version with its author, the newest first."""
    versions = list(RegisterVersion.objects.visible_to(actor).order_by("-number").defer("words", "declared"))
    names = member_names(version.author_id for version in versions)
    return [(version, names[version.author_id]) for version in versions]


def _composed(actor: Actor, version: RegisterVersion | None, declared: list[Declared], *, is_stale: bool) -> Register:
    words = read_words(version)
    processors = [one for one in Processor.objects.visible_to(actor).order_by("name", "pk") if not one.is_over]
    sheets = [
        Sheet(one, words.of(one.code), [each for each in processors if one.code in each.processings])
        for one in declared
    ]
    author = member_names([version.author_id])[version.author_id] if version else ""
    return Register(words, sheets, version, author, is_stale)
