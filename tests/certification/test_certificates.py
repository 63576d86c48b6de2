"""Certificates: delivered when everything is proven, the same paper each time, true or not for whoever asks."""

import pytest
from django.db import IntegrityError, transaction

from entremise.certification import verification
from entremise.certification.commands import AddendumFacts
from entremise.certification.enums import CertificateKind
from entremise.certification.exports import certificates as exports
from entremise.certification.exports.certificates import certificate_pdf, verification_url
from entremise.certification.models import Certificate, Minutes, Sitting
from entremise.certification.queries import certificates as queries
from entremise.certification.services import candidates, certificates
from entremise.certification.services.erasure import erase_candidates
from entremise.certification.services.minutes import add_addendum
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.documents.services import check_pdf
from entremise.journal.models import Entry
from tests.certification import build

pytestmark = pytest.mark.django_db
BC1 = build.BLOCKS[:1]


@pytest.fixture
def house(db):
    return build.house()


@pytest.fixture
def person(house):
    return build.candidate(house, member_id=house.people["camille"].member.pk)


def deliver(house, person, block=""):
    return certificates.deliver_certificate(actor=house.boss, candidate_id=person.pk, block_code=block)


def said(refusal) -> str:
    return " ".join(sentence for found in refusal.value.errors.values() for sentence in found)


def test_the_whole_certification_asks_four_blocks_and_the_internship(house):
    person = build.candidate(house, build.candidacy(internship_hours=244))
    build.sealed(house, [person], refused=BC1)
    with pytest.raises(InvalidInput) as refusal:
        deliver(house, person)
    assert "RNCP41674BC01" in said(refusal)
    assert "il en manque 1" in said(refusal)
    build.sealed(house, [person], blocks=BC1)
    with pytest.raises(InvalidInput) as refusal:
        deliver(house, person)
    assert "RNCP41674BC01" not in said(refusal)
    candidates.change_candidacy(actor=house.boss, candidate_id=person.pk, facts=build.candidacy())
    made = deliver(house, person)
    assert made.kind == CertificateKind.FULL
    assert {one["minutes"][-4:] for one in queries.read_certificate(made)["blocks"]} == {"0001", "0002"}


def test_a_block_has_its_attestation_and_no_other_block(house, person):
    build.sealed(house, [person], blocks=BC1)
    assert deliver(house, person, BC1[0]).number.endswith("-00001")
    assert deliver(house, person, BC1[0]).number.endswith("-00001")  # the same one
    for block in (build.BLOCKS[1], "RNCP41674BC99"):
        with pytest.raises(InvalidInput):
            deliver(house, person, block)
    assert Certificate.objects.count() == 1


def test_the_paper_is_accessible_and_its_duplicates_are_numbered_and_counted(house, person, monkeypatch):
    build.sealed(house, [person], blocks=BC1)
    made = deliver(house, person, BC1[0])
    paper = certificate_pdf(made)
    assert check_pdf(paper) == []
    for _ in range(2):
        certificates.record_copy(actor=house.people["camille"].actor, certificate_id=made.pk)
    written = []
    monkeypatch.setattr(exports, "render_pdf", lambda _model, data, **_options: written.append(dict(data["lines"])))
    exports.certificate_pdf(made)
    exports.certificate_pdf(Certificate.objects.get())
    assert "Duplicata" not in written[0]
    assert written[1]["Duplicata"].startswith("n° 1, fait le ")
    (told,) = queries.certificates_of(house.boss, person.pk)
    assert [line.codes["copy"] for line in told.duplicates] == [2]
    assert [entry.payload["codes"]["copy"] for entry in Entry.objects.filter(name="certificate.copied")] == [1, 2]


def test_a_civil_status_corrected_later_does_not_rewrite_the_paper(house, person):
    build.sealed(house, [person], blocks=BC1)
    made = deliver(house, person, BC1[0])
    told = {"actor": house.boss, "candidate_id": person.pk, "base_version": 1}
    candidates.correct_civil_status(civil_status=build.civil(birth_name="Ménez"), **told)
    assert queries.read_certificate(Certificate.objects.get(pk=made.pk))["holder"]["birth_name"] == "Lafleur-Ménez"


def test_anybody_who_holds_the_paper_verifies_it_and_nobody_guesses(house, person, client):
    build.sealed(house, [person], blocks=BC1)
    made = deliver(house, person, BC1[0])
    path = verification_url(made).removeprefix("http://testserver")
    page = client.get(path)
    assert "toujours valable" in page.content.decode()
    assert "Lafleur-Ménez" in page.content.decode()
    for wrong in (path[:-1] + ("0" if path[-1] != "0" else "1"), path.replace("-00001", "-00002")):
        refused = client.get(wrong)
        assert refused.status_code == 404
        assert "Lafleur" not in refused.content.decode()
    other = build.house("Autre jury", "-b")
    with pytest.raises(NotFound):
        queries.get_certificate(other.boss, made.pk)


def test_a_withdrawn_certificate_says_so_is_not_printed_and_may_be_made_again(house, person, client):
    build.sealed(house, [person], blocks=BC1)
    made = deliver(house, person, BC1[0])
    told = {"actor": house.boss, "certificate_id": made.pk}
    with pytest.raises(InvalidInput):
        certificates.revoke_certificate(reason=" ", **told)
    with pytest.raises(NotAllowed):
        actor = house.people["camille"].actor
        certificates.revoke_certificate(actor=actor, certificate_id=made.pk, reason="Pour voir.")
    certificates.revoke_certificate(reason="Nom mal orthographié.", **told)
    page = client.get(verification_url(made)).content.decode()
    assert "Retiré" in page
    assert "Lafleur" not in page
    with pytest.raises(InvalidInput):
        certificates.record_copy(**told)
    assert deliver(house, person, BC1[0]).number.endswith("-00002")


def test_the_table_itself_refuses_a_second_living_certificate(house, person):
    build.sealed(house, [person], blocks=BC1)
    made = deliver(house, person, BC1[0])
    made.pk, made.rank = None, 9
    made._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)


def test_an_erased_holder_leaves_a_number_and_no_name(house, person, client):
    build.sealed(house, [person], blocks=BC1)
    made = deliver(house, person, BC1[0])
    erase_candidates([person.pk])
    page = client.get(verification_url(made)).content.decode()
    assert made.number in page
    assert "Lafleur" not in page
    assert Minutes.objects.get().content  # the minutes have a clock of their own
    with pytest.raises(InvalidInput, match="effacé"):
        certificates.record_copy(actor=house.boss, certificate_id=made.pk)


def test_the_holder_and_the_certifier_print_it_from_the_file(house, person, signed_in):
    build.sealed(house, [person], blocks=BC1)
    boss, own = signed_in(house.people["celine"]), signed_in(house.people["camille"])
    boss.post(f"/certification/candidats/{person.pk}/certificats", {"block_code": BC1[0]})
    made = Certificate.objects.get()
    assert made.number in own.get(f"/certification/candidats/{person.pk}").content.decode()
    for client in (boss, own):
        answer = client.post(f"/certification/certificats/{made.pk}/exemplaire")
        assert answer.content.startswith(b"%PDF")
    page = boss.get(f"/certification/candidats/{person.pk}").content.decode()
    assert "Délivrer l’attestation" not in page  # delivered once
    assert "Délivrer le certificat entier" not in page
    refused = boss.post(f"/certification/candidats/{person.pk}/certificats", follow=True)
    assert "Bloc à acquérir" in refused.content.decode()
    boss.post(f"/certification/certificats/{made.pk}/retirer", {"reason": "Erreur de nom."})
    assert Certificate.objects.get().revoked_at is not None


def test_a_changed_paper_or_a_lost_block_is_seen(house, person):
    from tests.certification.test_sessions import reseal

    found = build.sealed(house, [person], blocks=BC1)
    made = deliver(house, person, BC1[0])
    assert verification.check_certificates().holds
    original = made.content
    reseal(made, "content", original.replace("Camille", "Camilla"))
    assert "a changé" in verification.check_certificates().sentence
    reseal(made, "content", original)
    facts = AddendumFacts(text="Erreur.", sitting_id=Sitting.objects.get().pk, outcome="not_acquired")
    add_addendum(actor=house.boss, session_id=found.pk, facts=facts)
    assert "n’est plus acquis" in verification.check_certificates().sentence
