"""The path of the VAE: two dossiers, their decisions, their history; a jury for who is admissible and verified."""

import datetime as dt

import pytest
import time_machine

from entremise.certification import vae_path
from entremise.certification.enums import VaeStepKind
from entremise.certification.models import VaeCompetence, VaeDossier, VaePiece, VaeStep
from entremise.certification.queries import vae as queries
from entremise.certification.services import sessions, vae, vae_decisions
from entremise.certification.services.erasure import erase_candidates
from entremise.certification.vae_path import Delays, Standing
from entremise.core import pieces
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
    return build_vae.candidate(house, blocks=BC1)


def steps(person) -> list[str]:
    return list(VaeStep.objects.filter(candidate=person).values_list("kind", flat=True))


def seat(house, person):
    facts = build.SessionFacts(starts_on=today(), ends_on=today(), place="Salle", postal_code="31000")
    found = sessions.plan_session(actor=house.boss, facts=facts)
    return sessions.add_sittings(actor=house.boss, session_id=found.pk, candidate_id=person.pk, block_codes=BC1)


def test_a_dossier_goes_from_its_author_to_a_jury_and_keeps_its_history(house, person):
    dossier = build_vae.sent(house, person, actor=house.people["camille"].actor)
    assert dossier.due_on == today() + dt.timedelta(days=60)
    with pytest.raises(InvalidInput, match="pas recevable"):
        seat(house, person)
    build_vae.decided(house, person, "incomplete", "La pièce d’identité est illisible.")
    build_vae.sent(house, person)
    build_vae.decided(house, person, "complete")
    build_vae.decided(house, person, "admissible")
    build_vae.validation_sent(house, person)
    build_vae.checked(house, person, "flagged", "Le sommaire manque.")
    with pytest.raises(InvalidInput, match="pas vérifié"):
        seat(house, person)
    vae.send_validation(actor=house.boss, candidate_id=person.pk)
    build_vae.checked(house, person)
    assert len(seat(house, person)) == 1
    told = "sent incomplete sent complete admissible validation_sent flagged validation_sent verified"
    assert steps(person) == told.split()
    reasons = [row.reason for row in VaeStep.objects.filter(candidate=person) if row.reason]
    assert reasons == ["La pièce d’identité est illisible.", "Le sommaire manque."]


def test_what_is_missing_before_sending_is_all_said_and_nothing_leaves(house, person):
    with pytest.raises(InvalidInput) as refusal:
        vae.send_feasibility(actor=house.boss, candidate_id=person.pk, sworn=False)
    said = " ".join(refusal.value.errors["__all__"])
    for word in ("C1", "pièce d’identité", "sur l’honneur", "acquise"):
        assert word in said
    assert steps(person) == []


def test_a_refusal_needs_its_reason_and_ends_the_dossier(house, person):
    build_vae.sent(house, person)
    with pytest.raises(InvalidInput, match="reason"):
        build_vae.decided(house, person, "rejected")
    build_vae.decided(house, person, "rejected", "Aucune activité dans le champ de la fiche.")
    for again in ("admissible", "complete"):
        with pytest.raises(InvalidInput, match="ne se prend pas"):
            build_vae.decided(house, person, again)
    with pytest.raises(InvalidInput, match="est envoyé"):
        vae.write_competences(actor=house.boss, candidate_id=person.pk, told={"C1": ("autre", "no")})


def test_each_one_does_what_is_theirs(house, person):
    me, farid = house.people["camille"].actor, house.people["farid"].actor
    build_vae.written(house, person, actor=me)
    vae.give_opinion(actor=farid, candidate_id=person.pk, opinion="favorable", reason="")
    with pytest.raises(NotAllowed):
        vae.give_opinion(actor=me, candidate_id=person.pk, opinion="favorable", reason="")
    with pytest.raises(NotAllowed):
        vae.send_feasibility(actor=farid, candidate_id=person.pk, sworn=True)
    with pytest.raises(NotAllowed):
        vae_decisions.decide_feasibility(
            actor=me, candidate_id=person.pk, facts=build_vae.VaeDecision(decision="admissible")
        )
    other = build.house("Autre jury", "-b")
    for actor in (other.boss, other.people["camille"].actor, house.people["pauline"].actor):
        with pytest.raises((NotFound, NotAllowed)):
            queries.vae_file(actor, person.pk)


def test_a_trainer_who_does_not_accompany_reads_no_word(house):
    found = build.candidate(house, build.candidacy(route="vae"))
    facts = build_vae.CompanionFacts(kind="trainer", member_id=house.people["farid"].member.pk)
    build_vae.name_companion(actor=house.boss, candidate_id=found.pk, facts=facts)
    with pytest.raises(NotFound):
        queries.vae_file(house.people["farid"].actor, found.pk)


def test_words_and_pieces_lie_sealed_and_go_with_the_file(house, person):
    build_vae.sent(house, person)
    rows = [*VaePiece.objects.values_list("content", "name"), *VaeCompetence.objects.values_list("text")]
    assert not any("JVBERi" in str(row) or "centre social" in str(row) for row in rows)
    assert build_vae.texts(person) == {build_vae.WORDS}
    erase_candidates([person.pk])
    assert not VaeDossier.objects.exists()
    assert not VaePiece.objects.exists()


@pytest.mark.parametrize("content", [b"MZ\x90", b"", b"%PDF-" + b"x" * pieces.HEAVIEST], ids=["exe", "empty", "heavy"])
def test_a_piece_that_is_no_document_is_refused(house, person, content):
    with pytest.raises(InvalidInput, match="PDF, une image JPEG ou PNG"):
        vae.add_piece(actor=house.boss, candidate_id=person.pk, kind="id_card", name="x.pdf", content=content)
    assert not VaePiece.objects.exists()


def test_a_jury_that_leaves_blocks_reopens_the_validation_and_keeps_what_is_acquired(house):
    both = build.BLOCKS[:2]
    person = build_vae.candidate(house, blocks=both, account="")
    build_vae.ready(house, person)
    build.sealed(house, [person], blocks=both, refused=both[1:])
    dossier = VaeDossier.objects.get()
    assert dossier.validation == "awaited"
    heard = VaeStep.objects.get(kind=VaeStepKind.HEARD)
    assert heard.reason == "Succès partiel, certification partielle"
    build_vae.validation_sent(house, person)
    build_vae.checked(house, person)
    build.sealed(house, [person], blocks=both[1:])
    assert [row.reason for row in VaeStep.objects.filter(kind=VaeStepKind.HEARD)][1] == (
        "Succès total, certification partielle"
    )
    assert VaeDossier.objects.get().validation == "verified"


@pytest.mark.parametrize("typed", ["x" * 5000, "a\x00b مرحبا 🙂" + "y" * 4000], ids=["long", "odd"])
def test_a_block_that_is_too_long_keeps_what_was_typed(house, person, signed_in, typed):
    client = signed_in(house.people["camille"])
    url = f"/certification/candidats/{person.pk}/vae/blocs/{BC1[0]}"
    assert f"<title>{BC1[0]}" in client.get(url).content.decode()
    refused = client.post(url, {"text_C1": typed, "mastery_C1": "yes"})
    assert refused.status_code == 422
    assert typed.replace("\x00", "")[-4001:] in refused.content.decode()
    assert not VaeCompetence.objects.exists()
    assert client.post(url, {"text_C1": "À l’accueil.", "mastery_C1": "partly"}).status_code == 302
    assert "En partie".lower() in client.get(f"/certification/candidats/{person.pk}/vae").content.decode()


DAY = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("feasibility", "validation", "days", "due"),
    [
        ("draft", "awaited", 59, False),
        ("draft", "awaited", 60, True),
        ("incomplete", "awaited", 60, True),
        ("sent", "awaited", 900, False),
        ("complete", "awaited", 900, False),
        ("rejected", "awaited", 900, False),
        ("admissible", "awaited", 164, False),
        ("admissible", "flagged", 165, True),
        ("admissible", "sent", 900, False),
        ("admissible", "verified", 900, False),
    ],
)
def test_only_who_must_act_is_idle(feasibility, validation, days, due):
    standing = Standing(feasibility, validation, active_on=DAY)
    assert vae_path.idle_due(standing, Delays(), DAY + dt.timedelta(days=days)) is due


def test_who_sends_after_being_asked_has_answered_and_never_lapses_while_others_decide(house, person):
    me = build_vae.written(house, person)
    with time_machine.travel(today() + dt.timedelta(days=60)) as clock:
        vae_decisions.watch_activity()
        assert VaeDossier.objects.get().idle_on == today()
        vae.send_feasibility(sworn=True, **me)
        clock.shift(dt.timedelta(days=181))
        assert "0 devenues caduques" in vae_decisions.watch_activity()
        build_vae.decided(house, person, "admissible")
        vae.add_piece(kind="validation", name="dossier.pdf", content=build_vae.PDF, **me)
        clock.shift(dt.timedelta(days=165))
        assert "1 candidatures" in vae_decisions.watch_activity()
        vae.send_validation(**me)
        clock.shift(dt.timedelta(days=181))
        assert "0 devenues caduques" in vae_decisions.watch_activity()
    assert VaeDossier.objects.get().lapsed_on is None


def test_silence_lapses_and_a_contestation_is_answered(house, person):
    me = {"actor": house.people["camille"].actor, "candidate_id": person.pk}
    answer = {"actor": house.boss, "candidate_id": person.pk}
    vae.write_competences(told={"C1": ("Un début.", "")}, **me)
    with time_machine.travel(today() + dt.timedelta(days=60)) as clock:
        assert "1 candidatures" in vae_decisions.watch_activity()
        assert "0 candidatures" in vae_decisions.watch_activity()
        vae.confirm_activity(**me)
        clock.shift(dt.timedelta(days=60))
        vae_decisions.watch_activity()
        clock.shift(dt.timedelta(days=180))
        assert "1 devenues caduques" in vae_decisions.watch_activity()
        with pytest.raises(InvalidInput, match="caduque"):
            vae.write_competences(told={"C1": ("Trop tard.", "")}, **me)
        vae.contest_lapse(reason="J’étais hospitalisée.", **me)
        with pytest.raises(InvalidInput, match="Écrivez pourquoi"):
            vae_decisions.answer_contest(resumes=False, reason="", **answer)
        vae_decisions.answer_contest(resumes=True, reason="", **answer)
        vae.write_competences(told={"C1": ("Je reprends.", "")}, **me)
    assert steps(person) == ["idle", "resumed", "idle", "lapsed", "contested", "resumed"]
