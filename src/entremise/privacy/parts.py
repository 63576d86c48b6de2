"""What this module itself keeps about persons beside their fiche: agreements given and withdrawn."""

import uuid
from collections.abc import Iterator, Sequence

from entremise.intercultural.queries import language_names
from entremise.privacy.models import Agreement
from entremise.privacy.registry import Item, Part, register_part


def register_all() -> None:
    """Called once, when the applications are ready."""
    register_part(
        Part(
            code="accords",
            label="Vos accords",
            collect=agreements,
            erase=forget_agreements,
            stays="la date et la nature de chaque accord, sans destinataire écrit ni mandataire.",
        )
    )


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
