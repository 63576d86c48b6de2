"""What the code declares about personal data: why it is processed, how long it is kept, what follows.

Each module declares its own beside its models (``<module>/personal.py``) and registers it in ``apps.py``.
The nightly retention run, the register of processing and the build itself read these declarations: a
model with a personal field and no rule fails the build.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Model, QuerySet

Owner = Any  # the identifier of an organisation, or None for what belongs to the installation


class Basis(StrEnum):
    """Legal bases of article 6 of the RGPD that the trade uses."""

    PUBLIC_TASK = "mission_interet_public"
    LEGITIMATE_INTEREST = "interet_legitime"
    CONSENT = "consentement"
    CONTRACT = "contrat"
    LEGAL_OBLIGATION = "obligation_legale"


BASIS_LABELS = {
    Basis.PUBLIC_TASK: "Mission d’intérêt public",
    Basis.LEGITIMATE_INTEREST: "Intérêt légitime",
    Basis.CONSENT: "Consentement",
    Basis.CONTRACT: "Contrat",
    Basis.LEGAL_OBLIGATION: "Obligation légale",
}


class After(StrEnum):
    """What follows when the duration is over."""

    ERASE = "effacer"
    ANONYMISE = "anonymiser"
    ARCHIVE = "archiver"
    REREAD = "relire"


AFTER_LABELS = {
    After.ERASE: "Effacé",
    After.ANONYMISE: "Rendu anonyme : le chiffre reste, les mots partent",
    After.ARCHIVE: "Archivé à part",
    After.REREAD: "À relire, puis rendu anonyme",
}


@dataclass(frozen=True, kw_only=True)
class Processing:
    """One processing of the register (article 30 of the RGPD), as the code carries it out."""

    code: str
    label: str
    purpose: str
    basis: Basis
    persons: tuple[str, ...]
    data: tuple[str, ...]
    recipients: tuple[str, ...]
    sources: tuple[str, ...] = ("La personne elle-même", "Les médiateurs")
    sensitive: str = "Aucune"
    security: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rule:
    """How long one kind of data is kept, and what follows.

    ``fields`` names the personal fields it covers (``"interventions.Intervention.narrative"``). ``days`` counts
    from what ``starts`` says in French; None when the data lives exactly as long as something else, which
    ``starts`` then says. ``due(organisation_id, before)`` gives the rows whose clock began before that instant
    (organisation None: those of the installation itself), in a stable order and without those already dealt
    with. ``apply(identifiers)`` does what ``after`` says to these rows, in the caller's transaction, and returns
    how many it changed; it must be harmless when run twice. ``holds`` are the paths, from a row, to the
    identifiers a legal hold may name: a held row is left alone. ``floor`` is the shortest duration, in days, an
    organisation may choose; a rule that only shortens what is kept by mistake is refused below it. ``grace`` is the
    days left to a person to read again before the run acts by itself. ``unit`` says what is counted. ``batch`` is how
    many rows share a transaction. ``hourly`` runs every hour instead of every night. A ``routine`` rule cleans
    technical traces: the number of rows it touches surprises nobody, and an organisation does not choose its duration.
    """

    code: str
    label: str
    processing: str
    fields: tuple[str, ...]
    days: int | None
    starts: str
    after: After
    source: str
    floor: int = 1
    due: Callable[[Owner, dt.datetime], QuerySet] | None = None
    apply: Callable[[Sequence[Any]], int] | None = None
    holds: tuple[str, ...] = ()
    per_organisation: bool = True
    grace: int = 0
    unit: tuple[str, str] = ("fiche", "fiches")
    batch: int = 1000
    hourly: bool = False
    routine: bool = False

    @property
    def is_run(self) -> bool:
        """True when the nightly run acts on it; False when the data lives exactly as long as something else."""
        return self.days is not None and self.due is not None and self.apply is not None


_processings: dict[str, Processing] = {}
_rules: dict[str, Rule] = {}


def register_processing(processing: Processing) -> None:
    """Declare a processing; a code is used once."""
    if _processings.setdefault(processing.code, processing) != processing:
        raise ValueError(f"the processing {processing.code} is declared twice")


def register_rule(rule: Rule) -> None:
    """Declare a retention rule; a code is used once, and its processing is declared by the time it is read."""
    if _rules.setdefault(rule.code, rule) != rule:
        raise ValueError(f"the retention rule {rule.code} is declared twice")


def processings() -> list[Processing]:
    """Every declared processing, by code."""
    return [_processings[code] for code in sorted(_processings)]


def rules() -> list[Rule]:
    """Every declared retention rule, by code."""
    return [_rules[code] for code in sorted(_rules)]


def rule(code: str) -> Rule:
    """One rule; KeyError when there is none."""
    return _rules[code]


def uncovered(models: Iterable[type[Model]]) -> list[str]:
    """Personal fields that no rule covers; the build refuses any."""
    covered = {name for rule in rules() for name in rule.fields}
    return sorted(name for model in models for name in personal_fields(model) if name not in covered)


def duration_label(days: int) -> str:
    """A duration as people say it: 730 is "2 ans", 182 "6 mois", 2 "2 jours", 0 "aussitôt"."""
    years, rest = divmod(days, 365)
    if years and rest <= years // 4 + 1:
        return f"{years} an{'s' if years > 1 else ''}"
    months = round(days / 30.44)
    if months > 1 and abs(days - months * 30.44) < 1.5:
        return f"{months} mois"
    if not days:
        return "aussitôt"
    return f"{days} jour{'s' if days > 1 else ''}"


def personal_fields(model: type[Model]) -> list[str]:
    """The personal fields of a model: those it seals, and those its ``personal`` attribute names."""
    from entremise.core.db import EncryptedTextField  # core.db imports Django's models: not needed to declare

    sealed = [field.name for field in model._meta.local_fields if isinstance(field, EncryptedTextField)]
    named = [name for name in getattr(model, "personal", ()) if name not in sealed]
    return [f"{model._meta.label}.{name}" for name in (*sealed, *named)]
