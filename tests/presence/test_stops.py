"""Counting is exact: two phones at once, the same request twice, never below zero."""

import datetime as dt
import threading

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.time import now
from entremise.presence import queries, services
from entremise.presence.models import Stop, Tally, TallyTap
from tests.retention import carry_out

pytestmark = pytest.mark.django_db


def _count(stop):
    return queries.contacts_of([stop.pk])[stop.pk]


def test_nothing_to_report_takes_four_taps_and_no_form(cast, ground, out, stop):
    for _ in range(3):
        services.tally(actor=cast.samia.actor, stop_id=stop.pk)
    services.set_atmosphere(actor=cast.samia.actor, stop_id=stop.pk, atmosphere="ras")
    following = services.arrive_at_site(actor=cast.samia.actor, round_id=out.pk, site_id=ground.square.pk)
    stop.refresh_from_db()
    assert (_count(stop).total, stop.atmosphere, stop.left_at is not None) == (3, "ras", True)
    assert queries.current_stop(out) == following


def test_arriving_twice_is_one_stop(cast, ground, out, stop):
    assert services.arrive_at_site(actor=cast.paul.actor, round_id=out.pk, site_id=ground.hall.pk) == stop
    assert Stop.objects.count() == 1


def test_coming_back_is_another_stop(cast, ground, out, stop):
    services.arrive_at_site(actor=cast.samia.actor, round_id=out.pk, site_id=ground.square.pk)
    again = services.arrive_at_site(actor=cast.samia.actor, round_id=out.pk, site_id=ground.hall.pk)
    assert again != stop
    assert Stop.objects.filter(left_at=None).get() == again


def test_the_same_request_twice_counts_once(cast, stop):
    assert services.tally(actor=cast.samia.actor, stop_id=stop.pk, token="a") is True
    assert services.tally(actor=cast.samia.actor, stop_id=stop.pk, token="a") is False
    assert services.tally(actor=cast.samia.actor, stop_id=stop.pk, token="b") is True
    assert _count(stop).total == 2


def test_one_less_never_goes_below_zero(cast, stop):
    assert services.tally(actor=cast.samia.actor, stop_id=stop.pk, step=-1) is False
    services.tally(actor=cast.samia.actor, stop_id=stop.pk, band="douze_dix_huit")
    assert services.tally(actor=cast.samia.actor, stop_id=stop.pk, step=-1, band="moins_de_douze") is False
    assert services.tally(actor=cast.samia.actor, stop_id=stop.pk, step=-1) is True, "takes back the latest"
    assert services.tally(actor=cast.samia.actor, stop_id=stop.pk, step=-1) is False
    assert _count(stop).total == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Tally.objects.filter(stop=stop).update(count=-1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"step": 2}, "step"),
        ({"step": 0}, "step"),
        ({"band": "vieux"}, "band"),
        ({"token": "x" * 65}, "token"),
        ({"token": "\x00"}, "token"),
    ],
)
def test_impossible_counts_are_refused(cast, stop, wrong, field):
    with pytest.raises(InvalidInput) as refusal:
        services.tally(actor=cast.samia.actor, stop_id=stop.pk, **wrong)
    assert field in refusal.value.errors
    assert _count(stop).total == 0


def test_bands_are_told_youngest_first(cast, stop):
    for band in ("soixante_dix_plus", "moins_de_douze", "moins_de_douze", "non_communique"):
        services.tally(actor=cast.samia.actor, stop_id=stop.pk, band=band)
    assert _count(stop).told == [("Moins de 12 ans", 2), ("70 ans et plus", 1)]
    assert _count(stop).total == 4


def test_a_closed_round_counts_no_more(cast, ground, out, stop):
    services.close_round(actor=cast.samia.actor, round_id=out.pk)
    for attempt in (
        lambda: services.tally(actor=cast.samia.actor, stop_id=stop.pk),
        lambda: services.set_atmosphere(actor=cast.samia.actor, stop_id=stop.pk, atmosphere="ras"),
        lambda: services.arrive_at_site(actor=cast.samia.actor, round_id=out.pk, site_id=ground.hall.pk),
    ):
        with pytest.raises(InvalidInput, match="terminée"):
            attempt()


def test_unknown_answers_are_refused_and_answers_taken_back(cast, stop):
    with pytest.raises(InvalidInput):
        services.set_atmosphere(actor=cast.samia.actor, stop_id=stop.pk, atmosphere="dangereux")
    with pytest.raises(InvalidInput):
        services.set_reception(actor=cast.samia.actor, stop_id=stop.pk, reception="hostile")
    assert services.set_reception(actor=cast.samia.actor, stop_id=stop.pk, reception="accepte").reception == "accepte"
    assert services.set_reception(actor=cast.samia.actor, stop_id=stop.pk, reception="").reception == ""


def test_a_site_or_a_stop_of_others_does_not_exist(cast, ground, out, stop):
    with pytest.raises(NotFound):
        services.arrive_at_site(actor=cast.samia.actor, round_id=out.pk, site_id=ground.foreign_site.pk)
    for person in (cast.ines, cast.hugo):
        with pytest.raises(NotFound):
            services.tally(actor=person.actor, stop_id=stop.pk)
    with pytest.raises(NotAllowed):
        services.tally(actor=cast.leo.actor, stop_id=stop.pk)


def test_arrival_hours_must_be_possible(cast, ground, out):
    for moment in (now() + dt.timedelta(hours=1), out.started_at - dt.timedelta(hours=1)):
        with pytest.raises(InvalidInput):
            services.arrive_at_site(actor=cast.samia.actor, round_id=out.pk, site_id=ground.hall.pk, at=moment)


def test_tokens_are_swept_after_two_days(cast, stop):
    services.tally(actor=cast.samia.actor, stop_id=stop.pk, token="a")
    assert carry_out("gestes", cast.organisation.pk) == 0
    with time_machine.travel(now() + dt.timedelta(days=3)):
        assert carry_out("gestes", cast.organisation.pk) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="threads need a server")
def test_two_phones_at_once_both_count(transactional_db, lifted_triggers, cast, stop):
    def work():
        for _ in range(10):
            services.tally(actor=cast.samia.actor, stop_id=stop.pk)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _count(stop).total == 30
    assert TallyTap.objects.count() == 0
