"""Followed persons seen long ago, and the rule that erases them: what the tests of retention share."""

import datetime as dt
from dataclasses import replace

from entremise.core import personal
from entremise.core.time import today
from entremise.privacy.models import Person
from entremise.privacy.services import retention
from entremise.privacy.services.holds import place_hold
from entremise.privacy.services.retention import run_rule

RULE = "personnes"


def followed(cast, number=1, days=800, *, there=False, **facts):
    """Someone last seen so many days ago."""
    who = cast.ines if there else cast.samia
    rows = [
        Person.objects.create(
            organisation_id=who.actor.organisation_id,
            team=cast.foreign_team if there else cast.team,
            reference=f"{'E' if there else 'P'}-{days}-{rank}",
            name="Awa D.",
            name_reason="rappel",
            last_contact_on=today() - dt.timedelta(days=days),
            opened_by=who.member,
            **facts,
        )
        for rank in range(number)
    ]
    return sorted(rows, key=lambda person: person.pk)


def go(cast, **options):
    return run_rule(personal.rule(RULE), cast.organisation.pk, **options)


def hold(cast, person, **options):
    facts = {"kind": "personne", "reference": person.reference, "reason": "Plainte en cours."}
    facts["until"] = today() + dt.timedelta(days=90)
    return place_hold(actor=cast.dora.actor, **{**facts, **options})


def shortened(monkeypatch, days):
    rule = personal.rule(RULE)
    monkeypatch.setitem(personal._rules, RULE, replace(rule, days=days))


def choose(cast, days, reason="Décidé au comité du 3 mars.", who=None):
    return retention.choose_duration(actor=(who or cast.dora).actor, rule_code=RULE, days=days, reason=reason)
