"""Acts put straight into the database, for tests of reads."""

import datetime as dt

from django.utils import timezone

from entremise.core.ids import short_reference, uuid7
from entremise.interventions.models import Intervention, InterventionCode, PublicCount
from entremise.places import services as places

PARIS = timezone.get_default_timezone()


def at(day=20, hour=19, minute=42, month=11, year=2026):
    """An hour of the wall clock."""
    return dt.datetime(year, month, day, hour, minute, tzinfo=PARIS)


def site(person, name="Hall 12", space_type="hall"):
    """A place of the person's organisation, created by whoever may."""
    return places.create_site(actor=person.actor, name=name, space_type=space_type)


def act(person, place, *, registers=("presence_active",), codes=None, ages=None, genders=None, **values):
    """An act of this person, with its codes and head counts."""
    identifier = values.pop("id", None) or uuid7()
    values.setdefault("occurred_at", at())
    values.setdefault("outcome", "info_donnee")
    values.setdefault("team_id", next(iter(person.actor.team_ids)))
    row = Intervention.objects.create(
        pk=identifier,
        organisation_id=person.actor.organisation_id,
        reference=short_reference(identifier),
        author_id=person.actor.member_id,
        site_id=place.pk,
        **values,
    )
    for reference, found in {"L1": registers, **(codes or {})}.items():
        for rank, code in enumerate(found):
            InterventionCode.of(row, reference, code, rank).save()
    for dimension, counts in (("age", ages or {}), ("genre", genders or {})):
        for code, count in counts.items():
            PublicCount.objects.create(
                organisation_id=row.organisation_id,
                intervention=row,
                dimension=dimension,
                code=code,
                count=count,
            )
    return row
