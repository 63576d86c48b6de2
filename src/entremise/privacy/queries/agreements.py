"""Reads of agreements: the current state is computed from the events, never stored."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from entremise.accounts.queries import member_names
from entremise.core.actor import Actor
from entremise.core.db import get_one, open_together
from entremise.core.text import fold
from entremise.directory.queries import partner_names
from entremise.intercultural.queries import language_names
from entremise.privacy.enums import AgreementKind, InterpreterHelp, MandateQuality, Manner, Purpose
from entremise.privacy.models import Agreement, Person

# A partner of the directory, the words of a free recipient, or nobody in particular.
Recipient = uuid.UUID | str | None

NEEDS_PARTNER_OR_WORDS = frozenset({Purpose.PARTAGE})
NEEDS_WORDS = frozenset({Purpose.IMAGE, Purpose.AUTRE})
# What stops at once when an agreement is withdrawn; the page says it before and after.
STOPS = {
    Purpose.SUIVI: (
        "Aucune intervention n’est plus notée à son sujet : ses fils sont clos, ses rappels levés. "
        "Sa fiche ne sert plus ; elle s’efface à la fin de sa durée, ou tout de suite si la personne le demande."
    ),
    Purpose.PARTAGE: (
        "Plus rien n’est dit ni envoyé à ce destinataire. Ce qui lui a déjà été dit ne peut pas être repris : "
        "la personne peut lui demander de l’effacer."
    ),
    Purpose.MEDIATION: "La médiation s’arrête là, sans faute de personne. Aucune rencontre n’est plus proposée.",
    Purpose.IMAGE: (
        "La photo ou le témoignage ne sert plus. Ce qui est en ligne est retiré ; les papiers ne sont plus donnés."
    ),
    Purpose.AUTRE: "Cet usage s’arrête.",
}


class AgreementState(StrEnum):
    """Where a person stands for a purpose."""

    GIVEN = "donne"
    WITHDRAWN = "retire"
    NEVER = "jamais"


STATE_WORDS = {
    AgreementState.GIVEN: ("ok", "Accord donné"),
    AgreementState.WITHDRAWN: ("neutral", "Accord retiré"),
    AgreementState.NEVER: ("wait", "Accord à demander"),
}


def list_agreements(actor: Actor, person: Person) -> QuerySet[Agreement]:
    """Every event of a person the actor may read, the latest first."""
    events = Agreement.objects.filter(person=person, organisation_id=actor.organisation_id)
    return events.order_by("-happened_on", "-recorded_at", "-pk")


def get_agreement(actor: Actor, person: Person, agreement_id: uuid.UUID) -> Agreement:
    """An agreement given by this person, withdrawn or not; NotFound otherwise."""
    return get_one(list_agreements(actor, person).filter(pk=agreement_id, kind=AgreementKind.DONNE))


def in_force(person_id: uuid.UUID, purpose: str, recipient: Recipient = None) -> Agreement | None:
    """The agreement in force for this purpose and exactly this recipient, or None.

    For a purpose that names a recipient, an agreement for one of them is worth nothing for another.
    """
    events = Agreement.objects.in_force().filter(person_id=person_id, purpose=purpose)
    if isinstance(recipient, uuid.UUID):
        return events.filter(partner_id=recipient).first()
    wanted = fold(recipient or "")
    found = list(events.filter(partner=None))
    open_together(found, "recipient_label")
    return next((one for one in found if fold(one.recipient_label) == wanted), None)


def states_of(person_ids: Sequence[uuid.UUID], purpose: str) -> dict[uuid.UUID, AgreementState]:
    """Where each person stands for a purpose without recipient, in one query."""
    given = Agreement.objects.filter(person_id__in=person_ids, purpose=purpose, kind=AgreementKind.DONNE)
    states = dict.fromkeys(person_ids, AgreementState.NEVER)
    for person_id, withdrawal in given.order_by("recorded_at").values_list("person_id", "withdrawal"):
        if withdrawal is None:
            states[person_id] = AgreementState.GIVEN
        elif states[person_id] != AgreementState.GIVEN:
            states[person_id] = AgreementState.WITHDRAWN
    return states


@dataclass(frozen=True)
class AgreementLine:
    """An event in words."""

    event: Agreement
    purpose: str
    recipient: str
    how: str
    explained: str
    recorded_by: str
    is_in_force: bool
    stops: str

    @property
    def is_withdrawal(self) -> bool:
        """True for the event that takes an agreement back."""
        return self.event.kind == AgreementKind.RETIRE


def agreement_lines(events: Iterable[Agreement]) -> list[AgreementLine]:
    """Events in words, in three queries and one of keys."""
    events = list(events)
    open_together(events, "recipient_label", "mandate_by")
    partners = partner_names(event.partner_id for event in events if event.partner_id)
    members = member_names(event.recorded_by_id for event in events)
    withdrawn = {event.withdraws_id for event in events if event.withdraws_id}
    return [
        AgreementLine(
            event=event,
            purpose=Purpose(event.purpose).label,
            recipient=partners.get(event.partner_id, "") if event.partner_id else event.recipient_label,
            how=_how(event),
            explained=_explained(event),
            recorded_by=members.get(event.recorded_by_id, ""),
            is_in_force=event.kind == AgreementKind.DONNE and event.pk not in withdrawn,
            stops=STOPS[Purpose(event.purpose)],
        )
        for event in events
    ]


def _how(event: Agreement) -> str:
    words = Manner(event.manner).label
    if event.manner != Manner.MANDAT:
        return words
    quality = MandateQuality(event.mandate_quality).label if event.mandate_quality else ""
    return " · ".join(part for part in (words, event.mandate_by, quality) if part)


def _explained(event: Agreement) -> str:
    if not event.language:
        return ""
    language = language_names([event.language])[0]
    helper = InterpreterHelp(event.interpreter).label if event.interpreter else ""
    return " · ".join(part for part in (language, helper) if part)
