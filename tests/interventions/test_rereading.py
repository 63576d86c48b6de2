"""Twelve months after an act: its words are read again, and go unless someone writes why they stay."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from entremise.core import personal
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.time import now, today
from entremise.interventions import services
from entremise.interventions.models import Intervention, InterventionCode, InterventionRevision
from entremise.interventions.queries.rereading import list_to_reread, next_to_reread
from entremise.interventions.waiting import waiting_for
from entremise.journal.models import Entry
from entremise.privacy.holdable import find, kinds
from entremise.privacy.services.holds import place_hold
from entremise.privacy.services.retention import choose_duration, run_rule
from tests.interventions.build import act as build_act
from tests.interventions.commands import correct_command, record_command
from tests.retention import carry_out

pytestmark = pytest.mark.django_db
WORDS = "Deux voisins sur le palier, ton posé."


def old(person, hall, days=400, **values):
    """An act of so many days ago, with a narrative."""
    values = {"narrative": WORDS, "party_a": "Une voisine"} | values
    return build_act(person, hall, occurred_at=now() - dt.timedelta(days=days), **values)


def text(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_an_act_knows_whether_it_has_words_whatever_wrote_them(cast, hall):
    act = services.record_intervention(actor=cast.samia.actor, command=record_command(cast.samia, hall))
    assert not Intervention.objects.get(pk=act.pk).has_words
    services.correct_intervention(actor=cast.samia.actor, command=correct_command(act, narrative=WORDS))
    assert Intervention.objects.get(pk=act.pk).has_words
    loaded = Intervention.objects.defer("narrative").get(pk=act.pk)
    loaded.save()
    assert Intervention.objects.get(pk=act.pk).has_words


def test_the_queue_holds_acts_of_a_year_of_ones_teams_the_oldest_first(cast, hall):
    first, second = old(cast.samia, hall, 500), old(cast.samia, hall, 400)
    old(cast.samia, hall, 300)
    old(cast.samia, hall, narrative="", party_a="")
    old(cast.samia, hall, visibility="auteurs")
    assert [act.pk for act in list_to_reread(cast.claire.actor)] == [first.pk, second.pk]
    assert next_to_reread(cast.claire.actor, first.pk).pk == second.pk
    assert not list_to_reread(cast.clara.actor).exists()
    assert not list_to_reread(cast.samia.actor).exists()
    assert [item.count for item in waiting_for(cast.claire.actor) if item.kind == "interventions.to_reread"] == [2]


def test_one_click_lets_the_words_go_and_keeps_the_figures(cast, hall, signed_in):
    act = old(cast.samia, hall, people_count=3, codes={"L17": ["dialogue"]})
    other = old(cast.samia, hall, 390)
    InterventionRevision.objects.create(
        organisation_id=act.organisation_id, intervention=act, version=2, author=cast.samia.member, changes="{}"
    )
    client = signed_in(cast.claire)
    assert WORDS in text(client.get(reverse("interventions:rereading")))
    answer = client.post(reverse("interventions:make_anonymous", args=[act.pk]), follow=True)
    assert other.reference in text(answer)
    act.refresh_from_db()
    assert (act.narrative, act.party_a, act.people_count, act.has_words) == ("", "", 3, False)
    assert not act.revisions.exists()
    assert InterventionCode.objects.filter(intervention=act, list_reference="L17").exists()
    assert Entry.objects.filter(name="intervention.made_anonymous", target_id=act.pk).count() == 1
    client.post(reverse("interventions:make_anonymous", args=[act.pk]))
    assert Entry.objects.filter(name="intervention.made_anonymous").count() == 1
    assert "Rendue anonyme" in text(client.get(reverse("interventions:detail", args=[act.pk])))


def test_a_text_is_kept_once_for_a_written_reason_then_goes(cast, hall, signed_in):
    act = old(cast.samia, hall)
    client = signed_in(cast.claire)
    until = today() + dt.timedelta(days=200)
    facts = {"reason": "La situation reprend chaque été.", "until": until}
    client.post(reverse("interventions:keep_words", args=[act.pk]), facts)
    act.refresh_from_db()
    assert (act.text_kept_until, act.text_kept_reason) == (until, "La situation reprend chaque été.")
    assert not list_to_reread(cast.claire.actor).exists()
    with time_machine.travel(now() + dt.timedelta(days=190), tick=False):
        assert carry_out("recits", cast.organisation.pk) == 0
        with pytest.raises(InvalidInput):
            services.keep_words(actor=cast.claire.actor, intervention_id=act.pk, reason="Encore.", until=until)
    with time_machine.travel(now() + dt.timedelta(days=201), tick=False):
        assert carry_out("recits", cast.organisation.pk) == 1
    act.refresh_from_db()
    assert (act.narrative, act.text_kept_reason) == ("", "")


@pytest.mark.parametrize(
    ("reason", "days", "field"),
    [
        ("", 30, "reason"),
        ("é" * 301, 30, "reason"),
        ("Rappeler le 06 12 34 56 78.", 30, "reason"),
        ("Reprend en été.", 0, "until"),
        ("Reprend en été.", 400, "until"),
    ],
)
def test_an_impossible_delay_is_refused_and_what_was_typed_stays(cast, hall, signed_in, reason, days, field):
    act = old(cast.samia, hall)
    until = today() + dt.timedelta(days=days)
    with pytest.raises(InvalidInput) as refusal:
        services.keep_words(actor=cast.claire.actor, intervention_id=act.pk, reason=reason, until=until)
    assert list(refusal.value.errors) == [field]
    answer = signed_in(cast.claire).post(
        reverse("interventions:keep_words", args=[act.pk]), {"reason": reason, "until": until}
    )
    assert answer.status_code == 422
    assert reason in text(answer)
    assert WORDS in text(answer)


def test_unread_words_go_by_themselves_at_eighteen_months_whoever_may_read_them(cast, hall):
    old(cast.samia, hall, 500)
    gone = [old(cast.samia, hall, 549), old(cast.samia, hall, 600, visibility="auteurs")]
    foreign = build_act(cast.ines, _elsewhere(cast), occurred_at=now() - dt.timedelta(days=900), narrative=WORDS)
    run = run_rule(personal.rule("recits"), cast.organisation.pk)
    assert run.done == 2
    assert {act.pk for act in Intervention.objects.filter(has_words=False)} == {act.pk for act in gone}
    assert Intervention.objects.get(pk=foreign.pk).narrative == WORDS


def _elsewhere(cast):
    from tests.interventions.build import site

    return site(cast.clara, name="Quai")


def test_the_words_of_a_followed_person_live_with_them(cast, hall):
    act = old(cast.samia, hall, 700)
    Intervention.objects.filter(pk=act.pk).update(sealed_for=cast.samia.member.pk)
    assert carry_out("recits", cast.organisation.pk) == 0
    assert not list_to_reread(cast.claire.actor).exists()


def test_the_organisations_own_duration_moves_the_queue(cast, hall):
    old(cast.samia, hall, 400)
    choose_duration(actor=cast.dora.actor, rule_code="recits", days=500, reason="Décidé au comité.")
    assert not list_to_reread(cast.claire.actor).exists()


def test_a_held_act_or_thread_keeps_its_words(cast, hall):
    act, joined, other = (old(cast.samia, hall, 600 + rank) for rank in range(3))
    thread = services.open_thread(actor=cast.samia.actor, intervention_id=joined.pk, label="bruit du bâtiment C")
    until = today() + dt.timedelta(days=30)
    for kind, reference in (("intervention", act.reference.lower()), ("fil", thread.reference.replace("-", " "))):
        place_hold(actor=cast.dora.actor, kind=kind, reference=reference, reason="Plainte.", until=until)
    run = run_rule(personal.rule("recits"), cast.organisation.pk)
    assert (run.done, run.held) == (1, 2)
    assert Intervention.objects.get(has_words=False).pk == other.pk


def test_a_reference_of_another_organisation_holds_nothing(cast, hall):
    act = old(cast.samia, hall)
    assert find("intervention", cast.organisation.pk, act.reference) == act.pk
    assert find("intervention", cast.other_organisation.pk, act.reference) is None
    for wrong in ("", "K7QF", "K7QF-2MX", "'; --", "é" * 30):
        for kind in kinds():
            assert find(kind, cast.organisation.pk, wrong) is None


def test_versions_of_an_act_without_words_go_after_a_year(cast, hall):
    act = services.record_intervention(actor=cast.samia.actor, command=record_command(cast.samia, hall))
    services.validate_intervention(actor=cast.claire.actor, intervention_id=act.pk)
    assert InterventionRevision.objects.count() == 1
    assert carry_out("versions", cast.organisation.pk) == 0
    with time_machine.travel(now() + dt.timedelta(days=366), tick=False):
        assert carry_out("versions", cast.organisation.pk) == 1


def test_threads_lose_their_label_a_year_after_their_last_act(cast, hall):
    act = old(cast.samia, hall, 10)
    thread = services.open_thread(actor=cast.samia.actor, intervention_id=act.pk, label="bruit du bâtiment C")
    with time_machine.travel(now() + dt.timedelta(days=360), tick=False):
        assert carry_out("fils", cast.organisation.pk) == 0
    with time_machine.travel(now() + dt.timedelta(days=367), tick=False):
        assert carry_out("fils", cast.organisation.pk) == 1
    thread.refresh_from_db()
    assert thread.label == ""


def test_only_a_coordinator_of_the_team_decides(cast, hall, signed_in):
    act = old(cast.samia, hall)
    with pytest.raises(NotAllowed):
        services.make_anonymous(actor=cast.samia.actor, intervention_id=act.pk)
    for stranger in (cast.ines, cast.clara):
        with pytest.raises(NotFound):
            services.make_anonymous(actor=stranger.actor, intervention_id=act.pk)
    assert signed_in(cast.samia).get(reverse("interventions:rereading")).status_code == 403
    assert signed_in(cast.clara).post(reverse("interventions:keep_words", args=[act.pk])).status_code == 404


def test_the_queue_costs_the_same_with_one_act_or_three(cast, hall, signed_in, django_assert_max_num_queries):
    client = signed_in(cast.claire)
    old(cast.samia, hall)
    client.get(reverse("interventions:rereading"))
    with django_assert_max_num_queries(40) as before:
        client.get(reverse("interventions:rereading"))
    for rank in range(2):
        old(cast.samia, hall, 410 + rank)
    with django_assert_max_num_queries(40) as after:
        client.get(reverse("interventions:rereading"))
    assert len(after) == len(before)


def test_an_empty_queue_teaches(cast, signed_in):
    assert "Un an après l’acte" in text(signed_in(cast.claire).get(reverse("interventions:rereading")))
