"""What the fiche of a person must satisfy before it is kept."""

import datetime as dt
import re
from collections import defaultdict
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from entremise.accounts import queries as accounts
from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.text import one_line
from entremise.core.time import today
from entremise.intercultural import queries as intercultural
from entremise.places.queries import get_commune
from entremise.privacy.commands import PersonFacts
from entremise.privacy.enums import AgeBand, ContactWay, IdentityReason
from entremise.privacy.services.texts import clean, too_long

NAME_LENGTH = 120
PHONE_LENGTH = 40
EMAIL_LENGTH = 254
ADDRESS_LENGTH = 240
NOTE_LENGTH = 300
OLDEST_YEAR = 1900
FARTHEST = dt.timedelta(days=366)
_PHONE = re.compile(r"\+?[0-9][0-9 ().\-/]{4,}")
LENGTHS = {
    "name": NAME_LENGTH,
    "phone": PHONE_LENGTH,
    "email": EMAIL_LENGTH,
    "address": ADDRESS_LENGTH,
    "contact_note": NOTE_LENGTH,
}
CONTACTS = ("phone", "email", "address")
# What each way needs in order to be of any use.
NEEDS = {
    ContactWay.APPEL: ("phone", "Écrivez le numéro à appeler, ou choisissez un autre moyen."),
    ContactWay.SMS: ("phone", "Écrivez le numéro, ou choisissez un autre moyen."),
    ContactWay.COURRIEL: ("email", "Écrivez l’adresse électronique, ou choisissez un autre moyen."),
    ContactWay.COURRIER: ("address", "Écrivez l’adresse postale, ou choisissez un autre moyen."),
}
THROUGH_THE_PHONE = frozenset({ContactWay.APPEL, ContactWay.SMS, ContactWay.COURRIEL})
WATCHED = (
    "Le téléphone est surveillé : un appel, un message ou un courriel pourrait être vu. "
    "Choisissez un autre moyen, par exemple la rencontrer en personne."
)
ANONYMOUS = "Votre équipe ne garde ni nom ni contact. Laissez ce champ vide : la référence suffit."

Errors = defaultdict[str, list[str]]


def checked(actor: Actor, facts: PersonFacts, before: PersonFacts | None = None) -> PersonFacts:
    """The facts cleaned; InvalidInput with every fault. ``before``: what the fiche already held stays acceptable."""
    errors: Errors = defaultdict(list)
    facts = _cleaned(facts)
    if facts.team_id not in actor.team_ids:
        errors["team_id"].append("Vous n’êtes pas dans cette équipe. Choisissez une de vos équipes.")
    _check_age(facts, errors)
    if facts.commune_code and get_commune(facts.commune_code) is None:
        errors["commune_code"].append("Cette commune n’est pas dans la liste. Vérifiez l’orthographe.")
    _check_languages(facts, errors)
    _check_identity(facts, errors)
    _check_contact(facts, errors)
    _check_again(facts, before, errors)
    if accounts.is_anonymous_team(facts.team_id):
        for name in ("name", *CONTACTS, "contact_note"):
            if getattr(facts, name):
                errors[name] = [ANONYMOUS]
    if errors:
        raise InvalidInput(errors)
    return facts


def _cleaned(facts: PersonFacts) -> PersonFacts:
    texts: dict[str, Any] = {name: one_line(clean(getattr(facts, name))) for name in ("name", "phone", "email")}
    texts |= {name: clean(getattr(facts, name)) for name in ("address", "contact_note")}
    kept = replace(facts, **texts, speaks=_once(facts.speaks), reads=_once(facts.reads))
    # A reason without what it is the reason of would say something for nothing.
    return replace(
        kept,
        name_reason=kept.name_reason if kept.name else "",
        contact_reason=kept.contact_reason if any(getattr(kept, name) for name in CONTACTS) else "",
    )


def _once(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in codes if code))


def _check_age(facts: PersonFacts, errors: Errors) -> None:
    if facts.birth_year is not None and not OLDEST_YEAR <= facts.birth_year <= today().year:
        errors["birth_year"].append(f"Écrivez une année entre {OLDEST_YEAR} et {today().year}, ou rien.")
    if facts.age_band and facts.age_band not in AgeBand.values:
        errors["age_band"].append("Choisissez une des tranches proposées.")
    if facts.birth_year is not None and facts.age_band:
        errors["age_band"].append("L’année de naissance suffit : laissez la tranche vide, ou effacez l’année.")


def _check_languages(facts: PersonFacts, errors: Errors) -> None:
    for name in ("speaks", "reads"):
        found = [intercultural.language(code) for code in getattr(facts, name)]
        if None in found:
            errors[name].append("Cette langue n’est pas dans la liste. Choisissez une des langues proposées.")
        elif name == "reads" and not all(one.is_written for one in found if one):
            errors[name].append("Une langue des signes ne se lit pas : notez-la dans les langues parlées.")


def _check_identity(facts: PersonFacts, errors: Errors) -> None:
    for name, limit in LENGTHS.items():
        if refusal := too_long(getattr(facts, name), limit):
            errors[name].append(refusal)
    if facts.name and facts.name_reason not in IdentityReason.values:
        errors["name_reason"].append("Dites pourquoi le nom est nécessaire. Sans raison, la référence suffit.")
    if any(getattr(facts, name) for name in CONTACTS) and facts.contact_reason not in IdentityReason.values:
        errors["contact_reason"].append("Dites pourquoi un contact est nécessaire. Sans raison, n’en gardez pas.")


def _check_contact(facts: PersonFacts, errors: Errors) -> None:
    if facts.phone and not errors["phone"] and not _PHONE.fullmatch(facts.phone):
        errors["phone"].append("Ce numéro se lit mal. Écrivez-le ainsi : 06 00 00 00 00.")
    if facts.email and not errors["email"] and not _is_email(facts.email):
        errors["email"].append("Cette adresse électronique se lit mal. Vérifiez-la.")
    way = facts.contact_way
    if way and way not in ContactWay.values:
        errors["contact_way"].append("Choisissez un des moyens proposés.")
    elif facts.phone_watched and way in THROUGH_THE_PHONE:
        errors["contact_way"].append(WATCHED)
    elif way in NEEDS and not getattr(facts, NEEDS[ContactWay(way)][0]):
        errors["contact_way"].append(NEEDS[ContactWay(way)][1])
    elif not way and not facts.phone_watched and any(getattr(facts, name) for name in CONTACTS):
        errors["contact_way"].append("Demandez-lui quel moyen est le plus sûr pour la joindre.")
    for name in [name for name, found in errors.items() if not found]:
        del errors[name]


def _is_email(text: str) -> bool:
    try:
        EmailValidator()(text)
    except ValidationError:
        return False
    return True


def _check_again(facts: PersonFacts, before: PersonFacts | None, errors: Errors) -> None:
    day = facts.see_again_on
    if day is None or (before is not None and before.see_again_on == day):
        return
    if not today() <= day <= today() + FARTHEST:
        errors["see_again_on"].append("Choisissez une date entre aujourd’hui et dans un an, ou rien.")
