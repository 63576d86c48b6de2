"""Reads of observations and technical defects."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import QuerySet

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.time import now
from entremise.presence.enums import OPEN_DEFECTS, DefectStatus
from entremise.presence.models import Defect, DefectStep, Observation

SILENT_AFTER = dt.timedelta(days=7)  # an owner who has not answered by then is worth a reminder
REPEATED_WITHIN = dt.timedelta(days=60)


def list_observations(actor: Actor) -> QuerySet[Observation]:
    """Observations of the actor's teams, the latest first; their text stays closed until it is read."""
    return Observation.objects.visible_to(actor).order_by("-observed_at", "-id")


def get_observation(actor: Actor, observation_id: uuid.UUID) -> Observation:
    """An observation of the actor's teams; NotFound otherwise."""
    return get_one(Observation.objects.visible_to(actor).filter(pk=observation_id))


def list_defects(actor: Actor) -> QuerySet[Defect]:
    """Technical defects of the organisation, the latest first: teams share them so as not to report twice."""
    return Defect.objects.visible_to(actor).order_by("-reported_at", "-id")


def get_defect(actor: Actor, defect_id: uuid.UUID) -> Defect:
    """A defect of the organisation; NotFound otherwise."""
    return get_one(Defect.objects.visible_to(actor).filter(pk=defect_id))


def steps_of(defect: Defect) -> list[DefectStep]:
    """The life of a defect, oldest first."""
    return list(DefectStep.objects.filter(defect=defect).select_related("defect").order_by("at", "id"))


def silent_defects(actor: Actor) -> QuerySet[Defect]:
    """Defects reported by the actor's teams more than seven days ago that nobody has answered."""
    return Defect.objects.visible_to(actor).filter(
        status=DefectStatus.SIGNALE, reported_at__lt=now() - SILENT_AFTER, team_id__in=list(actor.team_ids)
    )


def open_defects_at(actor: Actor, site_ids: Iterable[uuid.UUID]) -> list[Defect]:
    """Defects still open at these places: shown before reporting one again."""
    return list(
        Defect.objects.visible_to(actor)
        .filter(site_id__in=list(site_ids), status__in=OPEN_DEFECTS)
        .order_by("-reported_at")[:10]
    )


def times_reported(organisation_id: uuid.UUID, site_id: uuid.UUID, category: str, at: dt.datetime) -> int:
    """How many times this category was reported at this place in the two months up to ``at``."""
    return Defect.objects.filter(
        organisation_id=organisation_id,
        site_id=site_id,
        category=category,
        reported_at__gt=at - REPEATED_WITHIN,
        reported_at__lte=at,
    ).count()
