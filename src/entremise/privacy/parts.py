"""What this module itself keeps about persons beside their fiche: agreements and the history of corrections."""

import datetime as dt
import json
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import DateField

from entremise.core.ui.formats import long_date
from entremise.intercultural.queries import language_names
from entremise.places.queries import commune_names
from entremise.privacy.models import Agreement, Person, PersonRevision
from entremise.privacy.registry import SPOKEN_ALONE, Item, Part, register_part

_FIELDS: dict[str, Any] = {field.attname: field for field in Person._meta.local_fields}


def register_all() -> None:
    """Called once, when the applications are ready."""
    register_part(
        Part(
            code="accords",
            label="Accords",
            collect=agreements,
            erase=forget_agreements,
            stays="la date et la nature de chaque accord, sans destinataire ni mandataire.",
        )
    )
    register_part(
        Part(code="corrections", label="Corrections de la fiche", collect=corrections, erase=forget_corrections)
    )


def corrections(person_id: uuid.UUID) -> Iterator[Item]:
    """What was corrected on the fiche, oldest first."""
    revisions = list(PersonRevision.objects.filter(person_id=person_id).order_by("version"))
    watched = Person.objects.values_list("phone_watched", flat=True).get(pk=person_id)
    for revision in revisions:
        changes = json.loads(revision.changes)
        facts = [
            (_label(name), f"{_word(name, before)} → {_word(name, after)}")
            for name, (before, after) in changes.items()
            if not (watched and name in SPOKEN_ALONE)
        ]
        yield Item(title="Correction", at=revision.at, facts=facts)


def _label(name: str) -> str:
    label = str(_FIELDS[name].verbose_name) if name in _FIELDS else name
    return label[:1].upper() + label[1:]


def _word(name: str, value: Any) -> str:
    """A value as its history keeps it (JSON), in the words of the fiche."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return ", ".join(language_names(value)) or "rien"
    if value in (None, ""):
        return "rien"
    field = _FIELDS.get(name)
    if isinstance(field, DateField):
        return long_date(dt.date.fromisoformat(value))
    if name == "commune_code":
        return commune_names([value]).get(value, value)
    return str(dict(field.flatchoices).get(value, value)) if field else str(value)


def forget_corrections(person_ids: Sequence[uuid.UUID]) -> int:
    """The history of their fiches goes whole: it holds nothing else than their words."""
    return int(PersonRevision.objects.filter(person_id__in=person_ids).delete()[0])


def agreements(person_id: uuid.UUID) -> Iterator[Item]:
    """Each agreement and each withdrawal, oldest first."""
    events = Agreement.objects.filter(person_id=person_id).select_related("partner")
    for event in events.order_by("happened_on", "recorded_at", "pk"):
        recipient = event.partner.name if event.partner else event.recipient_label
        by = event.get_mandate_quality_display() if event.mandate_quality else ""
        facts = (
            ("À qui", recipient),
            ("Comment", event.get_manner_display() if event.withdraws_id is None else ""),
            ("Au nom de la personne, par", " : ".join(filter(None, (by, event.mandate_by)))),
            ("Expliqué en", ", ".join(language_names([event.language])) if event.language else ""),
            ("Interprète", event.get_interpreter_display() if event.interpreter else ""),
            ("Notice expliquée", "Oui" if event.notice_explained else ""),
        )
        yield Item(
            title=f"{event.get_kind_display()} : {event.get_purpose_display()}",
            at=event.happened_on,
            facts=[(label, value) for label, value in facts if value],
        )


def forget_agreements(person_ids: Sequence[uuid.UUID]) -> int:
    """The words of their agreements go; dated codes stay."""
    return Agreement.objects.filter(person_id__in=person_ids).forget()
