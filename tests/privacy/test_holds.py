"""What is held stays, whatever is due, until the hold is over."""

import datetime as dt

import pytest
import time_machine

from entremise.core import personal
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.time import now, today
from entremise.privacy.models import Person, RetentionState
from entremise.privacy.queries.holds import held_persons
from entremise.privacy.services.holds import lift_hold, renew_hold
from entremise.privacy.services.retention import run_rule
from tests.privacy.retention_world import RULE, followed, go, hold

pytestmark = pytest.mark.django_db


def test_a_held_person_is_skipped_and_counted(cast):
    first, second = followed(cast, 2)
    hold(cast, first)
    assert first.pk in held_persons(cast.organisation.pk)
    assert second.pk not in held_persons(cast.organisation.pk)
    run = go(cast)
    assert (run.due, run.done, run.held) == (2, 1, 1)
    assert Person.objects.get(pk=first.pk).name == "Awa D."
    state = RetentionState.objects.get(organisation=cast.organisation, rule_code=RULE)
    assert (state.due, state.held) == (0, 1)


def test_a_hold_that_is_over_or_lifted_holds_no_more(cast):
    first, second = followed(cast, 2)
    hold(cast, first)
    lift_hold(actor=cast.dora.actor, hold_id=hold(cast, second).pk)
    with time_machine.travel(now() + dt.timedelta(days=91), tick=False):
        assert first.pk not in held_persons(cast.organisation.pk)
        assert go(cast).done == 2


def test_a_hold_is_renewed_and_once_over_placed_again(cast):
    (person,) = followed(cast)
    known = hold(cast, person)
    with pytest.raises(InvalidInput):
        hold(cast, person)
    renewed = renew_hold(actor=cast.dora.actor, hold_id=known.pk, until=today() + dt.timedelta(days=300))
    assert renewed.renewals == 1
    with time_machine.travel(now() + dt.timedelta(days=301), tick=False):
        again = hold(cast, person)
        assert again.pk != known.pk
        assert person.pk in held_persons(cast.organisation.pk)


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "autre"},
        {"reference": "inconnue"},
        {"reference": ""},
        {"reference": "P" * 50},
        {"reason": " "},
        {"reason": "🙂" * 501},
        {"until": dt.date(2000, 1, 1)},
        {"until": dt.date(2200, 1, 1)},
    ],
)
def test_an_impossible_hold_is_refused_in_words(cast, facts):
    (person,) = followed(cast)
    with pytest.raises(InvalidInput) as refusal:
        hold(cast, person, **facts)
    assert list(refusal.value.errors) == list(facts)


def test_a_stranger_holds_nobody_here(cast):
    (person,) = followed(cast, there=True)
    with pytest.raises(InvalidInput):
        hold(cast, person)
    (mine,) = followed(cast)
    known = hold(cast, mine)
    officer = cast.dora.actor
    stranger = type(officer)(
        organisation_id=cast.other_organisation.pk, member_id=cast.clara.member.pk, roles=officer.roles
    )
    with pytest.raises(NotFound):
        lift_hold(actor=stranger, hold_id=known.pk)


def test_the_reason_of_a_hold_is_sealed_and_goes_a_year_after_its_end(cast):
    (person,) = followed(cast)
    known = hold(cast, person)
    rule = personal.rule("motifs-gels")
    with time_machine.travel(now() + dt.timedelta(days=90 + 366), tick=False):
        assert run_rule(rule, cast.organisation.pk).done == 1
    known.refresh_from_db()
    assert known.reason == ""
