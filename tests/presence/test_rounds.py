"""A round is opened, closed and merged by people only, with hours that are possible."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.time import now
from entremise.journal.models import Entry
from entremise.presence import queries, services
from entremise.presence.enums import LogKind, RoundStatus
from entremise.presence.models import LogEntry, Round

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def _lines(cast, kind):
    return LogEntry.objects.filter(team=cast.team, kind=kind, withdrawn_at=None)


def test_opening_puts_the_pair_in_the_log(cast, out):
    line = _lines(cast, LogKind.PRISE_SERVICE).get()
    assert set(line.codes["members"]) == {str(cast.samia.member.pk), str(cast.paul.member.pk)}
    assert queries.current_round(cast.paul.actor) == out
    assert queries.current_round(cast.claire.actor) is None


def test_closing_keeps_hours_to_the_minute_and_hands_over(cast, ground, out, stop):
    services.tally(actor=cast.samia.actor, stop_id=stop.pk)
    with time_machine.travel(now() + 2 * HOUR + dt.timedelta(seconds=29), tick=False):
        closed = services.close_round(actor=cast.paul.actor, round_id=out.pk, handover="Repasser place des Marronniers")
    stop.refresh_from_db()
    assert (closed.status, closed.minutes) == (RoundStatus.TERMINEE, 120)
    assert stop.left_at == closed.ended_at
    assert _lines(cast, LogKind.FIN_SERVICE).get().codes["contacts"] == 1
    assert _lines(cast, LogKind.CONSIGNE).get().text == "Repasser place des Marronniers"
    assert queries.current_round(cast.samia.actor) is None


@pytest.mark.parametrize(
    ("begin", "end", "field"),
    [
        (-2 * HOUR, -3 * HOUR, "ended_at"),
        (-2 * HOUR, HOUR, "ended_at"),
        (HOUR, 2 * HOUR, "started_at"),
        (-20 * HOUR, dt.timedelta(0), "ended_at"),
        (-24 * 365 * 50 * HOUR, dt.timedelta(0), "started_at"),
    ],
)
def test_impossible_hours_are_refused_beside_their_field(cast, out, begin, end, field):
    with pytest.raises(InvalidInput) as refusal:
        services.close_round(
            actor=cast.samia.actor, round_id=out.pk, started_at=now() + begin, ended_at=now() + end, handover="x"
        )
    assert field in refusal.value.errors
    out.refresh_from_db()
    assert out.is_open
    assert not _lines(cast, LogKind.CONSIGNE).exists()


def test_the_database_itself_refuses_an_end_before_a_start(cast, out):
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=out.pk).update(status="terminee", minutes=1, ended_at=out.started_at - HOUR)


def test_a_forgotten_round_is_offered_for_closing_and_never_closed_alone(cast, out):
    with time_machine.travel(now() + 15 * HOUR, tick=False):
        assert list(queries.rounds_left_open(cast.claire.actor)) == [out]
        again = services.open_round(actor=cast.samia.actor, team_id=cast.team.pk)
        out.refresh_from_db()
        assert out.is_open
        assert queries.current_round(cast.samia.actor) == again


def test_one_is_not_out_twice_at_the_same_time(cast, out):
    with pytest.raises(InvalidInput, match="déjà en tournée"):
        services.open_round(actor=cast.paul.actor, team_id=cast.team.pk)


def test_a_colleague_joins_a_round_once(cast, out):
    services.join_round(actor=cast.claire.actor, round_id=out.pk)
    services.join_round(actor=cast.claire.actor, round_id=out.pk)
    assert len(queries.people_of([out])[out.pk]) == 3
    assert str(cast.claire.member.pk) in _lines(cast, LogKind.PRISE_SERVICE).get().codes["members"]


def test_planning_then_opening_keeps_the_people(cast, ground):
    planned = services.plan_round(
        actor=cast.claire.actor,
        team_id=cast.team.pk,
        kind="abords_ecole",
        planned_start=now() + HOUR,
        planned_end=now() + 3 * HOUR,
        sector_id=ground.sector.pk,
        member_ids=[cast.paul.member.pk],
    )
    opened = services.open_planned_round(actor=cast.samia.actor, round_id=planned.pk)
    assert opened.is_open
    assert set(queries.people_of([opened])[opened.pk]) == {cast.paul.member.pk, cast.samia.member.pk}
    assert services.open_planned_round(actor=cast.samia.actor, round_id=planned.pk) == opened


def test_a_plan_that_cannot_be_is_refused(cast, ground):
    with pytest.raises(InvalidInput) as refusal:
        services.plan_round(
            actor=cast.samia.actor,
            team_id=cast.team.pk,
            kind="patrouille",
            planned_start=now() + 2 * HOUR,
            planned_end=now() + HOUR,
            member_ids=[cast.ines.member.pk],
        )
    assert set(refusal.value.errors) == {"kind", "planned_end", "member_ids"}
    with pytest.raises(InvalidInput):
        services.plan_round(
            actor=cast.samia.actor, team_id=cast.team.pk, kind="tournee", planned_start=now() - 48 * HOUR
        )


def test_only_a_planned_round_is_cancelled(cast, out):
    planned = services.plan_round(
        actor=cast.claire.actor, team_id=cast.team.pk, kind="permanence", planned_start=now() + HOUR
    )
    assert services.cancel_round(actor=cast.claire.actor, round_id=planned.pk).status == RoundStatus.ANNULEE
    with pytest.raises(InvalidInput):
        services.cancel_round(actor=cast.claire.actor, round_id=out.pk)
    with pytest.raises(InvalidInput):
        services.open_planned_round(actor=cast.samia.actor, round_id=planned.pk)
    with pytest.raises(InvalidInput):
        services.close_round(actor=cast.samia.actor, round_id=planned.pk)


def test_strangers_and_other_teams_do_not_see_the_round(cast, ground, out):
    for person in (cast.ines, cast.clara, cast.hugo):
        with pytest.raises(NotFound):
            services.close_round(actor=person.actor, round_id=out.pk)
        assert not queries.list_rounds(person.actor).exists()
    with pytest.raises(NotFound):
        services.open_round(actor=cast.hugo.actor, team_id=cast.team.pk)
    with pytest.raises(NotFound):
        services.open_round(actor=cast.claire.actor, team_id=cast.team.pk, sector_id=ground.foreign_sector.pk)


def test_administrator_officer_and_auditor_do_not_work_on_the_field(cast, out):
    for person in (cast.alban, cast.dora, cast.leo):
        with pytest.raises(NotAllowed):
            services.open_round(actor=person.actor, team_id=cast.team.pk)
        with pytest.raises(NotAllowed):
            services.join_round(actor=person.actor, round_id=out.pk)


def test_every_write_leaves_an_event(cast, out, stop):
    services.close_round(actor=cast.samia.actor, round_id=out.pk)
    names = set(Entry.objects.values_list("name", flat=True))
    assert {"round.opened", "stop.reached", "round.closed"} <= names


def test_hours_of_a_closed_round_can_be_corrected_without_a_second_line(cast, out):
    services.close_round(actor=cast.samia.actor, round_id=out.pk)
    end = now()
    again = services.close_round(actor=cast.samia.actor, round_id=out.pk, started_at=end - 3 * HOUR, ended_at=end)
    assert again.minutes == 180
    assert _lines(cast, LogKind.FIN_SERVICE).count() == 1
    assert _lines(cast, LogKind.FIN_SERVICE).get().codes["minutes"] == 180
