"""Everything that is kept about one person, gathered from the fiche, the registered parts, the journal."""

import uuid
from collections.abc import Iterator
from typing import Any

from entremise.accounts.enums import Role
from entremise.accounts.queries import get_organisation
from entremise.core import personal
from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.personal import BASIS_LABELS, duration_label
from entremise.core.time import now
from entremise.core.ui.formats import long_date
from entremise.intercultural.queries import language_names
from entremise.journal.queries import Line, events_of
from entremise.places.queries import commune_names
from entremise.privacy.dossier import Chapter, Dossier
from entremise.privacy.models import DataRequest, Person
from entremise.privacy.queries.durations import duration_of
from entremise.privacy.registry import SPOKEN_ALONE, Item, parts

READ = "person.read"
ORIGINS = {"web": "Page de l’application", "task": "Travail automatique", "sync": "Carnet du téléphone"}
# Kept for the work of the software, and told nowhere else: nothing a person could read in them.
_INSIDE = {"id", "organisation", "team", "reference", "opened_by", "erased_at", "version", "name_mark"}


def collect(person: Person) -> Dossier:
    """The dossier of a person, as it stands now. Asks no permission: its callers do."""
    organisation = get_organisation(person.organisation_id)
    chapters = [
        Chapter(code="fiche", label="Votre fiche", items=[_fiche(person)]),
        *(Chapter(code=part.code, label=part.label, items=list(part.collect(person.pk))) for part in parts()),
        Chapter(code="demandes", label="Vos demandes sur vos données", items=list(_requests(person))),
        Chapter(code="lectures", label="Qui a ouvert votre dossier", items=readings(person.pk), lead=_READINGS),
        Chapter(
            code="information",
            label="Pourquoi, combien de temps, vos droits",
            items=list(_information(person.organisation_id)),
        ),
    ]
    return Dossier(
        reference=person.reference,
        organisation=organisation.name,
        contact=organisation.contact_email,
        made_at=now(),
        record=_record(person),
        chapters=chapters,
    )


_READINGS = "La fonction de la personne qui a lu, jamais son nom, et le jour."


def readings(person_id: uuid.UUID) -> list[Item]:
    """Who opened the file of a person, by function, newest first."""
    return [
        Item(
            title="Lecture",
            at=line.at,
            facts=(("Fonction", function_label(line.function)), ("Depuis", ORIGINS.get(line.origin, line.origin))),
        )
        for line in events_of(person_id, [READ])
    ]


def reading_lines(person_id: uuid.UUID) -> list[Line]:
    """The same as journal lines, for a page."""
    return events_of(person_id, [READ])


def function_label(codes: str) -> str:
    """Role codes as the journal keeps them, in words."""
    known = dict(Role.choices)
    return ", ".join(str(known.get(code, code)) for code in codes.split("+")) if codes != "system" else "Automatique"


def person_of_request(actor: Actor, request: DataRequest) -> Person:
    """The person a request is about, still there; NotFound otherwise."""
    person = request.person
    if person is None or person.erased_at is not None or person.organisation_id != actor.organisation_id:
        raise NotFound("person")
    return person


def _fiche(person: Person) -> Item:
    facts = [("Référence", person.reference), ("Équipe", person.team.name)]
    kept_back = _kept_back(person)
    for field in person._meta.local_fields:
        value = "" if field.name in _INSIDE | kept_back else _shown(person, field)
        if value:
            label = str(field.verbose_name)
            facts.append((label[:1].upper() + label[1:], value))
    return Item(title="", facts=facts, withheld=_SPOKEN if kept_back else "")


_SPOKEN = "Une partie de ce qui touche à la manière de vous joindre vous est dite de vive voix."


def _kept_back(person: Person) -> set[str]:
    """What is said and not written."""
    return set(SPOKEN_ALONE) if person.phone_watched else set()


def _shown(person: Person, field: Any) -> str:
    value = getattr(person, field.attname)
    if value in (None, "", [], False):
        return ""
    if field.choices:
        return str(getattr(person, f"get_{field.name}_display")())
    if field.name == "commune_code":
        return commune_names([value]).get(value, value)
    if field.name in ("speaks", "reads"):
        return ", ".join(language_names(value))
    if value is True:
        return "Oui"
    return long_date(value) if hasattr(value, "year") else str(value)


def _record(person: Person) -> dict[str, Any]:
    """The fiche in codes; dates in ISO 8601."""
    record: dict[str, Any] = {}
    kept_back = _kept_back(person)
    for field in person._meta.local_fields:
        if field.name not in (_INSIDE - {"reference"}) | kept_back:
            value = getattr(person, field.attname)
            record[field.name] = value.isoformat() if hasattr(value, "isoformat") else value
    return record


def _requests(person: Person) -> Iterator[Item]:
    for request in DataRequest.objects.filter(person=person).order_by("received_on", "pk"):
        facts = [
            ("Arrivée par", request.get_channel_display()),
            ("Ce qui a été noté", request.words),
            ("Comment vous répondre", "" if person.phone_watched else request.reply_to),
            ("Identité", request.get_identity_display()),
            ("Réponse avant le", long_date(request.due_on)),
        ]
        if request.answered_on:
            facts += [
                ("Répondue le", long_date(request.answered_on)),
                ("Réponse", request.get_outcome_display()),
                ("Fondement", request.get_refusal_ground_display() if request.refusal_ground else ""),
                ("Ce qui vous a été dit", request.answer),
            ]
        shown = [(label, str(value)) for label, value in facts if value]
        yield Item(title=f"{request.right} ({request.reference})", at=request.received_on, facts=shown)


def _information(organisation_id: uuid.UUID) -> Iterator[Item]:
    """What article 15.1 says to tell: the code's own declarations, with the durations this organisation chose."""
    known = {processing.code: processing for processing in personal.processings()}
    for rule in personal.rules():
        if not any(name.startswith("privacy.Person.") for name in rule.fields):
            continue
        processing = known[rule.processing]
        start = f"{rule.starts[:1].lower()}{rule.starts[1:]}"
        days = duration_of(organisation_id, rule.code).days if rule.days else 0
        kept = f"{duration_label(days)}. Le départ : {start}" if days else rule.starts
        yield Item(
            title=processing.label,
            facts=(
                ("À quoi cela sert", processing.purpose),
                ("Ce qui le permet", BASIS_LABELS[processing.basis]),
                ("Qui peut les lire", " ; ".join(processing.recipients)),
                ("D’où elles viennent", " ; ".join(processing.sources)),
                ("Combien de temps", kept),
                ("Décision automatique", "Aucune"),
            ),
        )
    yield Item(
        title="Vos droits",
        facts=(
            ("Demander", "Une copie, une correction, l’effacement, de ne plus s’en servir, de ne plus être suivi."),
            ("À qui", "Au médiateur, ou à l’organisation nommée en tête de ce document."),
            ("Délai", "Une réponse dans le mois."),
            ("Si la réponse ne convient pas", "CNIL, 3 place de Fontenoy, 75007 Paris, ou www.cnil.fr."),
        ),
    )
