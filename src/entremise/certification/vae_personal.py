"""How long the words of the VAE are kept."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import QuerySet

from entremise.certification.models import VaeArrival
from entremise.core.personal import After, Owner, Rule

# Sealed under the candidate's key, they go with the candidate's file.
WITH_THE_FILE: tuple[str, ...] = tuple(
    f"certification.{name}"
    for name in (
        "VaeDossier.opinion_reason",
        "VaeDossier.contest",
        "VaeCompetence.text",
        "VaeStep.reason",
        "VaePiece.name",
        "VaePiece.content",
        "VaePiece.media_type",
        "VaeSend.payload",
        "VaeCorrection.told",
        "VaeCorrection.present",
    )
)


def _unanswered(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    rows = VaeArrival.objects.filter(organisation_id=organisation_id, received_at__lt=before)
    return rows.order_by("received_at", "pk")


def _forget(arrivals: Sequence[uuid.UUID]) -> int:
    return VaeArrival.objects.filter(pk__in=arrivals).delete()[0]


def vae_rules(processing: str) -> tuple[Rule, ...]:
    """The rules of what is not yet, or never, a candidate's file."""
    return (
        Rule(
            code="arrivees-vae",
            label="Candidatures de VAE relevées, sans dossier ouvert",
            processing=processing,
            fields=("certification.VaeArrival.content",),
            days=365,
            starts="Le jour où la candidature a été relevée au service national",
            after=After.ERASE,
            source="Au-delà, la candidature se relève de nouveau si elle vit encore",
            due=_unanswered,
            apply=_forget,
            unit=("candidature", "candidatures"),
        ),
        Rule(
            code="jeton-vae",
            label="Jeton du service national de la VAE",
            processing=processing,
            fields=("certification.VaeSettings.service_token",),
            days=None,
            starts="Remplacé avec le jeton suivant ; il n’ouvre rien d’autre que ce lien",
            after=After.ERASE,
            source="Secret technique du certificateur",
        ),
    )
