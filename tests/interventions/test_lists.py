"""What each person reads: the same rule in SQL and in Python, and nothing more in the lists."""

import datetime as dt
import itertools

import pytest

from entremise.accounts import services as accounts
from entremise.core.errors import NotFound
from entremise.core.permissions import can
from entremise.interventions import logline, search, waiting
from entremise.interventions.enums import NOT_GIVEN
from entremise.interventions.exports.acts import COLUMNS, count, rows
from entremise.interventions.filters import ActFilterForm
from entremise.interventions.models import Intervention
from entremise.interventions.queries import (
    ActFilters,
    day_counts,
    describe,
    frequent_codes,
    get_intervention,
    list_interventions,
    list_to_review,
    next_to_review,
)
from entremise.interventions.queries.prefill import prefill
from entremise.interventions.services import open_thread, record_intervention, request_correction, set_reminder
from entremise.places import services as places
from entremise.presence.queries import day_log
from entremise.presence.services import arrive_at_site, open_round
from tests.interventions.build import act, at, site
from tests.interventions.commands import CONFLICT, record_command

pytestmark = pytest.mark.django_db


def _ids(found):
    return {row.pk for row in found}


def test_the_list_and_the_rule_agree_on_every_act_for_everyone(cast, hall):
    foreign = site(cast.clara)
    authors = [(cast.samia, hall), (cast.claire, hall), (cast.hugo, hall), (cast.ines, foreign)]
    for (person, place), visibility in itertools.product(authors, ("equipe", "encadrement", "auteurs")):
        team = cast.team.pk if person is cast.claire else next(iter(person.actor.team_ids))
        act(person, place, visibility=visibility, team_id=team)
    act(cast.samia, hall, visibility="auteurs", second_author_id=cast.paul.member.pk)
    every = list(Intervention.objects.all())
    for name, person in cast.people().items():
        allowed = {row.pk for row in every if can(person.actor, "interventions.view", row)}
        assert _ids(list_interventions(person.actor)) == allowed, name
        for row in every:
            if row.pk not in allowed:
                with pytest.raises(NotFound):
                    get_intervention(person.actor, row.pk)
    assert not any(len(list_interventions(person.actor)) for person in (cast.alban, cast.dora, cast.leo))


def test_someone_who_belongs_nowhere_reads_nothing(cast, hall):
    from entremise.core.actor import Actor, system_actor

    act(cast.samia, hall)
    assert not list_interventions(Actor(organisation_id=None, roles=frozenset({"encadrant"}))).exists()
    assert not list_interventions(system_actor(cast.organisation.pk)).exists()
    assert frequent_codes(system_actor(cast.organisation.pk)).codes == {}
    assert waiting.waiting_for(cast.leo.actor) == []
    assert waiting.figures_of(cast.leo.actor, at().date()) == []


def test_each_filter_keeps_what_it_says(cast, hall):
    sector = places.create_sector(actor=cast.claire.actor, name="Nord")
    park = places.create_site(actor=cast.claire.actor, name="Parc", space_type="parc", sector_id=sector.pk)
    early = act(cast.samia, hall, occurred_at=at(day=10, hour=9), origin="habitant.local1", outcome="refus")
    conflict = act(
        cast.paul,
        park,
        registers=("veille_sociale", "conflit_temps_reel.local1"),
        codes={"L16": ("arme",), "L8": ("jeune",)},
        outcome="apaise",
        visibility="encadrement",
        second_author_id=cast.samia.member.pk,
    )
    other = act(cast.hugo, hall, occurred_at=at(day=19, hour=23))
    actor = cast.claire.actor
    expected = {
        (("start", at(day=15)),): {conflict, other},
        (("end", at(day=15)),): {early},
        (("registers", ("conflit_temps_reel",)),): {conflict},
        (("registers", ("veille_sociale", "presence_active")),): {early, conflict, other},
        (("outcomes", ("refus", "apaise")),): {early, conflict},
        (("origins", ("habitant", "habitant.local1")),): {early},
        (("origins", (NOT_GIVEN,)),): {conflict, other},
        (("registers", ("conflit_temps_reel.local1",)),): {conflict},
        (("registers", ("conflit_temps_reel.local2",)),): set(),
        (("site_id", park.pk),): {conflict},
        (("sector_id", sector.pk),): {conflict},
        (("team_id", cast.other_team.pk),): {other},
        (("status", "a_valider"),): {early, conflict, other},
        (("visibility", "encadrement"),): {conflict},
        (("conflict", True),): {conflict},
        (("danger", True),): {conflict},
        (("publics", ("jeune",)),): {conflict},
        (("slot", "nuit"),): {other},
        (("slot", "matin"),): {early},
        (("reference", early.reference),): {early},
        (("mine", True),): set(),
    }
    for wanted, found in expected.items():
        assert _ids(list_interventions(actor, ActFilters(**dict(wanted)))) == _ids(found), wanted
    assert _ids(list_interventions(cast.samia.actor, ActFilters(mine=True))) == _ids({early, conflict})
    assert list(list_interventions(actor, ActFilters(sort="date"))) == [early, other, conflict]
    assert list(list_interventions(actor, ActFilters(sort="inconnu"))) == [conflict, other, early]


def test_what_the_organisation_completed_is_found_under_its_national_code(cast, hall):
    local = accounts.complete_item(actor=cast.alban.actor, reference="L18", parent="refus", label="Pas ce soir").code
    found = act(cast.samia, hall, outcome=local)
    act(cast.samia, hall, outcome="apaise")
    form = ActFilterForm({"periode": "tout", "resultat": "refus"}, actor=cast.claire.actor)
    assert list(list_interventions(cast.claire.actor, form.filters(""))) == [found]


def test_a_line_tells_registers_outcome_and_who_signed(cast, hall):
    act(
        cast.samia,
        hall,
        registers=("mise_en_relation", "presence_active"),
        codes={"L16": ("arme",)},
        second_author_id=cast.paul.member.pk,
        tension_before=3,
        tension_after=1,
    )
    (line,) = describe(cast.samia.actor, list_interventions(cast.samia.actor))
    assert (line.register, line.other_registers) == ("Mise en relation", ("Écoute, présence de proximité",))
    assert (line.site, line.authors, line.tension, line.has_danger) == ("Hall 12", "Samia et Paul", "3 → 1", True)


def test_the_queue_holds_what_this_coordinator_may_validate_the_oldest_first(cast, hall):
    new = act(cast.samia, hall)
    old = act(cast.hugo, hall, occurred_at=at(day=2))
    act(cast.samia, hall, visibility="auteurs")
    act(cast.claire, hall, team_id=cast.team.pk)
    act(cast.samia, hall, second_author_id=cast.claire.member.pk)
    waiting_ = record_intervention(actor=cast.samia.actor, command=record_command(cast.samia, hall))
    request_correction(actor=cast.claire.actor, intervention_id=waiting_.pk, text="Précisez.")
    assert list(list_to_review(cast.claire.actor)) == [old, new]
    assert next_to_review(cast.claire.actor, old.pk) == new
    assert next_to_review(cast.claire.actor, new.pk) is None
    assert next_to_review(cast.claire.actor) == old
    assert not list_to_review(cast.samia.actor)
    assert not list_to_review(cast.clara.actor)


def test_habits_are_ones_own_and_conflicts_do_not_hide_the_rest(cast, hall):
    assert frequent_codes(cast.samia.actor).first("L18", ["apaise"], 3) == ["apaise"]
    for _ in range(6):
        act(cast.samia, hall, outcome="info_donnee", duration_minutes=25)
    for _ in range(5):
        act(cast.samia, hall, outcome="sans_effet", duration_minutes=40)
    act(cast.samia, hall, registers=("conflit_temps_reel",), outcome="apaise", occurred_at=at(minute=49))
    act(cast.paul, hall, outcome="refus", duration_minutes=90)
    habits = frequent_codes(cast.samia.actor)
    assert habits.codes["L18"] == ["apaise", "info_donnee", "sans_effet"]
    assert habits.first("L1", ["mise_en_relation"], 3) == ["presence_active", "conflit_temps_reel", "mise_en_relation"]
    assert (habits.durations, habits.last_site_id) == ([25], hall.pk)


def test_a_new_act_starts_where_one_stands(cast, hall):
    park = site(cast.claire, "Parc", "parc")
    actor = cast.samia.actor
    assert "site_id" not in prefill(actor, {}, frequent_codes(actor)).values
    act(cast.samia, park)
    assert prefill(actor, {}, frequent_codes(actor)).values["site_id"] == park.pk
    round_ = open_round(actor=actor, team_id=cast.team.pk, member_ids=[cast.paul.member.pk])
    found = prefill(actor, {}, frequent_codes(actor))
    assert (found.values["site_id"], found.round_id) == (park.pk, round_.pk)
    arrive_at_site(actor=actor, round_id=round_.pk, site_id=hall.pk)
    found = prefill(actor, {"round": str(round_.pk)}, frequent_codes(actor))
    assert (found.values["site_id"], found.values["second_author_id"]) == (hall.pk, cast.paul.member.pk)
    assert prefill(actor, {"lieu": str(park.pk)}, frequent_codes(actor)).values["site_id"] == park.pk


def test_a_copy_made_by_the_second_author_is_signed_the_other_way_round(cast, hall):
    original = act(cast.samia, hall, second_author_id=cast.paul.member.pk)
    found = prefill(cast.paul.actor, {"modele": str(original.pk)}, frequent_codes(cast.paul.actor))
    assert found.values["second_author_id"] == cast.samia.member.pk
    assert found.duplicated_from_id == original.pk


def test_another_teams_thread_does_not_carry_this_teams_round(cast, hall):
    open_round(actor=cast.claire.actor, team_id=cast.team.pk)
    theirs = act(cast.hugo, hall)
    thread = open_thread(actor=cast.claire.actor, intervention_id=theirs.pk)
    found = prefill(cast.claire.actor, {"fil": str(thread.pk)}, frequent_codes(cast.claire.actor))
    assert (found.team_id, found.round_id, found.thread_id) == (cast.other_team.pk, None, thread.pk)


def test_the_log_says_what_happened_and_keeps_rare_traits_quiet(cast, hall):
    note = lambda **values: record_intervention(  # noqa: E731
        actor=cast.samia.actor, command=record_command(cast.samia, hall, **values)
    )
    note(**CONFLICT | {"follow_ups": ("repassage", "aucune"), "conflict_objects": ("bruit", "jeux")})
    note(
        **CONFLICT
        | {
            "occurred_at": at(minute=43),
            "outcome": "refus",
            "conflict_objects": ("discrimination",),
            "tension_after": None,
        }
    )
    note(occurred_at=at(minute=44), outcome="demande_satisfaite", registers=("mise_en_relation",))
    lines = [line.words for line in day_log(cast.paul.actor, cast.team.pk, at().date())]
    assert [(line.title, line.detail) for line in reversed(lines)] == [
        ("Conflit apaisé sur place", "Bruit, jeux, ballon, enfants. Tension 3 → 1. Repasser."),
        ("Conflit : refus de dialogue ou de médiation", ""),
        ("Mise en relation", "Demande satisfaite."),
    ]
    assert {(line.state_kind, line.state_label) for line in lines} == {("neutral", "À relire")}
    assert len(day_log(cast.paul.actor, cast.team.pk, at().date(), chip="conflits")) == 2


def test_a_line_whose_act_is_out_of_reach_opens_nothing(cast, hall):
    record_intervention(actor=cast.samia.actor, command=record_command(cast.samia, hall))
    (line,) = day_log(cast.paul.actor, cast.team.pk, at().date())
    assert logline.render(cast.hugo.actor, [line.entry])[line.entry.pk].url == ""


def test_what_waits_is_counted_and_opens_where_it_is_done(cast, hall):
    first = record_intervention(actor=cast.samia.actor, command=record_command(cast.samia, hall))
    second = record_intervention(actor=cast.samia.actor, command=record_command(cast.samia, hall))
    assert [(item.kind, item.count, item.label) for item in waiting.waiting_for(cast.claire.actor)] == [
        ("interventions.to_validate", 2, "interventions à valider")
    ]
    request_correction(actor=cast.claire.actor, intervention_id=first.pk, text="Précisez.")
    threads = [open_thread(actor=cast.samia.actor, intervention_id=one.pk) for one in (first, second)]
    for thread in threads:
        set_reminder(actor=cast.samia.actor, thread_id=thread.pk, on=at().date())
    kinds = {item.kind: item for item in waiting.waiting_for(cast.samia.actor)}
    assert set(kinds) == {"interventions.to_correct", "interventions.reminders"}
    assert kinds["interventions.reminders"].url == "/fils/"
    set_reminder(actor=cast.samia.actor, thread_id=threads[0].pk, on=None)
    kinds = {item.kind: item for item in waiting.waiting_for(cast.samia.actor)}
    assert str(threads[1].pk) in kinds["interventions.reminders"].url


def test_the_figures_of_the_day_count_the_teams_acts(cast, hall):
    act(cast.samia, hall, registers=("conflit_temps_reel",), outcome="dialogue_retabli.local1")
    act(cast.paul, hall, registers=("conflit_temps_differe",), outcome="refus", visibility="auteurs")
    act(cast.hugo, hall)
    day = at().date()
    bounds = (at(hour=0, minute=0), at(hour=0, minute=0) + dt.timedelta(days=1))
    assert day_counts(cast.samia.actor, *bounds) == (2, 2, 1)
    assert [figure.value for figure in waiting.figures_of(cast.samia.actor, day)] == ["2", "1 sur 2"]
    assert [figure.value for figure in waiting.figures_of(cast.hugo.actor, day)] == ["1"]


def test_a_reference_said_aloud_finds_its_act_for_those_who_may_read_it(cast, hall):
    found = act(cast.samia, hall)
    typed = found.reference.replace("-", " ").lower()
    assert [hit.url for hit in search.find_references(cast.paul.actor, typed)] == [f"/interventions/{found.pk}/"]
    for person in (cast.hugo, cast.ines, cast.leo):
        assert search.find_references(person.actor, found.reference) == []
    assert search.find_references(cast.paul.actor, "hall 12") == []


def test_the_spreadsheet_holds_the_filtered_rows_and_no_text_about_anyone(cast, hall):
    command = record_command(
        cast.samia,
        hall,
        **CONFLICT | {"narrative": "Secret", "party_a": "voisine", "publics": ("jeune",), "link": "garde"},
    )
    record_intervention(actor=cast.samia.actor, command=command)
    act(cast.paul, hall)
    from django.http import QueryDict

    every, conflicts = QueryDict(""), QueryDict("conflits=on")
    assert (count(cast.samia.actor, every), count(cast.samia.actor, conflicts)) == (2, 1)
    (line,) = rows(cast.samia.actor, conflicts)
    assert len(line) == len(COLUMNS)
    text = " ".join(map(str, line))
    assert "Conflit régulé sur place" in text
    assert not any(word in text for word in ("Secret", "voisine", "Jeune", "Samia"))
    assert list(rows(cast.ines.actor, every)) == []
