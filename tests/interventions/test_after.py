"""What follows an act: going back, what comes back by itself, what the team decides, how a mediator reads each side."""

import datetime as dt

import pytest
import time_machine
from django.http import QueryDict
from django.urls import reverse

from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.ids import uuid7
from entremise.core.time import now, today
from entremise.interventions import services
from entremise.interventions.commands import RecordIntervention
from entremise.interventions.exports.actions import export
from entremise.interventions.models import Intervention, PartyReading, ReturnVisit, TeamAction
from entremise.interventions.personal import ACTIONS, READINGS
from entremise.interventions.queries import after as queries
from entremise.interventions.services.rereading import clear_words
from entremise.interventions.waiting import waiting_for
from entremise.journal.models import Entry
from entremise.presence import services as presence
from tests.presence.conftest import ground

__all__ = ["ground"]
pytestmark = pytest.mark.django_db
TEXT = "Convenir avec le gardien d’un horaire pour le local."


def note(cast, site, *, by=None, team=None, **changes) -> Intervention:
    facts = {
        "registers": ("conflit_temps_reel",),
        "outcome": "apaise",
        "conflict_objects": ("bruit",),
        "occurred_at": now() - dt.timedelta(hours=1),
    } | changes
    person = by or cast.samia
    command = RecordIntervention(id=uuid7(), team_id=team or cast.team.pk, site_id=site.pk, **facts)
    return services.record_intervention(actor=person.actor, command=command)


def act_on(cast, **changes):
    facts = {"team_id": cast.team.pk, "text": TEXT, "owner_id": cast.paul.member.pk, "due_on": today()} | changes
    return services.open_action(actor=cast.samia.actor, **facts)


def html(answer) -> str:
    return answer.content.decode()


def kinds(person) -> set[str]:
    return {item.kind for item in waiting_for(person.actor)}


def test_ticking_go_back_on_a_conflict_dates_the_visit_for_the_day_after(cast, ground):
    act = note(cast, ground.hall, follow_ups=("repassage",))
    visit = ReturnVisit.objects.get(act=act)
    assert visit.due_on == max(today(), (now() - dt.timedelta(hours=1)).date() + dt.timedelta(days=1))
    assert "interventions.returns" not in kinds(cast.paul)
    with time_machine.travel(now() + dt.timedelta(days=2)):
        assert "interventions.returns" in kinds(cast.paul)
        assert "interventions.returns" not in kinds(cast.hugo)


@pytest.mark.parametrize(
    "changes",
    [{"registers": ("presence_active",), "conflict_objects": ()}, {"visibility": "auteurs"}, {"follow_ups": ()}],
)
def test_nothing_is_planned_that_nobody_asked_or_that_would_tell_a_secret(cast, ground, changes):
    note(cast, ground.hall, **({"follow_ups": ("repassage",)} | changes))
    assert not ReturnVisit.objects.exists()


def test_one_gesture_plans_it_once_and_a_stop_at_the_place_does_it(cast, ground, signed_in):
    act = note(cast, ground.hall)
    client = signed_in(cast.paul)
    for _ in range(2):
        client.post(reverse("interventions:plan_return", args=[act.pk]))
    visit = ReturnVisit.objects.get()
    outing = presence.open_round(actor=cast.paul.actor, team_id=cast.team.pk)
    presence.arrive_at_site(actor=cast.paul.actor, round_id=outing.pk, site_id=ground.hall.pk)
    visit.refresh_from_db()
    assert visit.done_at is None  # the same evening is not the day after
    with time_machine.travel(now() + dt.timedelta(days=1, hours=1)):
        presence.arrive_at_site(actor=cast.paul.actor, round_id=outing.pk, site_id=ground.square.pk)
        visit.refresh_from_db()
        assert visit.done_at is None
        presence.arrive_at_site(actor=cast.paul.actor, round_id=outing.pk, site_id=ground.hall.pk)
        visit.refresh_from_db()
        assert visit.done_how == "passage"
        assert "Passage au lieu" in html(signed_in(cast.paul).get(reverse("interventions:detail", args=[act.pk])))
    codes = [entry.payload["codes"] for entry in Entry.objects.filter(name="intervention.return_done")]
    assert codes == [{"how": "passage"}]


def test_another_act_at_the_place_does_it_too_and_another_team_does_not(cast, ground):
    visit = services.plan_return(actor=cast.samia.actor, intervention_id=note(cast, ground.hall).pk)
    with time_machine.travel(now() + dt.timedelta(days=2)):
        note(cast, ground.hall, by=cast.hugo, team=cast.other_team.pk)
        visit.refresh_from_db()
        assert visit.done_at is None
        note(cast, ground.hall)
        visit.refresh_from_db()
        assert visit.done_how == "acte"


def test_the_team_may_lift_a_visit_and_nobody_else(cast, ground):
    visit = services.plan_return(actor=cast.samia.actor, intervention_id=note(cast, ground.hall).pk)
    for person in (cast.hugo, cast.ines):
        with pytest.raises(NotFound):
            services.lift_return(actor=person.actor, visit_id=visit.pk)
    assert services.lift_return(actor=cast.paul.actor, visit_id=visit.pk).done_how == "leve"


def test_what_comes_back_is_found_at_the_third_time_and_forgotten_after_thirty_days(cast, ground):
    for hours in (50, 26):
        note(cast, ground.hall, occurred_at=now() - dt.timedelta(hours=hours))
    assert queries.recurrences(cast.paul.actor) == []
    note(cast, ground.hall)
    note(cast, ground.square)
    (found,) = queries.recurrences(cast.paul.actor)
    assert (found.site_id, found.code, found.times, found.action) == (ground.hall.pk, "bruit", 3, None)
    assert queries.recurrences(cast.hugo.actor) == []
    with time_machine.travel(now() + dt.timedelta(days=29)):
        assert queries.recurrences(cast.paul.actor) == []


def test_what_would_point_at_a_home_or_was_kept_apart_is_never_gathered(cast, ground):
    for _ in range(4):
        note(cast, ground.hall, conflict_objects=("harcelement",))
        note(cast, ground.hall, visibility="auteurs")
        note(cast, ground.square, visibility="encadrement")
    assert queries.recurrences(cast.claire.actor) == []


def test_a_tension_that_comes_back_opens_an_action_that_it_then_shows(cast, ground, signed_in):
    for _ in range(3):
        note(cast, ground.hall)
    client = signed_in(cast.samia)
    page = html(client.get(reverse("interventions:after")))
    assert "au moins 3 fois en 30 jours" in page
    address = f"{reverse('interventions:open_action')}?lieu={ground.hall.pk}&equipe={cast.team.pk}&objet=bruit"
    assert "Bruit" in html(client.get(address))
    data = {"text": TEXT, "owner_id": cast.paul.member.pk, "due_on": today(), "team_id": cast.team.pk}
    client.post(address, data | {"site_id": ground.hall.pk})
    action = TeamAction.objects.get()
    assert (action.origin, action.conflict_object, action.site_id) == ("recurrence", "bruit", ground.hall.pk)
    assert queries.recurrences(cast.paul.actor)[0].action == action


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "Voir Mme Durand au 06 12 34 56 78"),
        ("text", "x" * 2_000_000),
        ("owner_id", None),
        ("due_on", dt.date(2001, 1, 1)),
        ("due_on", None),
    ],
)
def test_an_action_names_nobody_has_someone_and_a_date(cast, field, value):
    with pytest.raises(InvalidInput) as refusal:
        act_on(cast, **{field: value})
    assert field in refusal.value.errors
    assert not TeamAction.objects.exists()


def test_an_action_is_the_team_s_and_is_done_once(cast):
    action = act_on(cast)
    assert "interventions.actions" in kinds(cast.paul)
    assert "interventions.actions" not in kinds(cast.samia)
    for person in (cast.hugo, cast.ines):
        with pytest.raises(NotFound):
            services.finish_action(actor=person.actor, action_id=action.pk)
    services.finish_action(actor=cast.claire.actor, action_id=action.pk)
    again = services.finish_action(actor=cast.paul.actor, action_id=action.pk)
    assert again.done_by_id == cast.claire.member.pk
    assert "interventions.actions" not in kinds(cast.paul)
    with pytest.raises(NotFound):
        act_on(cast, team_id=cast.other_team.pk)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_actions_filters_sorts_and_costs_the_same(
    cast, ground, signed_in, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        act_on(cast, site_id=ground.hall.pk)
    client = signed_in(cast.samia)
    with django_assert_max_num_queries(13):
        page = html(client.get(reverse("interventions:actions"), {"tri": "-origine", "qui": cast.paul.member.pk}))
    assert page.count('data-label="Action"') == rows
    assert "Aucune action" in html(client.get(reverse("interventions:actions"), {"etat": "faites"}))
    lines = list(export.rows(cast.samia.actor, QueryDict("etat=retard")))
    assert lines == []
    lines = list(export.rows(cast.samia.actor, QueryDict("")))
    assert [line[1] for line in lines] == [TEXT] * rows
    assert "Paul" not in str(lines)


def test_a_reading_is_chosen_kept_sealed_and_seen_by_its_mediators_and_coordinator(cast, ground, signed_in):
    act = note(cast, ground.hall, second_author_id=cast.paul.member.pk)
    address = reverse("interventions:reading", args=[act.pk, "a"])
    assert signed_in(cast.paul).post(address, {"stage": "4", "needs": "Dormir avant six heures."}).status_code == 302
    assert "Dormir" not in str(PartyReading.objects.values_list("needs", flat=True).get())
    detail = reverse("interventions:detail", args=[act.pk])
    for person, sees in ((cast.samia, True), (cast.paul, True), (cast.claire, True)):
        assert ("Dormir avant six heures." in html(signed_in(person).get(detail))) is sees
    assert signed_in(cast.claire).get(address).status_code == 403
    assert signed_in(cast.ines).get(address).status_code == 404
    assert signed_in(cast.paul).get(reverse("interventions:reading", args=[act.pk, "c"])).status_code == 404


def test_a_colleague_who_was_not_there_reads_the_act_and_not_the_readings(cast, ground, signed_in):
    act = note(cast, ground.hall)
    services.read_party(actor=cast.samia.actor, intervention_id=act.pk, party="b", stage=2, texts={"fears": "Perdre."})
    page = html(signed_in(cast.paul).get(reverse("interventions:detail", args=[act.pk])))
    assert "Perdre." not in page
    with pytest.raises(NotAllowed):
        services.read_party(actor=cast.paul.actor, intervention_id=act.pk, party="b", stage=3, texts={})


@pytest.mark.parametrize(("field", "value"), [("stage", 10), ("party", "c"), ("positions", "x" * 2_000_000)])
def test_a_reading_that_cannot_be_kept_is_said(cast, ground, field, value):
    act = note(cast, ground.hall)
    facts = {"party": "a", "stage": 1, "texts": {}}
    facts |= {"texts": {field: value}} if field == "positions" else {field: value}
    with pytest.raises(InvalidInput) as refusal:
        services.read_party(actor=cast.samia.actor, intervention_id=act.pk, **facts)
    assert field in refusal.value.errors


def test_an_empty_reading_is_erased_and_readings_leave_with_the_words(cast, ground):
    act = note(cast, ground.hall)
    for party in "ab":
        services.read_party(
            actor=cast.samia.actor, intervention_id=act.pk, party=party, stage=None, texts={"needs": "x"}
        )
    assert services.read_party(actor=cast.samia.actor, intervention_id=act.pk, party="a", stage=None, texts={}) is None
    assert PartyReading.objects.get().party == "b"
    clear_words([act.pk])
    assert not PartyReading.objects.exists()


def test_old_readings_and_finished_actions_are_due(cast, ground):
    act, action = note(cast, ground.hall), act_on(cast)
    services.read_party(actor=cast.samia.actor, intervention_id=act.pk, party="a", stage=1, texts={})
    later = now() + dt.timedelta(days=1)
    assert READINGS.due(cast.organisation.pk, later).count() == 1
    assert ACTIONS.due(cast.organisation.pk, later).count() == 0
    services.finish_action(actor=cast.samia.actor, action_id=action.pk)
    assert ACTIONS.due(cast.organisation.pk, later).count() == 1
    assert READINGS.apply(list(READINGS.due(cast.organisation.pk, later).values_list("pk", flat=True))) == 1
