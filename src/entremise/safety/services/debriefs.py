"""Keep the ten minutes of a debriefing."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.journal.services import publish
from entremise.safety.enums import Subject, Support
from entremise.safety.events import DebriefHeld
from entremise.safety.models import Debrief, DebriefPerson
from entremise.safety.services.checks import Errors, member_of, own_team, refuse
from entremise.safety.services.sheets import checked_people, checked_texts


@transaction.atomic
def hold_debrief(
    *,
    actor: Actor,
    facts: str,
    lived: str = "",
    helped: str = "",
    change: str = "",
    support: Sequence[str] = (),
    person_ids: Sequence[uuid.UUID] = (),
    team_id: uuid.UUID | None = None,
    subject_type: str = Subject.LIBRE,
    subject_id: uuid.UUID | None = None,
) -> Debrief:
    """Keep what was said, for those who were there. The caller has read the subject (``Subject``) in the actor's name.

    Raises InvalidInput (``facts``, ``person_ids``, ``support``), NotFound (team of others).
    """
    team = own_team(actor, team_id)
    errors: Errors = {}
    told = checked_texts(errors, facts=facts, lived=lived, helped=helped, change=change)
    if not told["facts"] and "facts" not in errors:
        errors["facts"] = ["Commencez par les faits, en une ou deux phrases."]
    people = checked_people(actor, errors, person_ids)
    if set(support) - set(Support.values):
        errors["support"] = ["Choisissez parmi les réponses proposées."]
    refuse(errors)
    if (subject_type == Subject.LIBRE) != (subject_id is None):
        raise InvalidInput({"__all__": ["Le point de départ n’existe plus. Recommencez depuis la page Débriefings."]})
    debrief = Debrief.objects.create(
        organisation_id=actor.organisation_id,
        team_id=team,
        author_id=member_of(actor),
        subject_type=Subject(subject_type),
        subject_id=subject_id,
        support=list(dict.fromkeys(support)),
        **told,
    )
    DebriefPerson.objects.bulk_create(DebriefPerson(debrief=debrief, member_id=pk) for pk in people)
    publish(DebriefHeld(actor=actor, target_id=debrief.pk, codes={"subject": subject_type, "persons": len(people)}))
    return debrief
