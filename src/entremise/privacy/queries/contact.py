"""The safest way to reach a person: the only door through which anything may be sent to them."""

from dataclasses import dataclass

from entremise.privacy.enums import ContactWay
from entremise.privacy.models import Person

WATCHED = "Ne pas appeler : téléphone surveillé."
_SENTENCES = {
    ContactWay.AUCUN: "Ne pas contacter. Attendre que la personne revienne.",
    ContactWay.EN_PERSONNE: "La rencontrer en personne.",
    ContactWay.APPEL: "Appeler. N’écrire ni message ni courrier.",
    ContactWay.SMS: "Envoyer un message écrit (SMS).",
    ContactWay.COURRIEL: "Écrire un courriel.",
    ContactWay.COURRIER: "Écrire par la poste.",
    ContactWay.RELAIS: "Passer par la personne ou le service de confiance.",
}
_UNKNOWN = "Moyen le plus sûr non précisé : le demander à la personne avant tout envoi."


@dataclass(frozen=True)
class SafeContact:
    """What may leave. ``phone``, ``email`` and ``address`` are empty unless the way chosen by the person needs them.

    ``sentence`` says in words what to do; it never holds a number nor an address.
    """

    way: str
    sentence: str
    phone: str = ""
    email: str = ""
    address: str = ""

    @property
    def may_call(self) -> bool:
        """A call may be made."""
        return bool(self.phone) and self.way == ContactWay.APPEL

    @property
    def may_text(self) -> bool:
        """A written message may be sent to the phone."""
        return bool(self.phone) and self.way == ContactWay.SMS


def safe_contact(person: Person) -> SafeContact:
    """How to reach a person, for whatever sends, prints, links or exports: messages, papers, lists, files.

    Every sender must go through this function, never through the fields. A watched phone is never in the answer,
    nor is an electronic mail, which is read on the same phone. Deadlines and reminders of the team do not pass
    here: the mediator is reminded all the same, and reads there what to do.
    """
    way = ContactWay(person.contact_way) if person.contact_way in ContactWay.values else None
    if person.erased_at is not None or person.restricted_at is not None:
        return SafeContact(ContactWay.AUCUN, _SENTENCES[ContactWay.AUCUN])
    if person.phone_watched:
        away = way if way in (ContactWay.AUCUN, ContactWay.COURRIER, ContactWay.RELAIS) else ContactWay.EN_PERSONNE
        address = person.address if away == ContactWay.COURRIER else ""
        return SafeContact(away, f"{WATCHED} {_SENTENCES[away]}", address=address)
    if way is None:
        return SafeContact("", _UNKNOWN)
    return SafeContact(
        way,
        _SENTENCES[way],
        phone=person.phone if way in (ContactWay.APPEL, ContactWay.SMS) else "",
        email=person.email if way == ContactWay.COURRIEL else "",
        address=person.address if way == ContactWay.COURRIER else "",
    )
