"""What the pages of a person need, and nothing a template must work out."""

from typing import Any

from entremise.accounts.queries import is_anonymous_team
from entremise.core.actor import Actor
from entremise.intercultural.queries import language_names
from entremise.places.queries import commune_label
from entremise.privacy.enums import ContactWay, IdentityReason, Purpose
from entremise.privacy.models import Person
from entremise.privacy.panels import PANELS
from entremise.privacy.queries import agreement_lines, safe_contact
from entremise.privacy.queries.agreements import STATE_WORDS, list_agreements, states_of
from entremise.privacy.queries.persons import age_label

AGREEMENT_STATES = {state.value: words for state, words in STATE_WORDS.items()}


def person_context(actor: Actor, person: Person) -> dict[str, Any]:
    """The fiche in words, what the person agreed to, and the panels of other modules."""
    safe = safe_contact(person)
    return {
        "person": person,
        "age": age_label(person),
        "commune": commune_label(person.commune_code),
        "speaks": ", ".join(language_names(person.speaks)),
        "reads": ", ".join(language_names(person.reads)),
        "name_reason": IdentityReason(person.name_reason).label if person.name_reason else "",
        "contact_reason": IdentityReason(person.contact_reason).label if person.contact_reason else "",
        "way": ContactWay(person.contact_way).label if person.contact_way else "",
        "safe": safe,
        "has_contact": bool(person.phone or person.email or person.address),
        "agreements": agreement_lines(list_agreements(actor, person)),
        "followed": STATE_WORDS[states_of([person.pk], Purpose.SUIVI)[person.pk]],
        "is_anonymous": is_anonymous_team(person.team_id),
        "panels": PANELS.shown_to(actor, person.pk),
    }
