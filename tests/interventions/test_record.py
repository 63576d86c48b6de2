"""Noting an act: once, completely, or not at all with the reason."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from entremise.accounts.models import ListItem, SensitiveOption
from entremise.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from entremise.core.ids import short_reference, uuid7
from entremise.interventions.commands import Heads, canonical
from entremise.interventions.models import Intervention, InterventionCode, PublicCount
from entremise.interventions.queries import content_of
from entremise.interventions.services import open_thread, record_intervention
from entremise.interventions.services import record as record_module
from entremise.journal.models import Entry
from entremise.presence.models import LogEntry
from entremise.presence.services import open_round
from tests.interventions.build import at, site
from tests.interventions.commands import CONFLICT, record_command

pytestmark = pytest.mark.django_db


def _errors(person, command):
    with pytest.raises(InvalidInput) as refused:
        record_intervention(actor=person.actor, command=command)
    assert not Intervention.objects.exists()
    assert not LogEntry.objects.exists()
    return refused.value.errors


def test_three_answers_are_enough(cast, hall):
    command = record_command(cast.samia, hall)
    act = record_intervention(actor=cast.samia.actor, command=command)
    assert (act.pk, act.reference) == (command.id, short_reference(command.id))
    assert (act.author_id, act.status, act.visibility, act.version) == (cast.samia.member.pk, "a_valider", "equipe", 1)
    assert content_of(Intervention.objects.get()).registers == ("presence_active",)


def test_everything_an_author_may_write_comes_back(cast, hall):
    command = record_command(
        cast.samia,
        hall,
        **CONFLICT
        | {
            "registers": ("conflit_temps_reel", "mise_en_relation"),
            "second_author_id": cast.paul.member.pk,
            "duration_minutes": 45,
            "origin": "habitant",
            "contact_mode": "sur_site",
            "people_count": 5,
            "ages": (Heads(code="douze_dix_huit", count=3, estimated=True), Heads(code="non_communique", count=2)),
            "genders": (Heads(code="feminin", count=1),),
            "configurations": ("groupe_2_5",),
            "publics": ("habitant", "jeune"),
            "first_meeting": "accepte",
            "language_need": "aucun",
            "demands": ("presence",),
            "themes": ("voisinage",),
            "conflict_kind": "voisins",
            "party_a": "une voisine",
            "party_b": "trois jeunes",
            "history": "repete",
            "link": "repris",
            "dangers": ("arme",),
            "actions": ("dialogue", "desamorcage"),
            "follow_ups": ("repassage",),
            "partners": ("bailleur",),
            "narrative": "Échange tendu sur le bruit.\nSon baissé à 22 h 🙂 \u202bسلام\u202c",
            "visibility": "encadrement",
        },
    )
    act = record_intervention(actor=cast.samia.actor, command=command)
    kept = content_of(Intervention.objects.get(pk=act.pk))
    assert {name: getattr(kept, name) for name in kept.__dataclass_fields__} == {
        name: getattr(command, name) for name in kept.__dataclass_fields__
    }
    assert (
        Intervention.objects.filter(pk=act.pk).values_list("narrative", flat=True).get().startswith("e1.")
    )  # sealed in the table


def test_the_same_envelope_sent_twice_is_one_act(cast, hall):
    command = record_command(cast.samia, hall, dangers=("suicide",))
    first = record_intervention(actor=cast.samia.actor, command=command)
    second = record_intervention(actor=cast.samia.actor, command=command)
    assert first == second
    assert (Intervention.objects.count(), LogEntry.objects.count()) == (1, 1)
    assert Entry.objects.filter(name="intervention.recorded").count() == 1
    assert second.dropped == (("L16", "suicide"),)


def test_the_same_identifier_with_another_content_is_a_conflict(cast, hall):
    command = record_command(cast.samia, hall)
    record_intervention(actor=cast.samia.actor, command=command)
    with pytest.raises(Conflict):
        record_intervention(
            actor=cast.samia.actor, command=record_command(cast.samia, hall, id=command.id, outcome="refus")
        )


def test_an_identifier_of_someone_else_says_nothing_about_their_act(cast, hall):
    command = record_command(cast.samia, hall)
    record_intervention(actor=cast.samia.actor, command=command)
    for person, place in ((cast.paul, hall), (cast.ines, site(cast.clara))):
        with pytest.raises(NotFound):
            record_intervention(actor=person.actor, command=record_command(person, place, id=command.id))


def test_two_requests_at_once_with_one_envelope_write_one_act(cast, hall, monkeypatch):
    command = record_command(cast.samia, hall)
    first = record_intervention(actor=cast.samia.actor, command=command)
    real, answers = record_module._already, iter([None])
    monkeypatch.setattr(record_module, "_already", lambda *sent: next(answers, real(*sent)))
    assert record_intervention(actor=cast.samia.actor, command=command) == first
    assert (Intervention.objects.count(), LogEntry.objects.count()) == (1, 1)


def test_a_fault_of_the_database_is_not_taken_for_a_repeat(cast, hall, monkeypatch):
    def broken(*sent):
        raise IntegrityError("another constraint")

    monkeypatch.setattr(record_module, "_save", broken)
    with pytest.raises(IntegrityError):
        record_intervention(actor=cast.samia.actor, command=record_command(cast.samia, hall))


def test_who_may_note(cast, hall):
    for person in (cast.alban, cast.dora, cast.leo):
        with pytest.raises(NotAllowed):
            record_intervention(actor=person.actor, command=record_command(cast.samia, hall))
    for command in (
        record_command(cast.samia, hall, team_id=cast.other_team.pk),
        record_command(cast.samia, hall, team_id=cast.foreign_team.pk),
    ):
        assert "team_id" in _errors(cast.samia, command)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("occurred_at", {"occurred_at": at(minute=56)}),
        ("occurred_at", {"occurred_at": at(year=2025, day=1)}),
        ("duration_minutes", {"duration_minutes": 0}),
        ("duration_minutes", {"duration_minutes": -30}),
        ("duration_minutes", {"duration_minutes": 1441}),
        ("people_count", {"people_count": -1}),
        ("people_count", {"people_count": 10**12}),
        ("tension_before", CONFLICT | {"tension_before": 6}),
        ("tension_after", CONFLICT | {"tension_after": -1}),
        ("registers", {"registers": ()}),
        ("registers", {"registers": ("inconnu",)}),
        ("registers", {"tension_before": 3}),
        ("registers", {"party_a": "une voisine"}),
        ("outcome", {"outcome": ""}),
        ("outcome", {"outcome": "bruit"}),
        ("origin", {"origin": "x" * 5000}),
        ("themes", {"themes": ("logement", "\x00")}),
        ("visibility", {"visibility": "tout_le_monde"}),
        ("link", CONFLICT | {"link": "casse"}),
        ("first_meeting", {"first_meeting": "bof"}),
        ("narrative", {"narrative": "é" * 501}),
        ("narrative", {"narrative": "a" * 2_000_000}),
        ("party_b", CONFLICT | {"party_b": "a" * 161}),
        ("ages", {"ages": (Heads(code="douze_dix_huit", count=0),)}),
        ("ages", {"ages": (Heads(code="douze_dix_huit", count=-2),)}),
        ("ages", {"ages": (Heads(code="senior", count=1),)}),
        ("ages", {"ages": (Heads(code="douze_dix_huit", count=1), Heads(code="douze_dix_huit", count=1))}),
        ("genders", {"people_count": 2, "genders": (Heads(code="feminin", count=2), Heads(code="masculin", count=1))}),
        ("round_id", {"round_id": uuid7()}),
        ("thread_id", {"thread_id": uuid7()}),
        ("schema", {"schema": 2}),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_kept(cast, hall, field, values):
    errors = _errors(cast.samia, record_command(cast.samia, hall, **values))
    assert list(errors) == [field]
    assert all(sentence.endswith((".", "?")) for sentence in errors[field])


def test_every_fault_is_said_at_once(cast, hall):
    command = record_command(cast.samia, hall, outcome="", duration_minutes=-1, narrative="a" * 600)
    assert set(_errors(cast.samia, command)) == {"outcome", "duration_minutes", "narrative"}


def test_the_clock_of_a_phone_may_be_a_little_ahead(cast, hall):
    record_intervention(actor=cast.samia.actor, command=record_command(cast.samia, hall, occurred_at=at(minute=54)))


def test_a_place_of_another_organisation_is_refused_like_one_that_does_not_exist(cast, hall):
    foreign = site(cast.clara, "Quai")
    theirs = _errors(cast.samia, record_command(cast.samia, foreign))
    unknown = _errors(cast.samia, record_command(cast.samia, hall, site_id=uuid7()))
    assert theirs == unknown
    assert list(theirs) == ["site_id"]


def test_the_second_author_is_another_member_of_the_team(cast, hall):
    for stranger in (cast.samia, cast.hugo, cast.ines):
        errors = _errors(cast.samia, record_command(cast.samia, hall, second_author_id=stranger.member.pk))
        assert list(errors) == ["second_author_id"]


def test_the_database_itself_refuses_two_times_the_same_author(cast, hall):
    act = record_intervention(actor=cast.samia.actor, command=record_command(cast.samia, hall))
    with pytest.raises(IntegrityError), transaction.atomic():
        Intervention.objects.filter(pk=act.pk).update(second_author_id=cast.samia.member.pk)


def test_what_was_typed_is_cleaned_of_what_nobody_types(cast, hall):
    command = record_command(
        cast.samia, hall, narrative="  Son\x00 baissé\r\nà 22 h\x07\ud800  ", themes=("logement",) * 3
    )
    act = record_intervention(actor=cast.samia.actor, command=command)
    assert act.narrative == "Son baissé\nà 22 h"
    assert InterventionCode.objects.filter(intervention=act, list_reference="L11").count() == 1


def test_margins_may_be_less_than_the_group_but_never_more(cast, hall):
    command = record_command(cast.samia, hall, people_count=5, ages=(Heads(code="douze_dix_huit", count=3),))
    record_intervention(actor=cast.samia.actor, command=command)
    assert PublicCount.objects.get().count == 3


def test_sensitive_values_are_not_kept_until_the_officer_allows_them(cast, hall):
    ListItem.objects.create(
        organisation=cast.organisation, list_reference="L16", code="suicide.local1", label="Propos suicidaires"
    )
    values = {"dangers": ("arme", "suicide.local1", "crise_psy"), "publics": ("jeune", "exile", "sans_domicile")}
    act = record_intervention(actor=cast.samia.actor, command=record_command(cast.samia, hall, **values))
    assert act.dropped == (("L16", "suicide.local1"), ("L16", "crise_psy"), ("L8", "exile"), ("L8", "sans_domicile"))
    kept = content_of(act)
    assert (kept.dangers, kept.publics) == (("arme",), ("jeune",))
    for reference, code in (("L16", "crise_psy"), ("L8", "exile")):
        SensitiveOption.objects.create(
            organisation=cast.organisation,
            list_reference=reference,
            code=code,
            reason="Étude d’un an",
            decided_by=cast.dora.member,
        )
    act = record_intervention(actor=cast.samia.actor, command=record_command(cast.samia, hall, **values))
    assert act.dropped == (("L16", "suicide.local1"), ("L8", "sans_domicile"))
    assert content_of(act).dangers == ("arme", "crise_psy")


def test_nothing_of_a_dropped_value_reaches_the_journal_or_the_log(cast, hall):
    record_intervention(actor=cast.samia.actor, command=record_command(cast.samia, hall, dangers=("suicide",)))
    written = str([entry.payload for entry in Entry.objects.all()]) + str(
        [line.codes for line in LogEntry.objects.all()]
    )
    assert "suicide" not in written


@pytest.mark.parametrize("text", ["Parlé avec Mme Durand.", "Rappeler au 06 12 34 56 78", "ecrire a karim@exemple.fr"])
def test_a_team_anonymous_by_construction_keeps_nothing_that_identifies(cast, hall, text):
    errors = _errors(cast.hugo, record_command(cast.hugo, hall, narrative=text))
    assert list(errors) == ["narrative"]
    assert "Remplacez" in errors["narrative"][0]


def test_the_other_teams_decide_for_themselves(cast, hall):
    record_intervention(
        actor=cast.samia.actor, command=record_command(cast.samia, hall, narrative="Parlé avec Mme Durand.")
    )


def test_an_anonymous_team_writes_facts_freely(cast, hall):
    command = record_command(cast.hugo, hall, narrative="Deux personnes, échange calme, repasser jeudi.")
    assert record_intervention(actor=cast.hugo.actor, command=command).narrative


def test_the_round_and_the_thread_are_the_teams_own(cast, hall):
    round_ = open_round(actor=cast.samia.actor, team_id=cast.team.pk)
    first = record_intervention(actor=cast.samia.actor, command=record_command(cast.samia, hall, round_id=round_.pk))
    thread = open_thread(actor=cast.samia.actor, intervention_id=first.pk)
    act = record_intervention(actor=cast.paul.actor, command=record_command(cast.paul, hall, thread_id=thread.pk))
    assert (first.round_id, act.thread_id) == (round_.pk, thread.pk)
    with pytest.raises(InvalidInput) as refused:
        values = {"round_id": round_.pk, "thread_id": thread.pk, "team_id": cast.other_team.pk}
        record_intervention(actor=cast.claire.actor, command=record_command(cast.claire, hall, **values))
    assert set(refused.value.errors) == {"round_id", "thread_id"}


def test_a_copy_remembers_its_original_only_if_its_author_may_read_it(cast, hall):
    original = record_intervention(
        actor=cast.samia.actor, command=record_command(cast.samia, hall, visibility="auteurs")
    )
    own = record_command(cast.samia, hall, duplicated_from_id=original.pk)
    other = record_command(cast.paul, hall, duplicated_from_id=original.pk)
    assert record_intervention(actor=cast.samia.actor, command=own).duplicated_from_id == original.pk
    assert record_intervention(actor=cast.paul.actor, command=other).duplicated_from_id is None


def test_the_line_of_the_log_carries_codes_and_no_trait(cast, hall):
    command = record_command(
        cast.samia,
        hall,
        **CONFLICT
        | {
            "follow_ups": ("repassage",),
            "language_need": "interprete",
            "publics": ("jeune",),
            "dangers": ("arme",),
            "narrative": "Son baissé.",
            "second_author_id": cast.paul.member.pk,
        },
    )
    act = record_intervention(actor=cast.samia.actor, command=command)
    line = LogEntry.objects.get()
    assert (line.subject_type, line.subject_id, line.site_id) == ("intervention", act.pk, hall.pk)
    assert line.second_author_id == cast.paul.member.pk
    assert line.codes == {
        "register": "conflit_temps_reel",
        "outcome": "apaise",
        "objects": ["bruit"],
        "follow_ups": ["repassage"],
        "tension": [3, 1],
    }


def test_an_act_kept_to_its_authors_has_no_line_and_one_for_supervision_a_reserved_one(cast, hall):
    record_intervention(actor=cast.samia.actor, command=record_command(cast.samia, hall, visibility="auteurs"))
    assert not LogEntry.objects.exists()
    record_intervention(actor=cast.samia.actor, command=record_command(cast.samia, hall, visibility="encadrement"))
    assert LogEntry.objects.get().visibility == "supervision"


def test_one_content_has_one_canonical_text_whatever_the_time_zone(cast, hall):
    command = record_command(cast.samia, hall)
    same = record_command(cast.samia, hall, id=command.id, occurred_at=command.occurred_at.astimezone(dt.UTC))
    assert canonical(command) == canonical(same)


def test_a_register_out_of_the_teams_job_is_refused_whoever_sends_it(cast, hall):
    errors = _errors(cast.hugo, record_command(cast.hugo, hall, registers=("veille_technique",)))
    assert list(errors) == ["registers"]
    assert "Veille technique" in errors["registers"][0]
    ListItem.objects.create(
        organisation=cast.organisation, list_reference="L1", code="veille_technique.local1", label="Ascenseur en panne"
    )
    errors = _errors(cast.hugo, record_command(cast.hugo, hall, registers=("veille_technique.local1",)))
    assert "« Ascenseur en panne »" in errors["registers"][0]
    command = record_command(cast.samia, hall, registers=("veille_technique.local1",))
    assert record_intervention(actor=cast.samia.actor, command=command).pk == command.id
