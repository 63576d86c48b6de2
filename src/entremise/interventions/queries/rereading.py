"""Acts old enough for their words to be read again, then made anonymous."""

import datetime as dt
import uuid

from django.db.models import Q, QuerySet

from entremise.accounts.enums import Role
from entremise.core.actor import Actor
from entremise.core.personal import Owner
from entremise.core.time import now, today
from entremise.interventions.enums import Visibility
from entremise.interventions.models import Intervention
from entremise.interventions.presets import REREADING
from entremise.privacy.queries import Duration, duration_of


def with_words(organisation_id: Owner, before: dt.datetime) -> QuerySet[Intervention]:
    """Acts of before this instant that still have words nobody chose to keep longer.

    Those of a followed person are part of their situation: they go with the person, two years after the last contact.
    """
    acts = Intervention.objects.filter(organisation_id=organisation_id, has_words=True, occurred_at__lt=before)
    return acts.filter(sealed_for=None).filter(Q(text_kept_until=None) | Q(text_kept_until__lt=today()))


def rereading_duration(organisation_id: uuid.UUID) -> Duration:
    """After how many days an act's words are read again here, and how many more until they go unread."""
    return duration_of(organisation_id, REREADING)


def list_to_reread(actor: Actor) -> QuerySet[Intervention]:
    """Acts whose words this coordinator reads again, the oldest first: those of their teams."""
    if not actor.has_role(Role.ENCADRANT) or actor.organisation_id is None:
        return Intervention.objects.none()
    limit = now() - dt.timedelta(days=rereading_duration(actor.organisation_id).days)
    acts = with_words(actor.organisation_id, limit).filter(
        team_id__in=actor.team_ids,
        visibility__in=(Visibility.EQUIPE, Visibility.ENCADREMENT),
        text_kept_until=None,
    )
    return acts.order_by("occurred_at", "pk")


def next_to_reread(actor: Actor, after: uuid.UUID | None = None) -> Intervention | None:
    """The first act to read again, or the first one past ``after`` (left for later)."""
    queue = list_to_reread(actor)
    left = Intervention.objects.visible_to(actor).filter(pk=after).only("occurred_at").first() if after else None
    if left is not None:
        queue = queue.filter(Q(occurred_at__gt=left.occurred_at) | Q(occurred_at=left.occurred_at, pk__gt=left.pk))
    return queue.select_related("thread").first()
