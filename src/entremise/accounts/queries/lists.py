"""Reads of the closed lists as one organisation sees them."""

import uuid
from collections import Counter
from dataclasses import dataclass

from entremise.accounts import sensitive
from entremise.accounts.models import ListItem, SensitiveOption
from entremise.core import nomenclature


@dataclass(frozen=True)
class ListChoices:
    """A list as one organisation sees it: (code, label) in order, and labels of every known code."""

    offered: list[tuple[str, str]]
    labels: dict[str, str]

    def label(self, code: str) -> str:
        """The label of a code, of its national parent, or the code itself."""
        return self.labels.get(code) or self.labels.get(nomenclature.national(code)) or code


@dataclass(frozen=True)
class ListLine:
    """One item on the page that edits a list; ``parent`` is the national code of a completed item."""

    code: str
    label: str
    national_label: str
    is_hidden: bool
    parent: str = ""
    sensitive_why: str = ""


@dataclass(frozen=True)
class SensitiveLine:
    """A sensitive value: what it is, why, and the decision in force if any."""

    list_reference: str
    list_name: str
    code: str
    label: str
    why: str
    shown: str
    option: SensitiveOption | None


def choices_for(organisation_id: uuid.UUID | None, *references: str) -> dict[str, ListChoices]:
    """Lists with the organisation's labels, hidden items and completions, in one query."""
    changes = _changes(organisation_id, *references)
    return {reference: _merge(reference, changes[reference]) for reference in references}


def list_lines(organisation_id: uuid.UUID, reference: str) -> list[ListLine]:
    """Every item of a list in order, hidden ones too, each followed by what completes it."""
    changes = _changes(organisation_id, reference)[reference]
    whys = {value.code: value.why for value in sensitive.all_values() if value.list_reference == reference}
    lines = []
    for code, national_label in nomenclature.get(reference).choices.choices:
        change = changes.get(code)
        label = change.label if change and change.label else str(national_label)
        hidden = bool(change and change.is_hidden)
        lines.append(ListLine(code, label, str(national_label), hidden, sensitive_why=whys.get(code, "")))
        for local, item in _local(changes, code):
            lines.append(ListLine(local, item.label, "", item.is_hidden, parent=code))
    return lines


def allowed_sensitive(organisation_id: uuid.UUID) -> set[tuple[str, str]]:
    """The (list, code) pairs that the data protection officer switched on and did not withdraw."""
    return set(
        SensitiveOption.objects.filter(organisation_id=organisation_id, withdrawn_at=None).values_list(
            "list_reference", "code"
        )
    )


def sensitive_lines(organisation_id: uuid.UUID) -> list[SensitiveLine]:
    """Every registered sensitive value with the decision in force: three queries at most."""
    values = sensitive.all_values()
    known = {item.reference: item.name for item in nomenclature.all_lists()}
    labels = choices_for(organisation_id, *{value.list_reference for value in values} & known.keys())
    options = {
        (option.list_reference, option.code): option
        for option in SensitiveOption.objects.filter(organisation_id=organisation_id, withdrawn_at=None)
    }
    return [
        SensitiveLine(
            value.list_reference,
            known.get(value.list_reference, value.list_reference),
            value.code,
            labels[value.list_reference].label(value.code) if value.list_reference in labels else value.code,
            value.why,
            value.shown,
            options.get((value.list_reference, value.code)),
        )
        for value in values
    ]


def _changes(organisation_id: uuid.UUID | None, *references: str) -> dict[str, dict[str, ListItem]]:
    changes: dict[str, dict[str, ListItem]] = {reference: {} for reference in references}
    if organisation_id is not None:
        for item in ListItem.objects.filter(organisation_id=organisation_id, list_reference__in=references):
            changes[item.list_reference][item.code] = item
    return changes


def _local(changes: dict[str, ListItem], code: str) -> list[tuple[str, ListItem]]:
    return [(key, item) for key, item in sorted(changes.items()) if nomenclature.national(key) == code and key != code]


def _merge(reference: str, changes: dict[str, ListItem]) -> ListChoices:
    offered, labels = [], {}
    for code, national_label in nomenclature.get(reference).choices.choices:
        change = changes.get(code)
        labels[code] = change.label if change and change.label else str(national_label)
        if not (change and change.is_hidden):
            offered.append((code, labels[code]))
        for local, item in _local(changes, code):
            labels[local] = item.label
            if not item.is_hidden:
                offered.append((local, item.label))
    return ListChoices(offered, labels)


def count_changes(organisation_id: uuid.UUID) -> Counter[str]:
    """How many items the organisation changed or added, by list."""
    return Counter(ListItem.objects.filter(organisation_id=organisation_id).values_list("list_reference", flat=True))
