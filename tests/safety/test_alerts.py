"""An alert reaches those who can help, once, and says nothing it should not."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction

from entremise.core.errors import InvalidInput, NotFound
from entremise.core.ids import uuid7
from entremise.core.time import now, today
from entremise.journal.models import Entry
from entremise.presence import services as presence
from entremise.presence.queries import day_log
from entremise.safety import queries, services, tasks
from entremise.safety.enums import AlertOrigin
from entremise.safety.models import Alert, AlertCall
from entremise.safety.waiting import open_alerts

pytestmark = pytest.mark.django_db


def give(person, **facts):
    return services.raise_alert(actor=person.actor, **facts)


def test_an_alert_goes_to_the_team_with_its_place_and_nothing_else(cast, ground):
    alert = give(cast.samia, site_id=ground.hall.pk)
    for person in (cast.samia, cast.paul, cast.claire):
        assert list(queries.open_alerts(person.actor)) == [alert]
    for person in (cast.hugo, cast.alban, cast.dora, cast.leo, cast.ines, cast.clara):
        assert list(queries.open_alerts(person.actor)) == []
    (entry,) = Entry.objects.filter(target_id=alert.pk)
    assert entry.payload["codes"] == {"origin": "geste"}


def test_the_same_identifier_sent_twice_is_one_alert(cast):
    pk = uuid7()
    assert give(cast.samia, pk=pk).pk == give(cast.samia, pk=pk).pk
    assert Alert.objects.count() == 1


def test_someone_else_s_identifier_is_never_answered(cast):
    pk = give(cast.samia).pk
    with pytest.raises(NotFound):
        give(cast.paul, pk=pk)
    with pytest.raises(NotFound):
        give(cast.ines, pk=pk)


@pytest.mark.parametrize("field", ["site", "team"])
def test_a_place_or_a_team_of_others_does_not_exist(cast, ground, field):
    facts = {"site": {"site_id": ground.foreign_site.pk}, "team": {"team_id": cast.other_team.pk}}[field]
    with pytest.raises(NotFound):
        give(cast.samia, **facts)
    assert not Alert.objects.exists()


def test_the_log_says_it_and_then_how_it_ended(cast, ground):
    alert = give(cast.samia, site_id=ground.hall.pk)
    (line,) = day_log(cast.paul.actor, cast.team.pk, today())
    assert (line.words.title, line.words.state_label) == ("Alerte de Samia", "En cours")
    services.close_alert(actor=cast.paul.actor, alert_id=alert.pk, end="securite")
    (line,) = day_log(cast.paul.actor, cast.team.pk, today())
    assert line.words.state_label == "Équipe en sécurité"


def test_those_on_duty_are_written_to_without_a_name_nor_a_place(cast, ground):
    presence.open_round(actor=cast.samia.actor, team_id=cast.team.pk, member_ids=[cast.paul.member.pk])
    alert = give(cast.samia, site_id=ground.hall.pk)
    assert tasks.call_duty.func(str(alert.pk)) == 2
    assert {one.to[0] for one in mail.outbox} == {"paul@exemple.test", "claire@exemple.test"}
    for message in mail.outbox:
        assert str(alert.pk) in message.body
        for word in ("Samia", "Hall", "Tisserands", "Passage"):
            assert word not in message.subject + message.body
    assert tasks.call_duty.func(str(alert.pk)) == 0  # the queue may run a task twice


def test_nobody_else_on_duty_the_whole_team_is_written_to(cast):
    alert = give(cast.claire)
    assert {call.member_id for call in services.call_duty(alert.pk)} == {cast.samia.member.pk, cast.paul.member.pk}


def test_the_chain_passes_from_rung_to_rung_until_someone_sees_to_it(cast, chain):
    with time_machine.travel(now(), tick=False) as clock:
        alert = give(cast.samia)
        first, again = services.call_next(alert.pk)
        assert (first.member_id, again) == (cast.claire.member.pk, now() + dt.timedelta(minutes=5))
        assert services.call_next(alert.pk) == (None, again)  # its hour has not come
        clock.shift(dt.timedelta(minutes=5))
        second, _ = services.call_next(alert.pk)
        assert (second.member_id, second.rung_id) == (None, chain[1].pk)
        services.answer_alert(actor=cast.paul.actor, alert_id=alert.pk, kind="charge")
        clock.shift(dt.timedelta(minutes=30))
        assert services.call_next(alert.pk) == (None, None)
    assert AlertCall.objects.count() == 2


def test_a_chain_that_nobody_answered_says_so(cast, chain, signed_in):
    with time_machine.travel(now(), tick=False) as clock:
        alert = give(cast.samia)
        for _ in range(3):
            services.call_next(alert.pk)
            clock.shift(dt.timedelta(minutes=11))
        assert services.overdue_alerts() == []
    page = signed_in(cast.paul).get(f"/securite/alertes/{alert.pk}/").content.decode()
    assert "Personne n’a répondu" in page
    assert "06 00 00 00 02" in page


def test_seeing_and_taking_are_said_to_everyone_and_change_the_mark(cast):
    alert = give(cast.samia)
    before = queries.open_version(cast.samia.actor)
    services.answer_alert(actor=cast.paul.actor, alert_id=alert.pk)
    seen = queries.open_version(cast.samia.actor)
    services.answer_alert(actor=cast.paul.actor, alert_id=alert.pk)
    assert queries.open_version(cast.samia.actor) == seen != before
    services.answer_alert(actor=cast.paul.actor, alert_id=alert.pk, kind="charge")
    alert.refresh_from_db()
    assert (alert.taken_by_id, alert.next_call_at) == (cast.paul.member.pk, None)
    with pytest.raises(InvalidInput):
        services.answer_alert(actor=cast.samia.actor, alert_id=alert.pk)


def test_closing_asks_how_it_ended_and_is_said_once(cast):
    alert = give(cast.samia)
    with pytest.raises(InvalidInput):
        services.close_alert(actor=cast.samia.actor, alert_id=alert.pk, end="")
    services.close_alert(actor=cast.samia.actor, alert_id=alert.pk, end="erreur")
    services.close_alert(actor=cast.paul.actor, alert_id=alert.pk, end="secours")
    alert.refresh_from_db()
    assert (alert.end, alert.closed_by_id) == ("erreur", cast.samia.member.pk)
    assert open_alerts(cast.paul.actor) == []


def test_an_open_alert_cannot_carry_an_end(cast):
    alert = give(cast.samia)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.filter(pk=alert.pk).update(end="secours")


def test_a_discreet_alert_is_never_shown_to_the_one_it_is_about_nor_in_the_log(cast, chain, signed_in):
    alert = give(cast.samia, origin=AlertOrigin.CONTRAINTE)
    assert list(queries.open_alerts(cast.claire.actor)) == [alert]
    for person in (cast.samia, cast.paul):
        assert list(queries.open_alerts(person.actor)) == []
        assert day_log(person.actor, cast.team.pk, today()) == []
        assert signed_in(person).get(f"/securite/alertes/{alert.pk}/").status_code == 404
        assert open_alerts(person.actor) == []
    assert [call.member_id for call in services.call_duty(alert.pk)] == [cast.claire.member.pk]


def test_a_coordinator_under_duress_sees_nothing_of_their_own_alert(cast):
    give(cast.claire, origin=AlertOrigin.CONTRAINTE)
    assert list(queries.open_alerts(cast.claire.actor)) == []


def test_whom_the_chain_called_may_read_the_alert_whatever_their_role(cast):
    services.set_chain(actor=cast.alban.actor, rungs=[services.RungFacts(member_id=cast.alban.member.pk)])
    alert = give(cast.samia)
    assert list(queries.open_alerts(cast.alban.actor)) == []
    services.call_next(alert.pk)
    assert list(queries.open_alerts(cast.alban.actor)) == [alert]
    assert list(queries.open_alerts(cast.leo.actor)) == []


def test_a_stopped_worker_is_made_up_for_by_the_watch(cast, chain):
    give(cast.samia)
    assert tasks.watch() == "0 minuteurs échus, 1 alertes reprises"
    assert [one.to for one in mail.outbox] == [["claire@exemple.test"]]
    assert tasks.watch() == "0 minuteurs échus, 0 alertes reprises"
