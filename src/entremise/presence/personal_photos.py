"""How long photos of defects are kept: as long as the words of the defect, then they are deleted with their files."""

import datetime as dt

from django.db.models import Q, QuerySet

from entremise.core.personal import After, Owner, Rule, register_rule
from entremise.presence.enums import OPEN_DEFECTS
from entremise.presence.models import DefectPhoto
from entremise.presence.personal import FIELD, FORGOTTEN
from entremise.presence.services.photos import erase_photos


def _photos(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    """Those of defects solved or left before that day, and of those nobody ever closed."""
    left = ~Q(defect__status__in=OPEN_DEFECTS) & Q(defect__resolved_at=None, defect__reported_at__lt=before)
    forgotten = Q(defect__reported_at__lt=before - FORGOTTEN)
    rows = DefectPhoto.objects.filter(Q(defect__resolved_at__lt=before) | left | forgotten)
    return rows.filter(organisation_id=organisation_id).order_by("created_at", "pk")


PHOTOS = Rule(
    code="photos",
    label="Photos des signalements",
    processing=FIELD.code,
    fields=("presence.DefectPhoto.file_name",),
    days=365,
    starts="La réparation constatée ou le signalement classé ; un an de plus pour celui que personne n’a clos",
    after=After.ERASE,
    source="Aucune durée du métier : celle du texte du signalement",
    floor=7,
    due=_photos,
    apply=erase_photos,
    holds=("pk", "defect_id"),
    unit=("photo", "photos"),
)


def declare() -> None:
    """Called once, when the applications are ready."""
    register_rule(PHOTOS)
