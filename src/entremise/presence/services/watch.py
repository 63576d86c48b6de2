"""Social watch: note what was perceived of a place."""

import datetime as dt
import uuid

from django.db import transaction

from entremise.core.actor import Actor
from entremise.journal.services import publish
from entremise.places.queries import get_site
from entremise.presence.enums import LogKind, Reliability
from entremise.presence.events import ObservationRecorded
from entremise.presence.models import Observation
from entremise.presence.services.checks import (
    Errors,
    author_of,
    checked_codes,
    checked_moment,
    checked_round,
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
    pk: uuid.UUID | None = None,
) -> Observation:
    """Note an observation of social watch; ``pk`` is the identifier a phone gave it.

    Raises InvalidInput (team_id, watch_type, reliability, text, observed_at).
    """
    require_team(actor, "presence.work", team_id)
    errors: Errors = {}
    checked_codes(actor, errors, watch_type=("L25", watch_type), reliability=("L26", reliability))
    observation = Observation(
        organisation_id=actor.organisation_id,
        team_id=team_id,
        round=checked_round(actor, errors, round_id, team_id),
        site_id=get_site(actor, site_id).pk,
        observed_at=checked_moment(errors, "observed_at", observed_at),
        watch_type=watch_type,
        reliability=reliability,
        text=checked_text(errors, "text", text, team_id=team_id),
        author_id=author_of(actor),
    )
    refuse(errors)
    observation.pk = pk or observation.pk
    return _record(actor, observation)


@transaction.atomic
def _record(actor: Actor, observation: Observation) -> Observation:
    """Save an observation with its line in the log."""
    observation.save(force_insert=True)
    codes = {"watch_type": observation.watch_type, "reliability": observation.reliability}
    post_log_entry(
        actor=actor,
        team_id=observation.team_id,
        kind=LogKind.OBSERVATION,
        occurred_at=observation.observed_at,
        site_id=observation.site_id,
        subject_type=OBSERVATION,
        subject_id=observation.pk,
        codes=codes,
    )
    publish(ObservationRecorded(actor=actor, target_id=observation.pk, codes=codes))
    return observation
