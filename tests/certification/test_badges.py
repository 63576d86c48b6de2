"""Badges: signed with the certificate, verified by anybody, silent about their holder, withdrawn for good."""

import json
from pathlib import Path

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError

from entremise.certification import verification_badges
from entremise.certification.models import Badge, BadgeKey, Certificate
from entremise.certification.openbadges import credential, reading
from entremise.certification.queries import badges as queries
from entremise.certification.services import badges, certificates
from entremise.certification.services.erasure import erase_candidates
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from tests.certification import build
from tests.real_data import real_data

pytestmark = pytest.mark.django_db
BC1 = build.BLOCKS[:1]


@pytest.fixture
def house(db):
    return build.house()


@pytest.fixture
def paper(house) -> Certificate:
    """The attestation of a block, whose holder has an account."""
    person = build.candidate(house, member_id=house.people["camille"].member.pk, email="camille@exemple.test")
    build.sealed(house, [person], blocks=BC1)
    return certificates.deliver_certificate(actor=house.boss, candidate_id=person.pk, block_code=BC1[0])


def badge_of(paper: Certificate) -> Badge:
    return Badge.objects.get(certificate=paper, withdrawn_at=None)


def document(paper: Certificate) -> dict:
    return json.loads(badge_of(paper).content)


def test_a_block_and_the_whole_have_each_a_badge_that_names_nobody(house):
    person = build.candidate(house)
    build.sealed(house, [person])
    schema = json.loads(real_data("openbadges/achievementcredential.schema.json").read_text())
    for block, kind in (("", "Certification"), (build.BLOCKS[3], "MicroCredential")):
        made = certificates.deliver_certificate(actor=house.boss, candidate_id=person.pk, block_code=block)
        found = document(made)
        achievement = found["credentialSubject"]["achievement"]
        assert (achievement["achievementType"], achievement["humanCode"]) == (kind, block or "RNCP41674")
        assert len(achievement["alignment"]) == (2 if block else 5)
        jsonschema.validate(found, schema, cls=jsonschema.Draft201909Validator)
        text = json.dumps(found, ensure_ascii=False)
        for word in ("Lafleur", "Camille", "1990-04", "Toulouse", str(person.pk), str(made.pk), made.number):
            assert word not in text
    assert BadgeKey.objects.count() == 1
    assert Badge.objects.values("position").distinct().count() == 2


def test_another_library_verifies_ours_and_refuses_what_was_changed_or_withdrawn(house, paper):
    found, key = document(paper), BadgeKey.objects.get()
    verifier = OB3LdpVerifier.for_issuer_did(queries.did_of(key))

    def served() -> dict:
        key.refresh_from_db()
        answer = lambda *_args, **_options: key.withdrawn.encode()  # noqa: E731
        return {"check_status": True, "download": answer, "verify_status_list": False}

    verifier.verify(found, **served())
    changed = json.loads(json.dumps(found).replace(BC1[0], build.BLOCKS[1]))
    with pytest.raises(OB3VerificationError, match="signature"):
        verifier.verify(changed)
    certificates.revoke_certificate(actor=house.boss, certificate_id=paper.pk, reason="Erreur.")
    with pytest.raises(OB3VerificationError, match="'revocation' is set"):
        verifier.verify(found, **served())


def test_the_holder_alone_ties_their_badge_to_an_address_which_is_kept_nowhere(house, paper):
    former = badge_of(paper).content.encode()
    told = {"certificate_id": paper.pk, "address": "Camille@exemple.test"}
    for actor in (house.boss, house.people["farid"].actor):
        with pytest.raises((NotAllowed, NotFound)):
            badges.tie_badge(actor=actor, **told)
    own = house.people["camille"].actor
    with pytest.raises(InvalidInput):
        badges.tie_badge(actor=own, certificate_id=paper.pk, address="camille")
    assert badge_of(paper).content.encode() == former
    tied = badges.tie_badge(actor=own, **told).content
    assert "exemple.test" not in tied.split('"identityHash"')[1].split("}")[0]
    assert queries.judge(tied.encode(), "camille@exemple.test").is_tied
    assert queries.judge(tied.encode(), "autre@exemple.test").is_tied is False
    assert queries.judge(former).state == "withdrawn"
    assert (
        queries.judge(badges.tie_badge(actor=own, certificate_id=paper.pk, address="").content.encode()).state
        == "valid"
    )


def test_a_new_key_leaves_former_badges_true_and_still_withdraws_them(house, paper):
    first = badge_of(paper).content.encode()
    badges.change_key(actor=house.boss)
    assert queries.judge(first).state == "valid"
    certificates.revoke_certificate(actor=house.boss, certificate_id=paper.pk, reason="Erreur.")
    assert queries.judge(first).state == "withdrawn"
    again = certificates.deliver_certificate(actor=house.boss, candidate_id=paper.candidate_id, block_code=BC1[0])
    assert badge_of(again).key.retired_at is None
    assert document(again)["issuer"]["id"] != json.loads(first)["issuer"]["id"]
    assert verification_badges.check_badges().holds


def test_two_houses_have_two_keys_and_one_never_signs_for_the_other(house, paper):
    other = build.house("Autre jury", "-b")
    badges.change_key(actor=other.boss)
    found = document(paper)
    assert queries.judge(json.dumps(found).encode()).body == "Jury commun"
    found["issuer"]["id"] = queries.did_of(BadgeKey.objects.get(organisation=other.organisation))
    assert queries.judge(json.dumps(found).encode()).state == "altered"
    with pytest.raises(NotAllowed):
        badges.change_key(actor=house.people["camille"].actor)


def test_anybody_verifies_a_badge_on_the_page_and_learns_what_is_wrong(house, paper, client):
    content = badge_of(paper).content

    def asked(text, **fields):
        return client.post("/verifier/badge", {"file": SimpleUploadedFile("b.json", text.encode()), **fields})

    page = asked(content, address="camille@exemple.test").content.decode()
    assert "Vrai et toujours valable" in page
    assert "ne lui est pas lié" in page
    assert "Modifié" in asked(content.replace(BC1[0], build.BLOCKS[1])).content.decode()
    refused = asked('{"a": 1}')
    assert refused.status_code == 422
    assert "n’est pas de ceux" in refused.content.decode()
    assert client.post("/verifier/badge").status_code == 422
    certificates.revoke_certificate(actor=house.boss, certificate_id=paper.pk, reason="Erreur.")
    page = asked(content).content.decode()
    assert "Retiré" in page
    assert "Jury commun" in page
    BadgeKey.objects.update(public="autre")
    assert "clé inconnue" in asked(content).content.decode()


def test_the_holder_the_certifier_and_who_holds_the_paper_download_it(house, paper, signed_in, client):
    from entremise.certification.exports.certificates import verification_url

    path = f"/certification/certificats/{paper.pk}/badge.json"
    content = badge_of(paper).content.encode()
    for name in ("celine", "camille"):
        assert signed_in(house.people[name]).get(path).content == content
    for name in ("pauline", "farid"):
        assert signed_in(house.people[name]).get(path).status_code in (403, 404)
    page = verification_url(paper).removeprefix("http://testserver")
    assert client.get(f"{page}/badge.json").content == content
    assert f"{page}/badge.json" in client.get(page).content.decode()
    assert client.get(f"{page[:-1]}/badge.json").status_code == 404
    key = BadgeKey.objects.get().public
    assert json.loads(client.get(f"/badges/listes/{key}").content)["issuer"] == f"did:key:{key}"
    assert "En service" in client.get(f"/badges/cles/{key}").content.decode()
    assert client.get("/badges/cles/inconnue").status_code == 404


def test_the_pages_sign_tie_and_change_the_key(house, paper, signed_in):
    boss, own = signed_in(house.people["celine"]), signed_in(house.people["camille"])
    folder, root = f"/certification/candidats/{paper.candidate_id}", f"/certification/certificats/{paper.pk}/badge"
    assert "Lier ce badge" in own.get(folder).content.decode()
    assert "Lier ce badge" not in boss.get(folder).content.decode()
    assert "adresse entière" in own.post(f"{root}/adresse", {"address": "\x00pas"}, follow=True).content.decode()
    assert (
        "signé de nouveau" in own.post(f"{root}/adresse", {"address": "a@exemple.test"}, follow=True).content.decode()
    )
    boss.post("/certification/reglages/cle-de-badges")
    assert "Remplacée" in boss.get("/certification/reglages").content.decode()
    Badge.objects.all().delete()  # a certificate of before badges
    assert "Signer le badge" in boss.get(folder).content.decode()
    boss.post(root)
    assert queries.judge(badge_of(paper).content.encode()).state == "valid"


def test_the_command_verifies_without_a_network_and_refuses_with_a_sentence(house, paper, tmp_path, capsys):
    badge, listed = tmp_path / "badge.json", tmp_path / "liste.json"
    key = BadgeKey.objects.get()
    badge.write_text(badge_of(paper).content)
    listed.write_text(key.withdrawn)
    told = {"liste": listed, "cle": queries.did_of(key)}
    call_command("verifier-badge", badge, **told)
    said = capsys.readouterr().out
    assert "SIGNATURE JUSTE" in said
    assert "Non retiré" in said
    call_command("verifier-badge", badge)
    assert "Retrait non contrôlé" in capsys.readouterr().out
    certificates.revoke_certificate(actor=house.boss, certificate_id=paper.pk, reason="Erreur.")
    listed.write_text(BadgeKey.objects.get().withdrawn)
    refused(badge, "RETIRÉ", **told)
    refused(badge, "AUTRE CLÉ", cle="did:key:z6Mk")
    refused(badge, "AUTRE PERSONNE", adresse="a@exemple.test")
    refused(badge, "pas la liste", liste=badge)
    refused(tmp_path / "rien.json", "ne s’ouvre pas")
    badge.write_text(badge.read_text().replace(BC1[0], build.BLOCKS[1]))
    refused(badge, "MODIFIÉ")


def refused(badge: Path, word: str, **options) -> None:
    with pytest.raises(CommandError, match=word):
        call_command("verifier-badge", badge, **options)


def test_verify_sees_a_changed_badge_a_forgotten_withdrawal_and_a_list_that_lies(house, paper):
    from tests.certification.test_sessions import reseal

    badge, key = badge_of(paper), BadgeKey.objects.get()
    original, listed = badge.content, key.withdrawn
    assert verification_badges.check_badges().sentence.endswith(" : 1")
    reseal(badge, "content", original.replace(BC1[0], build.BLOCKS[1]))
    assert "a changé" in verification_badges.check_badges().sentence
    reseal(badge, "content", original)
    certificates.revoke_certificate(actor=house.boss, certificate_id=paper.pk, reason="Erreur.")
    assert verification_badges.check_badges().holds
    BadgeKey.objects.update(withdrawn=listed)
    assert "ne dit pas" in verification_badges.check_badges().sentence
    Badge.objects.update(withdrawn_at=None)
    assert "est retiré, pas le badge" in verification_badges.check_badges().sentence


def test_an_erased_holder_keeps_a_true_badge_and_nothing_is_kept_here(house, paper):
    content = badge_of(paper).content.encode()
    erase_candidates([paper.candidate_id])
    assert not Badge.objects.get().content
    assert queries.judge(content).state == "valid"
    assert verification_badges.check_badges().holds


def test_the_table_itself_refuses_two_living_badges_and_two_at_one_place(house, paper):
    for changes in ({"position": 1}, {"certificate_id": None}):
        badge = badge_of(paper)
        badge.pk, badge._state.adding = None, True
        for name, value in changes.items():
            setattr(badge, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            badge.save(force_insert=True)


def test_a_badge_tied_to_an_address_has_the_shape_we_read(paper, house):
    own = house.people["camille"].actor
    found = badges.tie_badge(actor=own, certificate_id=paper.pk, address="a@exemple.test").content
    assert credential.is_tied_to(reading.read_badge(found.encode()), " A@exemple.test ")
