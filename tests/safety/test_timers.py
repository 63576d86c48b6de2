"""A timer is armed only when someone watches it, raises the alarm at its hour, and never betrays a code of duress."""

import datetime as dt

import pytest
import time_machine

from entremise.core.errors import InvalidInput, NotFound
from entremise.core.ids import uuid7
from entremise.core.time import now
from entremise.journal.models import Entry
from entremise.safety import queries, services, tasks
from entremise.safety.enums import AlertOrigin, TimerState
from entremise.safety.models import Alert, PresenceTimer, SafetyCodes
from entremise.safety.verification import check_timers

pytestmark = pytest.mark.django_db
END, DURESS = "2580", "4711"


@pytest.fixture
def clock():
    with time_machine.travel(now(), tick=False) as moved:
        yield moved


@pytest.fixture
def codes(cast):
    services.set_codes(actor=cast.samia.actor, end=END, duress=DURESS)


def arm(person, minutes=30, **facts):
    return services.arm_timer(actor=person.actor, minutes=minutes, **facts)


def end(person, timer, code=""):
    return services.end_timer(actor=person.actor, timer_id=timer.pk, code=code)


def test_a_timer_is_not_armed_until_a_worker_watches_it(cast):
    timer = arm(cast.samia)
    assert timer.state == TimerState.ATTENTE
    tasks.watch_timer.func(str(timer.pk))
    assert queries.current_timer(cast.samia.actor).state == TimerState.ARME


def test_the_alarm_is_raised_at_its_hour_with_the_place_of_the_timer(cast, ground, chain, clock):
    timer = arm(cast.samia, 15, site_id=ground.hall.pk)
    clock.shift(dt.timedelta(minutes=14))
    assert tasks.fire_timer.func(str(timer.pk)) is False
    clock.shift(dt.timedelta(minutes=1))
    assert tasks.fire_timer.func(str(timer.pk)) is True
    assert tasks.fire_timer.func(str(timer.pk)) is False
    alert = Alert.objects.get()
    assert (alert.origin, alert.site_id, alert.author_id) == ("minuteur", ground.hall.pk, cast.samia.member.pk)
    assert list(queries.open_alerts(cast.samia.actor)) == [alert]
    assert queries.current_timer(cast.samia.actor).state == TimerState.ALARME


def test_prolonged_the_old_hour_means_nothing_and_a_worker_must_take_it_in_again(cast, clock):
    timer = arm(cast.samia, 15)
    tasks.watch_timer.func(str(timer.pk))
    clock.shift(dt.timedelta(minutes=10))
    prolonged = services.prolong_timer(actor=cast.samia.actor, timer_id=timer.pk, minutes=15)
    assert prolonged.state == TimerState.ATTENTE
    clock.shift(dt.timedelta(minutes=6))
    assert tasks.fire_timer.func(str(timer.pk)) is False
    clock.shift(dt.timedelta(minutes=10))
    assert tasks.fire_timer.func(str(timer.pk)) is True


def test_ended_in_time_it_raises_nothing(cast, clock):
    timer = end(cast.samia, arm(cast.samia))
    clock.shift(dt.timedelta(hours=1))
    assert tasks.watch() == "0 minuteurs échus, 0 alertes reprises"
    assert timer.state == TimerState.TERMINE
    assert end(cast.samia, timer).ended_at == timer.ended_at


@pytest.mark.parametrize("minutes", [0, 4, 241, -5])
def test_an_impossible_duration_is_refused(cast, minutes):
    with pytest.raises(InvalidInput):
        arm(cast.samia, minutes)


def test_one_timer_at_a_time_and_a_repeated_request_is_the_same_one(cast):
    pk = uuid7()
    assert arm(cast.samia, pk=pk).pk == arm(cast.samia, pk=pk).pk
    with pytest.raises(InvalidInput):
        arm(cast.samia)
    with pytest.raises(NotFound):
        arm(cast.paul, pk=pk)


def test_nothing_is_prolonged_beyond_eight_hours_nor_after_its_end(cast, clock):
    timer = arm(cast.samia, 240)
    clock.shift(dt.timedelta(hours=5))
    with pytest.raises(InvalidInput):
        services.prolong_timer(actor=cast.samia.actor, timer_id=timer.pk, minutes=240)
    end(cast.samia, timer)
    with pytest.raises(InvalidInput):
        services.prolong_timer(actor=cast.samia.actor, timer_id=timer.pk, minutes=15)


def test_a_timer_is_its_member_s_own(cast):
    timer = arm(cast.samia)
    for person in (cast.paul, cast.claire, cast.ines):
        with pytest.raises(NotFound):
            end(person, timer)


def test_codes_are_hashed_and_must_differ(cast, codes):
    kept = SafetyCodes.objects.get()
    assert END not in kept.end_hash
    assert DURESS not in kept.duress_hash
    for wrong in ({"end": "12", "duress": DURESS}, {"end": END, "duress": END}, {"end": "abcd", "duress": DURESS}):
        with pytest.raises(InvalidInput):
            services.set_codes(actor=cast.samia.actor, **wrong)


def test_the_code_of_duress_ends_the_timer_in_appearance_and_raises_the_alarm(cast, codes):
    timer = end(cast.samia, arm(cast.samia), DURESS)
    assert timer.state == TimerState.TERMINE
    assert Alert.objects.get().origin == AlertOrigin.CONTRAINTE
    assert not queries.open_alerts(cast.samia.actor).exists()
    told = [entry.payload["codes"] for entry in Entry.objects.filter(target_id=timer.pk, name="safety.timer_ended")]
    assert told == [{}]


def test_the_code_of_the_end_raises_nothing(cast, codes):
    end(cast.samia, arm(cast.samia), END)
    assert not Alert.objects.exists()


def test_the_third_wrong_code_raises_the_alarm_and_says_only_that_it_is_wrong(cast, codes):
    timer = arm(cast.samia)
    said = []
    for _ in range(4):
        with pytest.raises(InvalidInput) as refusal:
            end(cast.samia, timer, "0000")
        said.append(refusal.value.errors)
    assert said == [said[0]] * 4
    alert = Alert.objects.get()
    assert alert.origin == AlertOrigin.CODES
    assert not queries.open_alerts(cast.samia.actor).exists()
    assert end(cast.samia, timer, END).state == TimerState.TERMINE


def test_verify_says_when_nobody_watches(cast, clock):
    timer = arm(cast.samia, 5)
    assert check_timers().holds
    clock.shift(dt.timedelta(minutes=8))
    assert not check_timers().holds
    assert tasks.watch() == "1 minuteurs échus, 1 alertes reprises"
    assert check_timers().holds
    assert PresenceTimer.objects.get(pk=timer.pk).fired_at is not None


def test_who_leaves_takes_codes_and_rungs_with_them(cast, chain, codes):
    services.forget_member(cast.organisation.pk, cast.samia.member.pk)
    services.forget_member(cast.organisation.pk, cast.claire.member.pk)
    assert not SafetyCodes.objects.exists()
    assert [(rung.member_id, rung.phone) for rung in queries.chain_of(cast.organisation.pk)] == [
        (None, "06 00 00 00 01"),
        (None, "06 00 00 00 02"),
    ]
