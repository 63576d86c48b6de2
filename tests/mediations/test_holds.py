"""A legal hold on a mediation keeps what was confided in it, and the persons who are parties to it."""

import datetime as dt

import pytest

from entremise.core import personal
from entremise.core.errors import InvalidInput
from entremise.core.time import now, today
from entremise.mediations.models import Case, Party
from entremise.privacy.models import Person
from entremise.privacy.queries.retention import count_due
from entremise.privacy.services.erasure_request import erase_on_request
from entremise.privacy.services.holds import lift_hold, place_hold
from entremise.privacy.services.retention import run_rule
from tests.mediations import build
from tests.privacy.build import asked

pytestmark = pytest.mark.django_db
RULE = "mediations"
OLD = dt.timedelta(days=400)


def held(cast, kind, reference):
    told = {"kind": kind, "reference": reference, "reason": "Enquête.", "until": today() + dt.timedelta(days=90)}
    return place_hold(actor=cast.dora.actor, **told)


def night(cast, code=RULE):
    """What the rule did and left."""
    run = run_rule(personal.rule(code), cast.organisation.pk)
    return (run.done, run.held) if run else (0, 0)


def two_old_cases(cast):
    """One of two neighbours, one still without a party; both left aside for more than a year."""
    cases = build.at_stage(cast, "entretiens"), build.opened(cast)
    Case.objects.update(moved_at=now() - OLD)
    return cases


def test_a_held_mediation_outlives_its_rule_and_the_others_do_not(cast):
    case, other = two_old_cases(cast)
    hold = held(cast, "mediation", case.reference)
    assert night(cast) == (1, 1)
    assert Case.objects.get(pk=case.pk).subject == build.SUBJECT
    assert Case.objects.get(pk=other.pk).erased_at is not None
    lift_hold(actor=cast.dora.actor, hold_id=hold.pk)
    assert night(cast) == (1, 0)
    assert Case.objects.get(pk=case.pk).subject == ""


def test_its_parties_are_not_erased_either_by_night_or_on_request(cast):
    case = build.at_stage(cast, "entretiens")
    hold = held(cast, "mediation", case.reference)
    person = Party.objects.get(case=case, letter="A").person
    request = asked(cast, kind="effacement", person=person)
    with pytest.raises(InvalidInput, match="litige"):
        erase_on_request(actor=cast.dora.actor, request_id=request.pk, typed=person.reference)
    Person.objects.update(last_contact_on=today() - dt.timedelta(days=900))
    assert night(cast, "personnes") == (0, 0)
    assert Person.objects.get(pk=person.pk).name
    lift_hold(actor=cast.dora.actor, hold_id=hold.pk)
    erase_on_request(actor=cast.dora.actor, request_id=request.pk, typed=person.reference)
    assert Person.objects.get(pk=person.pk).erased_at is not None


def test_a_mediation_between_two_held_persons_is_kept_and_counted_once(cast):
    two_old_cases(cast)
    for party in Party.objects.select_related("person"):
        held(cast, "personne", party.person.reference)
    counts = count_due(personal.rule(RULE), cast.organisation.pk, now() - dt.timedelta(days=365))
    assert (counts.due, counts.held) == (1, 1)
    assert night(cast) == (1, 1)
