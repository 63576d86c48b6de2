"""The mediator's reading of each party's side: optional, their own words, never computed."""

import uuid
from collections.abc import Mapping

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.interventions.enums import Escalation, Party
from entremise.interventions.events import PartyRead
from entremise.interventions.models import PartyReading
from entremise.interventions.services.anonymity import identifying, is_anonymous
from entremise.interventions.services.correct import locked_act
from entremise.interventions.services.texts import clean
from entremise.journal.services import publish

TEXTS = ("positions", "interests", "needs", "fears", "criteria")
LONGEST = 1000  # characters


@transaction.atomic
def read_party(
    *, actor: Actor, intervention_id: uuid.UUID, party: str, stage: int | None, texts: Mapping[str, str]
) -> PartyReading | None:
    """Keep one's reading of a party's side, replacing the former; an empty one is erased (None).

    ``texts`` holds any of ``TEXTS``. Authors of the act alone. Raises InvalidInput, NotFound, NotAllowed.
    """
    act = locked_act(actor, intervention_id)
    require(actor, "interventions.read_parties", act)
    assert actor.member_id is not None  # an author is a member
    errors: dict[str, list[str]] = {}
    kept = {name: clean(texts.get(name, "")) for name in TEXTS}
    for name, text in kept.items():
        if len(text) > LONGEST:
            errors[name] = [f"Gardez l’essentiel : {LONGEST} caractères au plus."]
        elif is_anonymous(act.team_id) and identifying(text):
            errors[name] = [identifying(text)]
    if stage is not None and stage not in Escalation.values:
        errors["stage"] = ["Choisissez un des neuf stades, ou aucun."]
    if party not in Party.values:
        errors["party"] = ["Partie A ou partie B."]
    if errors:
        raise InvalidInput(errors)
    reading = PartyReading.objects.select_for_update().filter(act=act, party=party).first()
    erased = stage is None and not any(kept.values())
    if erased and reading is not None:
        reading.delete()
    elif not erased:
        reading = reading or PartyReading(organisation_id=act.organisation_id, act=act, party=party)
        reading.author_id, reading.at, reading.stage, reading.sealed_for = actor.member_id, now(), stage, act.sealed_for
        for name, text in kept.items():
            setattr(reading, name, text)
        reading.save()
    publish(PartyRead(actor=actor, target_id=act.pk, codes={"party": party, "erased": erased}))
    return None if erased else reading
