"""What acts do when rounds change."""

from entremise.interventions.models import Intervention
from entremise.presence.events import RoundsMerged


def follow_merge(event: RoundsMerged) -> None:
    """Acts of the absorbed round become acts of the round that stays, in the same transaction."""
    acts = Intervention.objects.filter(organisation_id=event.actor.organisation_id, round_id=event.codes["absorbed"])
    acts.update(round_id=event.target_id)
