"""The parties of a case: who they are, when they were reached."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Min

from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput, NotFound
from entremise.core.time import today
from entremise.intercultural.queries import language
from entremise.mediations.commands import PartyFacts
from entremise.mediations.enums import ParentalAuthority, PartyKind, Representation, Stage
from entremise.mediations.models import Case, Party
from entremise.mediations.services.holding import LINE, WORDS, held_case, held_party, row, written
from entremise.privacy.queries import get_person
from entremise.privacy.services import note_contact
from entremise.privacy.services.texts import clean

LETTERS = "ABCDEFGH"
_OPEN_UNTIL = (Stage.SAISINE, Stage.RECEVABILITE, Stage.CONTACT, Stage.ENTRETIENS, Stage.ENGAGEMENT)
_TEXTS = ("label", "empowered", "supporter", "own_wish")


@transaction.atomic
def add_party(*, actor: Actor, case_id: uuid.UUID, facts: PartyFacts) -> Party:
    """Add a party, until the parties have entered: from then on, go back a stage first."""
    case = held_case(actor, case_id)
    if Stage(case.stage) not in _OPEN_UNTIL:
        raise InvalidInput({FORM: ["Les parties sont déjà en médiation : revenez d’abord à l’étape de l’engagement."]})
    used = set(Party.objects.filter(case=case).values_list("letter", flat=True))
    free = [letter for letter in LETTERS if letter not in used]
    if not free:
        raise InvalidInput({FORM: [f"Une médiation réunit au plus {len(LETTERS)} parties."]})
    values = _checked(actor, case, facts, None)
    party = Party.objects.create(**row(case, letter=free[0], **values))
    written(actor, case, "party")
    return party


@transaction.atomic
def correct_party(*, actor: Actor, case_id: uuid.UUID, party_id: uuid.UUID, facts: PartyFacts) -> Party:
    """Correct what is known of a party; its letter stays."""
    case = held_case(actor, case_id)
    party = held_party(case, party_id)
    for name, value in _checked(actor, case, facts, party).items():
        setattr(party, name, value)
    party.save()
    written(actor, case, "party")
    return party


@transaction.atomic
def note_contacted(*, actor: Actor, case_id: uuid.UUID, party_id: uuid.UUID, on: dt.date) -> Party:
    """A party was reached for the first time on this day; the first contact of the case follows."""
    case = held_case(actor, case_id)
    party = held_party(case, party_id)
    if not case.asked_on <= on <= today():
        raise InvalidInput({"on": ["Choisissez une date entre la demande et aujourd’hui."]})
    party.contacted_on = on
    party.save(update_fields=["contacted_on"])
    case.first_contact_on = Party.objects.filter(case=case).aggregate(first=Min("contacted_on"))["first"]
    case.save(update_fields=["first_contact_on"])
    met(actor, [party], on)
    written(actor, case, "contact")
    return party


def met(actor: Actor, parties: list[Party], on: dt.date) -> None:
    """Persons of the registry among these parties were in contact that day: what is kept of them counts from it."""
    for party in parties:
        if party.person_id is not None:
            note_contact(actor=actor, person_id=party.person_id, on=on)


def _checked(actor: Actor, case: Case, facts: PartyFacts, party: Party | None) -> dict:
    """The values to keep; InvalidInput says what is wrong with each."""
    errors: dict[str, list[str]] = {}
    values: dict[str, Any] = {name: clean(getattr(facts, name)) for name in _TEXTS}
    for name in _TEXTS:
        limit = WORDS if name == "own_wish" else LINE
        if len(values[name]) > limit:
            errors[name] = [f"Raccourcissez : {limit} caractères au plus."]
    values |= {"kind": facts.kind, "representation": facts.representation, "language": facts.language}
    values |= {"interpreter": facts.interpreter, "is_minor": facts.is_minor, "authority": facts.authority}
    if facts.kind not in PartyKind.values:
        errors["kind"] = ["Choisissez une réponse."]
    values["person_id"] = _person(actor, case, facts, party, errors)
    if values["person_id"] is not None:
        values["label"] = ""  # the fiche says who they are: it is not kept twice
    _check_side(facts, values, errors)
    if language(facts.language) is None:
        errors["language"] = ["Cette langue n’est pas dans la liste."]
    if errors:
        raise InvalidInput(errors)
    return values


def _person(
    actor: Actor, case: Case, facts: PartyFacts, party: Party | None, errors: dict[str, list[str]]
) -> uuid.UUID | None:
    if facts.kind != PartyKind.PERSONNE:
        return None
    if facts.person_id is None:
        if not clean(facts.label):
            errors["person_id"] = ["Choisissez la personne, ou dites comment l’appeler en attendant sa fiche."]
        return None
    if party is not None and party.person_id == facts.person_id:
        return facts.person_id
    try:
        person = get_person(actor, facts.person_id)
    except NotFound:
        errors["person_id"] = ["Cette personne n’est pas suivie par votre équipe."]
        return None
    if person.restricted_at is not None:
        errors["person_id"] = ["Cette personne a demandé que ses données ne soient pas utilisées."]
    if Party.objects.filter(case=case, person_id=facts.person_id).exists():
        errors["person_id"] = ["Cette personne est déjà partie à cette médiation."]
    return facts.person_id


def _check_side(facts: PartyFacts, values: dict, errors: dict[str, list[str]]) -> None:
    """What each kind of party needs: an institution someone who can commit it, a minor their own wish."""
    if facts.kind in (PartyKind.GROUPE, PartyKind.INSTITUTION) and not values["label"]:
        errors["label"] = ["Dites comment appeler ce groupe ou cette institution."]
    if facts.kind == PartyKind.INSTITUTION and not values["empowered"]:
        errors["empowered"] = ["Une institution nomme quelqu’un qui peut s’engager pour elle."]
    if facts.representation not in Representation.values:
        errors["representation"] = ["Choisissez une réponse."]
    elif facts.representation != Representation.SEULE and not values["supporter"]:
        errors["supporter"] = ["Dites qui l’accompagne ou la représente."]
    if facts.authority not in ParentalAuthority.values:
        errors["authority"] = ["Choisissez une réponse."]
    elif facts.is_minor and facts.authority == ParentalAuthority.SANS_OBJET:
        errors["authority"] = ["Pour une partie mineure, dites ce qu’il en est de l’autorité parentale."]
    elif not facts.is_minor and facts.authority != ParentalAuthority.SANS_OBJET:
        errors["authority"] = ["L’autorité parentale ne concerne qu’une partie mineure."]
    if facts.is_minor and not values["own_wish"]:
        errors["own_wish"] = ["Notez ce que le mineur souhaite, dans ses mots : c’est lui que l’on écoute d’abord."]
