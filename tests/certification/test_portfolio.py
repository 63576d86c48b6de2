"""A deposited portfolio: who reads what of it, when; and the ledgers a person decides on."""

import datetime as dt

import pytest
from django.urls import reverse

from entremise.certification.models import Candidacy, Pledge, Sitting, Submission, SubmissionFile, VaePiece
from entremise.certification.services.erasure import erase_candidates
from entremise.certification.services.minutes import sign_minutes
from entremise.certification.services.portfolio import retain_prerequisites, submit_portfolio
from entremise.certification.verification_portfolios import check_submissions
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.pieces import bytes_of
from entremise.practice.services.evidence import remove_evidence
from tests.certification import build, build_vae
from tests.practice import build_portfolio

pytestmark = pytest.mark.django_db
WORDS = "Un atelier au pied des tours"


@pytest.fixture
def made(db):
    """Camille deposited her portfolio: 244 attested hours, five attested months; and passes today."""
    house = build.house()
    camille = house.people["camille"]
    file = build.candidate(
        house, build.candidacy(experience_months=None, internship_hours=None), member_id=camille.member.pk
    )
    house.kept = build_portfolio.keep(camille)
    stay = build_portfolio.line(camille, hours=244)
    lived = build_portfolio.lived(camille, dt.date(2024, 1, 1), dt.date(2024, 5, 31))
    build_portfolio.signed(camille, "line", stay, words="Présente chaque jour.")
    build_portfolio.signed(camille, "line", lived)
    house.snapshot = build_portfolio.frozen(camille)
    submit_portfolio(actor=camille.actor, snapshot_id=house.snapshot.pk)
    house.file = file
    return house


def opened(made):
    """A session of today, once the certifier has retained the months they were shown otherwise."""
    told = {"actor": made.boss, "candidate_id": made.file.pk}
    retain_prerequisites(months=6, nature="volunteer", hours=244, **told)
    return build.opened(made, [made.file], blocks=build.BLOCKS[:1])


def path(session, file):
    sitting = Sitting.objects.filter(session=session, candidate=file).first()
    return reverse("certification:sitting_portfolio", args=[session.pk, sitting.pk])


def test_a_deposited_document_is_read_by_who_signed_and_goes_with_the_file_of_the_candidate(made, signed_in):
    camille, content = made.people["camille"], b"%PDF-1.7 mon dipl\xc3\xb4me"
    proof = {"kind": "document", "issuer": "Centre", "file_name": "diplome.pdf", "keeps_file": True}
    kept = build_portfolio.keep(camille, file=content, **proof)
    again = build_portfolio.frozen(camille)
    submit_portfolio(actor=camille.actor, snapshot_id=again.pk)
    remove_evidence(actor=camille.actor, evidence_id=kept.pk)  # what was deposited stays deposited
    session = opened(made)
    where, held = path(session, made.file), SubmissionFile.objects.get()
    url = where.replace("/portfolio", f"/documents/{held.pk}")
    pauline = signed_in(made.people["pauline"])
    assert pauline.get(url).status_code == 404
    pauline.post(where, {"agrees": "on"})
    assert url in pauline.get(where).content.decode()
    answer = pauline.get(url)
    assert answer.content == content
    assert answer["Content-Disposition"].startswith("attachment")
    for name in ("pierre", "celine", "farid", "camille", "petra"):
        assert signed_in(made.people[name]).get(url).status_code in (403, 404)
    assert check_submissions().holds
    SubmissionFile.objects.update(digest="0" * 64)
    assert not check_submissions().holds
    erase_candidates([made.file.pk])
    assert not SubmissionFile.objects.exists()


def test_a_portfolio_deposited_anew_leaves_no_document_of_the_former(made):
    camille = made.people["camille"]
    proof = {"kind": "document", "issuer": "Centre", "keeps_file": True}
    kept = build_portfolio.keep(camille, file=b"%PDF-1", **proof)
    submit_portfolio(actor=camille.actor, snapshot_id=build_portfolio.frozen(camille).pk)
    remove_evidence(actor=camille.actor, evidence_id=kept.pk)
    build_portfolio.keep(camille, file=b"%PDF-2", **proof)
    submit_portfolio(actor=camille.actor, snapshot_id=build_portfolio.frozen(camille).pk)
    assert bytes_of(SubmissionFile.objects.get().content) == b"%PDF-2"


def test_a_member_of_the_jury_reads_only_after_signing_and_only_while_the_session_lives(made, signed_in):
    session = opened(made)
    pauline = signed_in(made.people["pauline"])
    where = path(session, made.file)
    before = pauline.get(where).content.decode()
    assert "Signer et lire" in before
    assert WORDS not in before
    assert pauline.post(where).status_code == 422
    assert not Pledge.objects.exists()
    assert pauline.post(where, {"agrees": "on"}).status_code == 302
    assert WORDS in pauline.get(where).content.decode()
    assert WORDS not in signed_in(made.people["pierre"]).get(where).content.decode()  # each one signs
    build.deliberated(made, session)
    text = build.drawn(made, session)
    for name in build.SEATED:
        sign_minutes(actor=made.people[name].actor, session_id=session.pk, digest=text.digest)
    assert pauline.get(where).status_code == 404


def test_neither_the_certifier_nor_the_trainer_nor_another_jury_reads_the_evidence(made, signed_in):
    session = opened(made)
    where = path(session, made.file)
    for name in ("celine", "farid", "petra", "camille"):
        answer = signed_in(made.people[name]).get(where)
        assert answer.status_code in (403, 404), name
        assert WORDS not in answer.content.decode()
    stranger = build.house("Autre jury", "-b")
    assert signed_in(stranger.people["pauline"]).get(where).status_code == 404
    for name in ("celine", "farid"):
        client = signed_in(made.people[name])
        for page in ("candidate", "prerequisites"):
            shown = client.get(reverse(f"certification:{page}", args=[made.file.pk])).content.decode()
            assert WORDS not in shown, (name, page)


def test_244_hours_and_five_months_give_their_message_and_a_person_decides(made, signed_in):
    celine = signed_in(made.people["celine"])
    where = reverse("certification:prerequisites", args=[made.file.pk])
    page = celine.get(where).content.decode()
    assert "244 h de stage attestées sur 245" in page
    assert "5 mois d’expérience attestés sur 6" in page
    assert "Présente chaque jour." in page
    assert "du 6 janv. 2025 au 28 févr. 2025" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert Candidacy.objects.get().internship_hours is None  # nothing was decided by reading
    assert celine.post(where, {"months": "5", "nature": "", "hours": "244"}).status_code == 422
    assert celine.post(where, {"months": "5", "nature": "volunteer", "hours": "244"}).status_code == 302
    held = Candidacy.objects.get()
    assert (held.experience_months, held.internship_hours, held.route) == (5, 244, "continuing")
    assert held.enrolments.count() == len(build.BLOCKS)
    shown = celine.get(reverse("certification:candidate", args=[made.file.pk])).content.decode()
    assert "5 mois d’expérience prouvés sur 6" in shown
    farid = signed_in(made.people["farid"])
    assert farid.get(where).status_code == 403


def test_what_was_deposited_does_not_change_with_the_portfolio_of_its_author(made):
    remove_evidence(actor=made.people["camille"].actor, evidence_id=made.kept.pk)
    submission = Submission.objects.get()
    assert submission.content == made.snapshot.content
    assert check_submissions().holds
    submission.content = submission.content.replace("244", "245")
    submission.save()
    assert not check_submissions().holds


def test_one_deposits_ones_own_portfolio_in_ones_own_file_and_once(made):
    camille, farid = made.people["camille"], made.people["farid"]
    with pytest.raises(InvalidInput):
        submit_portfolio(actor=camille.actor, snapshot_id=made.snapshot.pk)
    with pytest.raises(NotAllowed):
        submit_portfolio(actor=farid.actor, snapshot_id=made.snapshot.pk)
    other = build.house("Autre jury", "-b")
    build.candidate(other, member_id=other.people["camille"].member.pk)
    with pytest.raises(NotFound):
        submit_portfolio(actor=other.people["camille"].actor, snapshot_id=made.snapshot.pk)


def test_the_candidate_deposits_from_their_page_and_an_erased_file_keeps_no_word_of_it(made, signed_in):
    camille = signed_in(made.people["camille"])
    where = reverse("certification:own_portfolio")
    assert "Celui que le jury lira" in camille.get(where).content.decode()
    assert camille.post(where).status_code == 422
    assert camille.post(where, {"snapshot": "rien"}).status_code == 422
    assert signed_in(made.people["celine"]).get(where).status_code == 403
    erase_candidates([made.file.pk])
    assert Submission.objects.get().content == ""
    assert check_submissions().holds


def test_a_jury_reads_the_validation_file_of_a_vae_once_signed_and_not_the_identity_card(signed_in):
    house = build.house()
    person = build_vae.candidate(house)
    build_vae.ready(house, person)
    session = build.opened(house, [person], blocks=build.BLOCKS[:1])
    where = path(session, person)
    sitting = Sitting.objects.get(session=session)
    pieces = {one.kind: one.pk for one in VaePiece.objects.all()}

    def piece(client, kind):
        return client.get(reverse("certification:sitting_piece", args=[session.pk, sitting.pk, pieces[kind]]))

    pauline, petra = signed_in(house.people["pauline"]), signed_in(house.people["petra"])
    assert build_vae.WORDS not in pauline.get(where).content.decode()
    assert piece(pauline, "validation").status_code == 404  # nothing before the signature
    assert pauline.post(where, {"agrees": "on"}).status_code == 302
    assert build_vae.WORDS in pauline.get(where).content.decode()
    assert piece(pauline, "validation").content == build_vae.PDF
    assert piece(pauline, "id_card").status_code == 404
    assert piece(petra, "validation").status_code == 404  # not of this jury
    assert piece(signed_in(house.people["celine"]), "validation").status_code == 403
