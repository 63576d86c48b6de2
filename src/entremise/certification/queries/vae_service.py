"""Reads of what is exchanged with the national service: arrivals, lines to send, why they did not leave."""

import json
from dataclasses import dataclass

from django.conf import settings as django_settings

from entremise.certification.models import Candidacy, VaeArrival, VaeDossier, VaeSend
from entremise.certification.queries.candidates import open_names
from entremise.competences.enums import Route
from entremise.core.actor import Actor
from entremise.core.db import open_together
from entremise.core.permissions import require

MOST = 100  # lines of each list


@dataclass(frozen=True)
class ArrivalLine:
    """A candidature that no file answers to yet."""

    arrival: VaeArrival
    name: str


def arrivals(actor: Actor) -> list[ArrivalLine]:
    """The candidatures that wait for a file, the oldest first."""
    require(actor, "certification.manage")
    rows = list(VaeArrival.objects.visible_to(actor).order_by("received_at", "pk")[:MOST])
    open_together(rows, "content")
    lines = []
    for row in rows:
        told = json.loads(row.content)
        lines.append(ArrivalLine(row, f"{told.get('prenom') or ''} {told.get('nom') or ''}".strip() or row.service_id))
    return lines


def to_send(actor: Actor) -> list[VaeSend]:
    """What has not left, the oldest first; names opened once."""
    require(actor, "certification.manage")
    rows = VaeSend.objects.visible_to(actor).filter(sent_at=None).select_related("candidate")
    found = list(rows.order_by("queued_at", "pk")[:MOST])
    open_names([row.candidate for row in found])
    return found


def lately_sent(actor: Actor) -> list[VaeSend]:
    """The last lines that left."""
    require(actor, "certification.manage")
    rows = VaeSend.objects.visible_to(actor).exclude(sent_at=None).select_related("candidate")
    found = list(rows.order_by("-sent_at")[:20])
    open_names([row.candidate for row in found])
    return found


def count_to_send(actor: Actor) -> int:
    """What did not leave and why is known: somebody may have to act."""
    return VaeSend.objects.visible_to(actor).filter(sent_at=None).exclude(refusal="").count()


def linkable(actor: Actor) -> list[tuple[str, str]]:
    """The files by the VAE that no candidature of the service is tied to, as choices by name."""
    require(actor, "certification.manage")
    rows = Candidacy.objects.filter(candidate__organisation_id=actor.organisation_id, candidate__erased_at=None)
    rows = rows.filter(route=Route.VAE, withdrawn_on=None).select_related("candidate")
    tied = VaeDossier.objects.managed_by(actor).exclude(service_id="").values("candidacy_id")
    people = [row.candidate for row in rows.exclude(pk__in=tied)]
    open_names(people)
    return sorted(((str(one.pk), f"{one.name}, {one.reference}") for one in people), key=lambda pair: pair[1])


def service_address() -> str:
    """Where the operator says the service is; empty when nowhere."""
    return str(django_settings.VAE_SERVICE)
