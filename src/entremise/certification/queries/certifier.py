"""What the certifier decided, and the record it delivers."""

import uuid

from entremise.certification.models import CertifierSettings
from entremise.certification.prerequisites import Choices
from entremise.competences.queries import RecordFacts, record_choices, record_facts
from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput


def settings_of(actor: Actor) -> CertifierSettings:
    """The certifier's settings, those of the first loaded record while none was written."""
    return settings_for(actor.organisation_id)


def settings_for(organisation_id: uuid.UUID) -> CertifierSettings:
    """The same for whoever acts for this organisation: what it decided is no secret inside it."""
    found = CertifierSettings.objects.filter(organisation_id=organisation_id).first()
    if found is None:
        first = record_choices()[:1]
        found = CertifierSettings(organisation_id=organisation_id, record_code=first[0][0] if first else "")
    return found


def record_of(actor: Actor) -> RecordFacts:
    """The record the certifier delivers; InvalidInput when none is loaded on this installation."""
    code = settings_of(actor).record_code
    if not code:
        raise InvalidInput({FORM: ["Aucune fiche n’est chargée : l’exploitant lance « entremise charger_fiches »."]})
    return record_facts(code)


def choices_of(settings: CertifierSettings) -> Choices:
    """What the certifier decided of prerequisites."""
    return Choices(vae_entry=settings.vae_entry, vae_hours=settings.vae_hours)
