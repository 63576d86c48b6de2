"""The sentences the code writes itself: what each module declares, in the shape the register keeps and shows."""

import uuid
from dataclasses import asdict, dataclass
from typing import Any

from entremise.core import personal
from entremise.core.errors import NotFound
from entremise.core.personal import AFTER_LABELS, BASIS_LABELS, After, Basis, Processing, Rule
from entremise.privacy.models import RetentionChoice


@dataclass(frozen=True)
class Kept:
    """How long one kind of data is kept: ``length`` in plain French, what starts the clock, what follows, why."""

    label: str
    length: str
    starts: str
    after: str
    source: str

    @property
    def sentence(self) -> str:
        """One line of the register."""
        return f"{self.label} : {self.length} ; ensuite : {self.after[:1].lower()}{self.after[1:]}"


@dataclass(frozen=True)
class Declared:
    """One processing as the code carries it out (article 30 of the RGPD)."""

    code: str
    label: str
    purpose: str
    basis: str
    persons: tuple[str, ...]
    data: tuple[str, ...]
    sensitive: str
    recipients: tuple[str, ...]
    sources: tuple[str, ...]
    security: tuple[str, ...]
    kept: tuple[Kept, ...]

    @property
    def basis_label(self) -> str:
        """The legal basis in words."""
        return BASIS_LABELS[Basis(self.basis)]

    @property
    def has_sensitive(self) -> bool:
        """Whether the code declares data of article 9."""
        return self.sensitive.strip().casefold() not in {"", "aucune", "aucune."}


def declared_sheets(organisation_id: uuid.UUID) -> list[Declared]:
    """Every processing the code declares, by title, with the durations this organisation chose: one query."""
    chosen = _chosen_days(organisation_id)
    rules = personal.rules()
    sheets = [
        _declared(one, [rule for rule in rules if rule.processing == one.code], chosen)
        for one in personal.processings()
    ]
    return sorted(sheets, key=lambda sheet: sheet.label)


def get_declared(organisation_id: uuid.UUID, code: str) -> Declared:
    """One processing; NotFound when the code declares none of that name."""
    found = next((sheet for sheet in declared_sheets(organisation_id) if sheet.code == code), None)
    if found is None:
        raise NotFound("processing")
    return found


def to_stored(sheet: Declared) -> dict[str, Any]:
    """The sheet as a version keeps it (JSON)."""
    stored = asdict(sheet)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in stored.items()}


def from_stored(stored: dict[str, Any]) -> Declared:
    """The reverse, for a version of any age: a field unknown then is empty."""
    texts: dict[str, Any] = {name: stored.get(name, "") for name in ("code", "label", "purpose", "basis", "sensitive")}
    lists: dict[str, Any] = {
        name: tuple(stored.get(name, ())) for name in ("persons", "data", "recipients", "sources", "security")
    }
    return Declared(**texts, **lists, kept=tuple(Kept(**one) for one in stored.get("kept", ())))


def length_of(days: int | None, starts: str) -> str:
    """A duration as people say it: ``730`` → "2 ans"; None, as long as something else lives, which ``starts`` says."""
    return f"{starts[:1].lower()}{starts[1:]}" if days is None else personal.duration_label(days)


def _chosen_days(organisation_id: uuid.UUID) -> dict[str, int]:
    rows = RetentionChoice.objects.filter(organisation_id=organisation_id, withdrawn_at=None)
    return dict(rows.exclude(confirmed_at=None).values_list("rule_code", "days"))


def _declared(one: Processing, rules: list[Rule], chosen: dict[str, int]) -> Declared:
    return Declared(
        code=one.code,
        label=one.label,
        purpose=one.purpose,
        basis=one.basis.value,
        persons=tuple(one.persons),
        data=tuple(one.data),
        sensitive=one.sensitive,
        recipients=tuple(one.recipients),
        sources=tuple(one.sources),
        security=tuple(one.security),
        kept=tuple(_kept(rule, chosen.get(rule.code)) for rule in rules),
    )


def _kept(rule: Rule, chosen: int | None) -> Kept:
    length = length_of(rule.days, rule.starts)
    if chosen is not None and chosen != rule.days:
        length = f"{length_of(chosen, rule.starts)} (choisi par l’organisation ; le logiciel propose {length})"
    return Kept(rule.label, length, rule.starts, AFTER_LABELS[After(rule.after)], rule.source)
