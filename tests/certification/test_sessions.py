"""From the convocation to sealed minutes: nobody sits who should not, nothing is decided alone or changed after."""

import datetime as dt

import pytest

from entremise.certification import verification
from entremise.certification.commands import (
    AddendumFacts,
    CandidacyFacts,
    CompanionFacts,
    ResultFacts,
    SessionFacts,
    SettingsFacts,
)
from entremise.certification.enums import Outcome, SessionState
from entremise.certification.models import BlockResult, ExamSession, Juror, Mark, Minutes, Seat, Sitting
from entremise.certification.queries import sessions as queries
from entremise.certification.queries.results import acquired_blocks, results_of
from entremise.certification.services import candidates, certifier, deliberation, minutes, sessions, ties
from entremise.core.crypto import seal_text
from entremise.core.db import Sealed
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.time import today
from tests.certification import build, build_vae

pytestmark = pytest.mark.django_db
BC1 = build.BLOCKS[:1]


@pytest.fixture
def house(db):
    return build.house()


@pytest.fixture
def person(house):
    return build.candidate(house)


def said(refusal) -> str:
    return " ".join(sentence for found in refusal.value.errors.values() for sentence in found)


def test_a_session_goes_from_convocation_to_a_full_set_of_blocks(house, person):
    found = build.sealed(house, [person])
    assert found.state == SessionState.SEALED
    assert set(acquired_blocks(person, "RNCP41674")) == set(build.BLOCKS)
    assert found.minutes.number == f"PV-CERT-{today().year}-0001"
    assert verification.check_minutes().holds


@pytest.mark.parametrize("missing", build.SEATED)
def test_a_jury_of_three_is_not_convoked(house, person, missing):
    seated = [name for name in build.SEATED if name != missing]
    with pytest.raises(InvalidInput) as refusal:
        build.session(house, [person], seated=seated)
    assert "Il manque 1" in said(refusal)
    assert ExamSession.objects.get().state == SessionState.PREPARING


def test_two_presidents_are_one_too_many(house, person):
    with pytest.raises(InvalidInput) as refusal:
        build.session(house, [person], seated=(*build.SEATED, "igor"))
    assert "déjà ses sièges" in said(refusal)


@pytest.mark.parametrize(("kind", "name"), [("trainer", "coralie"), ("companion", "pauline"), ("host", "irene")])
def test_somebody_of_the_candidates_file_is_found_without_being_declared(house, person, kind, name):
    facts = CompanionFacts(kind=kind, member_id=house.people[name].member.pk)
    candidates.name_companion(actor=house.boss, candidate_id=person.pk, facts=facts)
    with pytest.raises(InvalidInput) as refusal:
        build.session(house, [person])
    assert "lien avec un candidat" in said(refusal)


def test_the_same_employer_keeps_a_member_out_however_it_is_spelt(house):
    person = build.candidate(house, employer="STRUCTURE  de Pauline")
    with pytest.raises(InvalidInput):
        build.session(house, [person])


def test_who_works_where_a_candidate_was_an_intern_is_found_by_the_name_of_the_place(house, person):
    facts = CompanionFacts(kind="host", structure="structure de PAULINE")
    candidates.name_companion(actor=house.boss, candidate_id=person.pk, facts=facts)
    with pytest.raises(InvalidInput) as refusal:
        build.session(house, [person])
    assert "lien avec un candidat" in said(refusal)


def test_a_link_known_after_convocation_stops_the_opening(house, person):
    found = build.session(house, [person])
    build.tie(house, "pierre", person)
    with pytest.raises(InvalidInput) as refusal:
        sessions.open_exam(actor=house.boss, session_id=found.pk, absent_seats=(), absent_sittings=())
    assert "Lien familial" in said(refusal)
    assert not Seat.objects.filter(state="present").exists()


def test_a_trainer_slipped_in_as_a_substitute_is_refused_and_others_are_proposed(house, person):
    found = build.opened(house, [person], blocks=BC1)
    ties.recuse(actor=house.boss, session_id=found.pk, seat_id=build.seat_of(house, found, "pauline").pk)
    told = CompanionFacts(kind="trainer", member_id=house.people["petra"].member.pk)
    candidates.name_companion(actor=house.boss, candidate_id=person.pk, facts=told)
    with pytest.raises(InvalidInput):
        sessions.seat_juror(actor=house.boss, session_id=found.pk, juror_id=house.jurors["petra"].pk)
    assert queries.substitutes_for(house.boss, found, "professional") == []
    assert queries.substitutes_for(house.boss, found, "institution") == [house.jurors["igor"]]


def test_candidate_by_candidate_a_tied_member_stands_aside_and_the_quorum_holds(house):
    settings = SettingsFacts(record_code="RNCP41674", strict_ties=False, quorum=3)
    certifier.change_settings(actor=house.boss, facts=settings)
    tied, free = build.candidate(house), build.candidate(house, birth_name="Autre")
    build.tie(house, "pierre", tied)
    found = build.opened(house, [tied, free], blocks=BC1)
    aside = Sitting.objects.get(session=found, candidate=tied)
    with pytest.raises(InvalidInput) as refusal:
        build.mark(house, "pierre", aside)
    assert "vous écarte" in said(refusal)
    awaited = {(seat.juror_id, sitting.candidate_id) for seat, sitting in queries.marks_awaited(found)}
    assert len(awaited) == 7
    assert (house.jurors["pierre"].pk, tied.pk) not in awaited


def test_each_member_marks_alone_and_nobody_deliberates_before_all_have(house, person, signed_in):
    found = build.opened(house, [person], blocks=BC1)
    sitting = Sitting.objects.get(session=found)
    build.mark(house, "pauline", sitting, comment="Trois sources croisées, datées.")
    page = signed_in(house.people["pierre"]).get(f"/certification/sessions/{found.pk}/passages/{sitting.pk}/noter")
    assert "Trois sources" not in page.content.decode()
    with pytest.raises(InvalidInput) as refusal:
        deliberation.begin_deliberation(actor=house.people["irene"].actor, session_id=found.pk)
    assert "3 grilles manquent" in said(refusal)
    for name in ("pauline", "coralie"):
        with pytest.raises(NotAllowed):
            deliberation.begin_deliberation(actor=house.people[name].actor, session_id=found.pk)
    with pytest.raises(NotAllowed):
        deliberation.begin_deliberation(actor=house.boss, session_id=found.pk)


def test_a_grid_left_half_filled_names_every_competence_left(house, person):
    found = build.opened(house, [person], blocks=build.BLOCKS[1:2])
    sitting = Sitting.objects.get(session=found)
    with pytest.raises(InvalidInput) as refusal:
        build.mark(house, "pauline", sitting, verdict="", level="tiede")
    assert set(refusal.value.errors) == {f"C{rank}" for rank in range(5, 12)} | {"verdict"}
    assert not Mark.objects.exists()


def test_a_result_against_the_voices_says_why_and_a_refusal_says_what_next(house, person):
    found = build.opened(house, [person], blocks=BC1)
    build.mark_all(house, found)
    told = {"actor": house.people["irene"].actor, "session_id": found.pk}
    deliberation.begin_deliberation(**told)
    sitting = Sitting.objects.get(session=found)
    with pytest.raises(InvalidInput) as refusal:
        deliberation.decide(sitting_id=sitting.pk, facts=ResultFacts(outcome="not_acquired"), **told)
    assert set(refusal.value.errors) == {"reason", "advice"}
    facts = ResultFacts(outcome="not_acquired", reason="Après délibération.", advice="Revenir en juin.")
    assert deliberation.decide(sitting_id=sitting.pk, facts=facts, **told).proposed == Outcome.ACQUIRED


def test_a_tie_follows_the_certifiers_rule(house, person):
    found = build.opened(house, [person], blocks=BC1)
    sitting = Sitting.objects.get(session=found)
    for name, verdict in zip(build.SEATED, ("acquired", "not_acquired", "not_acquired", "acquired"), strict=True):
        build.mark(house, name, sitting, verdict)
    assert deliberation.proposed_for(found, sitting) == Outcome.NOT_ACQUIRED  # irene presides
    found.tie_break = "again"
    assert deliberation.proposed_for(found, sitting) is None


def test_a_member_who_leaves_during_deliberation_stops_it_and_the_substitute_marks_first(house, person):
    found = build.deliberated(house, build.opened(house, [person], blocks=BC1))
    pierre = house.people["pierre"].actor
    seat = build.seat_of(house, found, "pierre")
    ties.recuse(actor=pierre, session_id=found.pk, seat_id=seat.pk, kind="family", candidate_id=person.pk)
    with pytest.raises(InvalidInput) as refusal:
        build.drawn(house, found)
    assert "Il manque 1 professionnel" in said(refusal)
    with pytest.raises(NotFound):
        queries.get_session(pierre, found.pk)
    sessions.seat_juror(actor=house.boss, session_id=found.pk, juror_id=house.jurors["petra"].pk)
    found.refresh_from_db()
    assert found.state == SessionState.OPEN
    assert not BlockResult.objects.exists()
    build.mark(house, "petra", Sitting.objects.get(session=found))
    assert len(queries.marks_of(Sitting.objects.get(session=found))) == 4


def test_a_member_gone_while_signing_brings_the_jury_back_to_deliberate(house, person):
    found = build.deliberated(house, build.opened(house, [person], blocks=BC1))
    first = build.drawn(house, found)
    seat = build.seat_of(house, found, "pauline")
    ties.recuse(actor=house.people["pauline"].actor, session_id=found.pk, seat_id=seat.pk)
    found.refresh_from_db()
    assert found.state == SessionState.DELIBERATING
    with pytest.raises(InvalidInput):
        minutes.sign_minutes(actor=house.people["irene"].actor, session_id=found.pk, digest=first.digest)


def test_a_roster_changed_while_signing_stops_the_seal(house, person):
    found = build.deliberated(house, build.opened(house, [person]))
    text = build.drawn(house, found)
    Juror.objects.filter(pk=house.jurors["pauline"].pk).update(is_external=False)
    with pytest.raises(InvalidInput) as refusal:
        minutes.sign_minutes(actor=house.people["irene"].actor, session_id=found.pk, digest=text.digest)
    assert "extérieur aux certificateurs" in said(refusal)


def test_below_the_quorum_or_without_its_president_a_jury_does_not_open(house, person):
    certifier.change_settings(actor=house.boss, facts=SettingsFacts(record_code="RNCP41674", quorum=3))
    found = build.session(house, [person])
    told = {"actor": house.boss, "session_id": found.pk, "absent_sittings": ()}
    away = {name: build.seat_of(house, found, name).pk for name in build.SEATED}
    for absent in (("pauline", "pierre"), ("irene",)):
        with pytest.raises(InvalidInput):
            sessions.open_exam(absent_seats=[away[name] for name in absent], **told)
    assert sessions.open_exam(absent_seats=[away["coralie"]], **told).state == SessionState.OPEN


def test_an_absent_candidate_has_no_result_and_the_minutes_say_so(house, person):
    other = build.candidate(house, birth_name="Autre")
    found = build.session(house, [person, other], blocks=BC1)
    away = Sitting.objects.get(session=found, candidate=other)
    told = {"actor": house.boss, "session_id": found.pk}
    sessions.open_exam(absent_seats=(), absent_sittings=[away.pk], **told)
    with pytest.raises(InvalidInput):
        build.mark(house, "irene", away)
    here = Sitting.objects.get(session=found, candidate=person)
    for name in build.SEATED:
        build.mark(house, name, here)
    president = {"actor": house.people["irene"].actor, "session_id": found.pk}
    deliberation.begin_deliberation(**president)
    deliberation.decide(sitting_id=here.pk, facts=ResultFacts(outcome="acquired"), **president)
    text = minutes.read_content(build.drawn(house, found))
    assert [one["outcome"] for one in text["results"]] == ["acquired", ""]
    assert results_of(other.pk) == []


def test_nothing_counts_before_the_last_signature_and_nothing_changes_after(house, person):
    found = build.deliberated(house, build.opened(house, [person], blocks=BC1))
    text = build.drawn(house, found)
    for name in build.SEATED[:3]:
        minutes.sign_minutes(actor=house.people[name].actor, session_id=found.pk, digest=text.digest)
    assert acquired_blocks(person, "RNCP41674") == {}
    with pytest.raises(InvalidInput) as refusal:
        minutes.sign_minutes(actor=house.people["coralie"].actor, session_id=found.pk, digest="autre")
    assert "relisez-le" in said(refusal)
    minutes.sign_minutes(actor=house.people["coralie"].actor, session_id=found.pk, digest=text.digest)
    assert set(acquired_blocks(person, "RNCP41674")) == set(BC1)
    sitting = Sitting.objects.get(session=found)
    with pytest.raises(NotFound):  # the session is closed to its jury
        build.mark(house, "pauline", sitting)
    seat = build.seat_of(house, found, "pauline").pk
    for late in (
        lambda: ties.recuse(actor=house.boss, session_id=found.pk, seat_id=seat),
        lambda: sessions.seat_juror(actor=house.boss, session_id=found.pk, juror_id=house.jurors["petra"].pk),
        lambda: sessions.remove_sitting(actor=house.boss, session_id=found.pk, sitting_id=sitting.pk),
        lambda: sessions.cancel_session(actor=house.boss, session_id=found.pk),
    ):
        with pytest.raises(InvalidInput):
            late()


def test_an_addendum_corrects_beside_the_minutes_and_the_result_follows(house, person):
    found = build.sealed(house, [person], blocks=BC1)
    sitting = Sitting.objects.get(session=found)
    told = {"actor": house.boss, "session_id": found.pk}
    with pytest.raises(InvalidInput):
        minutes.add_addendum(facts=AddendumFacts(text=""), **told)
    with pytest.raises(InvalidInput):
        minutes.add_addendum(facts=AddendumFacts(text="Erreur.", outcome="not_acquired"), **told)
    facts = AddendumFacts(text="Interversion constatée le jour même.", sitting_id=sitting.pk, outcome="not_acquired")
    minutes.add_addendum(facts=facts, **told)
    assert acquired_blocks(person, "RNCP41674") == {}
    assert verification.check_minutes().holds


def reseal(row, name: str, text: str) -> None:
    """Write another text where a sealed one lies, as an operator with the keys could."""
    field = type(row)._meta.get_field(name)
    token = Sealed(seal_text(row.encryption_scope(), text, field.associated_data(row)))
    type(row).objects.filter(pk=row.pk).update(**{name: token})


def test_one_byte_changed_in_the_minutes_a_result_or_an_addendum_is_seen(house, person):
    found = build.sealed(house, [person], blocks=BC1)
    text = found.minutes
    added = minutes.add_addendum(actor=house.boss, session_id=found.pk, facts=AddendumFacts(text="Un mot."))
    assert verification.check_minutes().holds
    original = text.content
    reseal(text, "content", original.replace("Toulouse", "Toulouze").replace("Maison", "maison"))
    assert "le texte a changé" in verification.check_minutes().sentence
    reseal(text, "content", original)
    reseal(added, "text", "Un mor.")
    assert "l’additif 1 a changé" in verification.check_minutes().sentence
    reseal(added, "text", "Un mot.")
    BlockResult.objects.update(outcome="not_acquired")
    assert "un résultat" in verification.check_minutes().sentence
    BlockResult.objects.update(outcome="acquired")
    Minutes.objects.update(number="PV-CERT-2026-0009")
    assert "le sceau" in verification.check_minutes().sentence


def test_minutes_taken_out_of_the_chain_are_seen(house, person):
    build.sealed(house, [person], blocks=BC1)
    second = build.sealed(house, [build.candidate(house, birth_name="Autre")], blocks=BC1)
    assert second.minutes.number.endswith("-0002")
    first = Minutes.objects.get(rank=1)
    Minutes.objects.filter(pk=first.pk).update(sealed_at=None)
    assert "la chaîne des sceaux" in verification.check_minutes().sentence


def test_a_partial_success_is_completed_a_year_later_and_an_acquired_block_is_not_passed_again(house, person):
    build.sealed(house, [person], refused=build.BLOCKS[:1])
    assert set(acquired_blocks(person, "RNCP41674")) == set(build.BLOCKS[1:])
    with pytest.raises(InvalidInput) as refusal:
        build.session(house, [person], convoked=False)
    assert "déjà acquis, à vie" in said(refusal)
    ExamSession.objects.filter(state=SessionState.PREPARING).delete()
    vae = CandidacyFacts(route="vae", block_codes=BC1)
    candidates.withdraw_candidacy(actor=house.boss, candidate_id=person.pk)
    candidates.change_candidacy(actor=house.boss, candidate_id=person.pk, facts=vae)
    build_vae.ready(house, person)
    build.sealed(house, [person], blocks=BC1)
    assert set(acquired_blocks(person, "RNCP41674")) == set(build.BLOCKS)


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"experience_months": 5}, "il en manque 1"),
        ({"experience_months": None, "experience_nature": ""}, "pas encore prouvée"),
    ],
)
def test_a_candidate_without_the_six_months_is_not_examined(house, facts, word):
    person = build.candidate(house, build.candidacy(**facts))
    with pytest.raises(InvalidInput) as refusal:
        build.session(house, [person])
    assert word in said(refusal)
    assert not Sitting.objects.exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"starts_on": dt.date(2031, 1, 5), "ends_on": dt.date(2031, 1, 6)}, "ends_on"),  # the record has lapsed
        ({"ends_on": dt.date(2020, 1, 1)}, "ends_on"),
        ({"place": ""}, "place"),
        ({"modality": "SUR_LA_LUNE"}, "modality"),
        ({"postal_code": "1234567890"}, "postal_code"),
    ],
)
def test_an_impossible_session_is_refused_beside_its_field(house, facts, field):
    told = {"starts_on": today(), "ends_on": today(), "place": "Salle 2"} | facts
    with pytest.raises(InvalidInput) as refusal:
        sessions.plan_session(actor=house.boss, facts=SessionFacts(**told))
    assert field in refusal.value.errors


def test_a_session_is_read_by_its_jury_alone_and_only_while_it_lives(house, person):
    found = build.session(house, [person], blocks=BC1, convoked=False)
    pauline = house.people["pauline"].actor
    with pytest.raises(NotFound):
        queries.get_session(pauline, found.pk)  # not convoked yet
    sessions.convoke(actor=house.boss, session_id=found.pk)
    assert queries.get_session(pauline, found.pk) == found
    for name in ("petra", "igor"):
        with pytest.raises(NotFound):
            queries.get_session(house.people[name].actor, found.pk)
    for name in ("farid", "camille"):
        with pytest.raises(NotAllowed):
            queries.get_session(house.people[name].actor, found.pk)
    with pytest.raises(NotFound):
        queries.get_session(build.house("Autre jury", "-b").boss, found.pk)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_sessions_costs_one_query(house, django_assert_num_queries, count):
    for rank in range(count):
        build.session(house, [build.candidate(house, birth_name=f"Nom{'abc'[rank]}")], blocks=BC1)
    with django_assert_num_queries(1):
        assert len(list(queries.list_sessions(house.boss))) == count
