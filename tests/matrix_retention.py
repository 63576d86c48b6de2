"""Runs and holds of both organisations, for ``tests/matrix_world.py``."""

import datetime as dt

from entremise.core import personal
from entremise.core.time import today
from entremise.privacy.models import LegalHold, Person
from entremise.privacy.services.holds import place_hold
from entremise.privacy.services.retention import run_rule

KINDS = {"hold_id": "hold", "run_id": "run"}
TEXTS = {"rule_code": "personnes"}
AUDIENCES = {"gel": {"dora"}}


def fill(world) -> None:
    """A dry run on each side, a hold whose reason only our officer reads, a stranger’s hold."""
    cast = world.cast
    reference = Person.objects.get(pk=world.own["person"][0]).reference
    until = today() + dt.timedelta(days=90)
    hold = place_hold(actor=cast.dora.actor, kind="personne", reference=reference, reason="MARQUE-gel-FIN", until=until)
    theirs = LegalHold.objects.create(
        organisation_id=cast.other_organisation.pk,
        kind="personne",
        target_id=world.foreign["person"][0],
        reference="E-1",
        reason="MARQUE-etranger-FIN",
        placed_by_id=cast.clara.member.pk,
        until=until,
    )
    rule = personal.rule("personnes")
    world.own |= {"hold": [hold.pk], "run": [run_rule(rule, cast.organisation.pk, dry=True).pk]}
    world.foreign |= {"hold": [theirs.pk], "run": [run_rule(rule, cast.other_organisation.pk, dry=True).pk]}
