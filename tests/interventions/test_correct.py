"""Correcting and validating: before and after stay, nobody judges their own act."""

import json

import pytest
from django.db import IntegrityError, transaction

from entremise.accounts.services import change_team
from entremise.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from entremise.core.ids import uuid7
from entremise.interventions.commands import Heads
from entremise.interventions.models import Intervention, InterventionRevision
from entremise.interventions.queries import content_of, history_of
from entremise.interventions.services import (
    correct_intervention,
    lock_intervention,
    record_intervention,
    request_correction,
    validate_intervention,
)
from entremise.journal.models import Entry
from entremise.presence.models import LogEntry
from tests.interventions.build import at, site
from tests.interventions.commands import CONFLICT, correct_command, record_command

pytestmark = pytest.mark.django_db


@pytest.fixture
def noted(cast, hall):
    command = record_command(cast.samia, hall, narrative="Premier récit", second_author_id=cast.paul.member.pk)
    return record_intervention(actor=cast.samia.actor, command=command)


def _correct(person, act, **values):
    return correct_intervention(actor=person.actor, command=correct_command(act, **values))


def test_before_and_after_stay_sealed_with_the_act_and_the_journal_holds_neither(cast, hall, noted):
    values = CONFLICT | {"narrative": "Second récit", "ages": (Heads(code="douze_dix_huit", count=2),)}
    act = _correct(cast.paul, noted, **values)
    assert (act.version, act.narrative, content_of(act).registers) == (2, "Second récit", ("conflit_temps_reel",))
    revision = InterventionRevision.objects.get()
    assert json.loads(revision.changes)["narrative"] == ["Premier récit", "Second récit"]
    assert revision.author_id == cast.paul.member.pk
    assert InterventionRevision.objects.values_list("changes", flat=True).get().startswith("e1.")
    entry = Entry.objects.get(name="intervention.corrected")
    assert "récit" not in str(entry.payload)
    assert len(entry.payload["changes"]["narrative"][0]) == 64


def test_the_history_speaks_the_words_of_the_organisation(cast, hall, noted):
    other = site(cast.claire, "Parc")
    act = _correct(
        cast.samia,
        noted,
        **CONFLICT
        | {
            "site_id": other.pk,
            "occurred_at": at(hour=18),
            "second_author_id": None,
            "visibility": "encadrement",
            "genders": (Heads(code="feminin", count=1),),
            "link": "garde",
        },
    )
    lock_intervention(actor=cast.claire.actor, intervention_id=act.pk)
    first, second = reversed(history_of(cast.samia.actor, act))
    words = {change.title: (change.before, change.after) for change in first.changes}
    assert (first.author, second.author, first.number) == ("Samia", "Claire", 2)
    assert words["Lieu"] == ("Hall 12", "Parc")
    assert words["Début"] == ("19:42", "18:42")
    assert words["Second auteur"] == ("Paul", "–")
    assert words["Registres"] == ("Écoute, présence de proximité", "Conflit régulé sur place")
    assert words["Genre"] == ("–", "Féminin : 1")
    assert words["Visibilité"][1] == "Les auteurs et l’encadrement"
    assert words["Lien"] == ("–", "Lien gardé")
    assert words["Tension en arrivant"] == ("–", "3")
    assert [(change.title, change.before, change.after) for change in second.changes] == [("Verrouillée", "Non", "Oui")]


def test_an_act_never_changed_has_no_history(cast, noted):
    assert history_of(cast.samia.actor, noted) == []


def test_the_same_content_changes_nothing_even_sent_late(cast, noted):
    _correct(cast.samia, noted, outcome="refus")
    act = Intervention.objects.get()
    again = _correct(cast.samia, act, base_version=1)
    assert (again.version, InterventionRevision.objects.count()) == (2, 1)


def test_two_corrections_of_one_version_never_overwrite_each_other(cast, noted):
    _correct(cast.samia, noted, outcome="refus")
    with pytest.raises(Conflict):
        _correct(cast.paul, Intervention.objects.get(), outcome="apaise", base_version=1)


def test_only_its_authors_correct_an_act(cast, noted):
    with pytest.raises(NotAllowed):
        _correct(cast.claire, noted, outcome="refus")
    for person in (cast.hugo, cast.ines, cast.alban):
        with pytest.raises(NotFound):
            _correct(person, noted, outcome="refus")


def test_a_correction_is_checked_like_a_new_act_but_keeps_what_was_true(cast, noted, hall):
    with pytest.raises(InvalidInput) as refused:
        _correct(cast.samia, noted, outcome="", duration_minutes=-1, site_id=uuid7())
    assert set(refused.value.errors) == {"outcome", "duration_minutes", "site_id"}
    with pytest.raises(InvalidInput):
        correct_intervention(actor=cast.samia.actor, command=correct_command(noted, schema=9))
    cast.paul.member.teams.clear()  # the colleague has left the team
    Intervention.objects.update(occurred_at=at(year=2024))  # an old act
    act = _correct(cast.samia, Intervention.objects.get(), outcome="refus")
    assert (act.second_author_id, act.outcome) == (cast.paul.member.pk, "refus")


def test_an_anonymous_team_corrects_without_naming_anyone(cast, hall):
    act = record_intervention(actor=cast.hugo.actor, command=record_command(cast.hugo, hall))
    with pytest.raises(InvalidInput) as refused:
        _correct(cast.hugo, act, narrative="Vu Mme Durand")
    assert list(refused.value.errors) == ["narrative"]


def test_a_sensitive_value_added_later_is_not_kept_either(cast, noted):
    act = _correct(cast.samia, noted, dangers=("suicide", "arme"))
    assert act.dropped == (("L16", "suicide"),)
    assert content_of(act).dangers == ("arme",)


def test_the_line_of_the_log_follows_the_act(cast, noted):
    act = _correct(cast.samia, noted, outcome="refus", occurred_at=at(hour=18))
    line = LogEntry.objects.get()
    assert (line.codes["outcome"], line.occurred_at) == ("refus", at(hour=18))
    act = _correct(cast.samia, act, visibility="auteurs")
    assert LogEntry.objects.get().withdrawn_at is not None
    _correct(cast.samia, act, visibility="equipe")
    assert LogEntry.objects.filter(withdrawn_at=None).count() == 1


def test_a_validated_act_is_locked_and_only_a_request_reopens_it(cast, noted):
    act = validate_intervention(actor=cast.claire.actor, intervention_id=noted.pk)
    assert (act.status, act.validated_by_id, act.version) == ("validee", cast.claire.member.pk, 2)
    assert act.locked_at is not None
    with pytest.raises(NotAllowed):
        _correct(cast.samia, act, outcome="refus")
    act = request_correction(actor=cast.claire.actor, intervention_id=noted.pk, text="Précisez\x00 l’heure.")
    assert (act.status, act.locked_at, act.validated_by_id) == ("a_corriger", None, None)
    assert Intervention.objects.get().correction_request == "Précisez l’heure."
    act = _correct(cast.samia, act, outcome="refus")
    assert (act.status, act.correction_request) == ("a_valider", "")


def test_an_author_may_answer_that_nothing_is_to_be_changed(cast, noted):
    act = request_correction(actor=cast.claire.actor, intervention_id=noted.pk, text="Vérifiez la date.")
    act = _correct(cast.samia, act)
    assert act.status == "a_valider"


def test_validating_or_locking_twice_changes_nothing(cast, noted):
    for verb in (lock_intervention, lock_intervention, validate_intervention, validate_intervention):
        act = verb(actor=cast.claire.actor, intervention_id=noted.pk)
    assert (act.version, InterventionRevision.objects.count()) == (3, 2)
    assert act.validated_at is not None


def test_what_waits_for_a_correction_is_neither_validated_nor_locked(cast, noted):
    request_correction(actor=cast.claire.actor, intervention_id=noted.pk, text="Précisez.")
    for verb in (validate_intervention, lock_intervention):
        with pytest.raises(NotAllowed):
            verb(actor=cast.claire.actor, intervention_id=noted.pk)
    with pytest.raises(NotAllowed):
        request_correction(actor=cast.claire.actor, intervention_id=noted.pk, text="Encore.")


@pytest.mark.parametrize("verb", [validate_intervention, lock_intervention])
def test_a_coordinator_never_judges_what_they_signed(cast, hall, verb):
    own = record_command(cast.claire, hall, team_id=cast.team.pk)
    beside = record_command(cast.samia, hall, second_author_id=cast.claire.member.pk)
    for person, command in ((cast.claire, own), (cast.samia, beside)):
        act = record_intervention(actor=person.actor, command=command)
        with pytest.raises(NotAllowed):
            verb(actor=cast.claire.actor, intervention_id=act.pk)


def test_mediators_do_not_supervise(cast, noted):
    for verb, options in ((validate_intervention, {}), (lock_intervention, {}), (request_correction, {"text": "x"})):
        with pytest.raises(NotAllowed):
            verb(actor=cast.paul.actor, intervention_id=noted.pk, **options)


def test_a_request_says_what_to_correct(cast, noted):
    for text in ("", "  \x00 ", "x" * 501):
        with pytest.raises(InvalidInput) as refused:
            request_correction(actor=cast.claire.actor, intervention_id=noted.pk, text=text)
        assert list(refused.value.errors) == ["text"]


def test_the_database_refuses_to_validate_what_is_kept_to_its_authors(cast, noted):
    with pytest.raises(IntegrityError), transaction.atomic():
        Intervention.objects.update(
            status="validee",
            visibility="auteurs",
            locked_at=at(),
            validated_at=at(),
            validated_by_id=cast.claire.member.pk,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Intervention.objects.update(status="validee")


def test_an_act_noted_before_the_team_changed_its_job_can_still_be_corrected(cast, hall):
    command = record_command(cast.samia, hall, registers=("veille_technique",))
    act = record_intervention(actor=cast.samia.actor, command=command)
    change_team(actor=cast.alban.actor, team_id=cast.team.pk, name=cast.team.name, job="numerique")
    act = _correct(cast.samia, act, outcome="refus")
    assert content_of(act).registers == ("veille_technique",)
    act = _correct(cast.samia, act, registers=("presence_active",))
    with pytest.raises(InvalidInput) as refused:
        _correct(cast.samia, act, registers=("veille_technique",))
    assert list(refused.value.errors) == ["registers"]
