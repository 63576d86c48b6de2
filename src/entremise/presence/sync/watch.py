"""What was seen: observations, technical defects and their photos."""

import io
import uuid

from django.urls import reverse

from entremise.core.actor import Actor
from entremise.documents.services import clean_picture
from entremise.presence import services
from entremise.presence.enums import Reliability, Urgency
from entremise.presence.models import Defect, Observation
from entremise.presence.services.photos import add_photos
from entremise.presence.sync.ground import kept, perhaps_round, site_of, team_of
from entremise.sync.payload import Reader
from entremise.sync.registry import Operation, Outcome


def observe(actor: Actor, operation: Operation) -> Outcome:
    """Note an observation."""
    reader = Reader(operation)
    team_id, site_id, round_id = team_of(actor, reader), site_of(actor, reader), perhaps_round(actor, reader)
    words = {"watch_type": reader.text("watch_type"), "text": reader.text("text")}
    reliability = reader.text("reliability") or Reliability.OBSERVE
    at = reader.moment("observed_at") or operation.moment()
    reader.done()
    assert site_id is not None
    known = Observation.objects.filter(pk=operation.entity_id, organisation_id=actor.organisation_id).first()
    row = known or services.observe(
        actor=actor,
        team_id=team_id,
        site_id=site_id,
        round_id=round_id,
        reliability=reliability,
        observed_at=at,
        pk=operation.entity_id,
        **words,
    )
    return kept(row.pk, team_id, already=known is not None)


def report(actor: Actor, operation: Operation) -> Outcome:
    """Report something broken; its photos follow."""
    reader = Reader(operation)
    team_id, site_id, round_id = team_of(actor, reader), site_of(actor, reader), perhaps_round(actor, reader)
    words = {"category": reader.text("category"), "description": reader.text("description")}
    urgency, empty = reader.text("urgency") or Urgency.NORMAL, reader.flag("empty_confirmed")
    at = reader.moment("reported_at") or operation.moment()
    reader.done()
    assert site_id is not None
    known = Defect.objects.filter(pk=operation.entity_id, organisation_id=actor.organisation_id).first()
    row = known or services.report_defect(
        actor=actor,
        team_id=team_id,
        site_id=site_id,
        round_id=round_id,
        urgency=urgency,
        empty_confirmed=empty,
        reported_at=at,
        pk=operation.entity_id,
        **words,
    )
    return kept(row.pk, team_id, already=known is not None)


def url(defect_id: uuid.UUID) -> str:
    """The page of a defect."""
    return reverse("presence:defect", args=[defect_id])


def attach_photo(actor: Actor, defect_id: uuid.UUID, slot: str, clear: bytes, mime: str) -> None:
    """A photo of a defect, made again from its points alone like those of the office."""
    picture = clean_picture(io.BytesIO(clear), name="Cette photo", field="photos")
    add_photos(actor=actor, defect_id=defect_id, pictures=[picture])
