"""Social watch: note what was perceived of a place."""

import datetime as dt
import uuid

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.places.queries import get_site
from entremise.presence.enums import LogKind, Reliability
from entremise.presence.events import ObservationRecorded
from entremise.presence.models import Observation
from entremise.presence.queries.rounds import get_round
from entremise.presence.services.checks import (
    Errors,
    author_of,
    checked_codes,
    checked_moment,
    checked_text,
    refuse,
    require_team,
)
from entremise.presence.services.log import post_log_entry

OBSERVATION = "presence.observation"


def observe(
    *,
    actor: Actor,
    team_id: uuid.UUID,
    site_id: uuid.UUID,
    watch_type: str,
    reliability: str = Reliability.OBSERVE,
    text: str = "",
    observed_at: dt.datetime | None = None,
    round_id: uuid.UUID | None = None,
) -> Observation:
    """Note an observation of social watch. Raises InvalidInput (watch_type, reliability, text, observed_at)."""
    require_team(actor, "presence.work", team_id)
    errors: Errors = {}
    checked_codes(actor, errors, watch_type=("L25", watch_type), reliability=("L26", reliability))
    text = checked_text(errors, "text", text, team_id=team_id)
    moment = checked_moment(errors, "observed_at", observed_at or now())
    refuse(errors)
    site = get_site(actor, site_id)
    outing = get_round(actor, round_id) if round_id else None
    with transaction.atomic():
        observation = Observation.objects.create(
            organisation_id=actor.organisation_id,
            team_id=team_id,
            round=outing,
            site_id=site.pk,
            observed_at=moment,
            watch_type=watch_type,
            reliability=reliability,
            text=text,
            author_id=author_of(actor),
        )
        codes = {"watch_type": watch_type, "reliability": reliability}
        post_log_entry(
            actor=actor,
            team_id=team_id,
            kind=LogKind.OBSERVATION,
            occurred_at=moment,
            site_id=site.pk,
            subject_type=OBSERVATION,
            subject_id=observation.pk,
            codes=codes,
        )
        publish(ObservationRecorded(actor=actor, target_id=observation.pk, codes=codes))
    return observation
