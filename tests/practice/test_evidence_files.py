"""The file of an outside document: its author's choice, read by nobody else, gone with the evidence."""

import base64
import hashlib
import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from entremise.core import pieces
from entremise.core.errors import Conflict, InvalidInput, NotFound
from entremise.practice.models import EvidenceFile
from entremise.practice.queries.evidence_files import get_file
from entremise.practice.services.evidence import change_evidence, remove_evidence
from tests.practice import build_portfolio

PDF = b"%PDF-1.7 un dipl\xc3\xb4me"
URL = "/pratique/portfolio"


@pytest.fixture(autouse=True)
def known(db):
    build_portfolio.record()


def document(**facts):
    return {"kind": "document", "issuer": "Centre de formation", "file_name": "diplome.pdf"} | facts


def deposited(person, content=PDF, **facts):
    return build_portfolio.keep(person, **document(file=content, keeps_file=True, **facts))


def typed(**facts):
    told = {"title": "Mon diplôme", "text": build_portfolio.TEXT, "competences": [build_portfolio.C5]}
    return told | {"issuer": "Centre de formation", "reread": "on"} | facts


def taken(answer) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(answer.content)) as found:
        return {name: found.read(name) for name in found.namelist()}


def test_a_fingerprint_alone_is_kept_unless_its_author_chooses_to_deposit_the_file(cast, signed_in):
    client = signed_in(cast.samia)
    page = client.get(f"{URL}/nouvelle/document").content.decode()
    assert "Masquez les noms" in page
    file = SimpleUploadedFile("diplome.pdf", PDF)
    client.post(f"{URL}/nouvelle/document", typed(file=file, keeps_file="digest"))
    assert not EvidenceFile.objects.exists()
    client.post(f"{URL}/nouvelle/document", typed(file=SimpleUploadedFile("x.pdf", PDF), keeps_file="file"))
    kept = EvidenceFile.objects.get()
    assert kept.digest == hashlib.sha256(PDF).hexdigest()
    answer = client.get(f"{URL}/preuves/{kept.evidence_id}/fichier")
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]


def test_the_bytes_are_sealed_under_the_key_of_their_author(cast):
    deposited(cast.samia)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM practice_evidencefile")
        (row,) = cursor.fetchone()
    assert base64.b64encode(PDF)[:12].decode() not in str(row)
    assert pieces.bytes_of(EvidenceFile.objects.get().content) == PDF


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<html>"),
        ("faux.pdf", b"PK\x03\x04"),
        ("vide.pdf", b" "),
        ("lourd.pdf", b"%PDF-" + b"0" * pieces.HEAVIEST),
    ],
)
def test_another_type_or_too_heavy_a_file_is_refused_and_keeps_nothing(cast, signed_in, name, content):
    form = typed(file=SimpleUploadedFile(name, content), keeps_file="file")
    answer = signed_in(cast.samia).post(f"{URL}/nouvelle/document", form)
    assert answer.status_code == 422
    assert "PDF, une image JPEG ou PNG, de 5 Mo au plus" in answer.content.decode()
    assert "Mon diplôme" in answer.content.decode()
    assert not EvidenceFile.objects.exists()


def test_depositing_without_a_file_is_said_and_a_full_portfolio_too(cast, monkeypatch):
    with pytest.raises(InvalidInput) as refusal:
        build_portfolio.keep(cast.samia, **document(keeps_file=True))
    assert "Choisissez le fichier" in str(refusal.value.errors)
    monkeypatch.setattr(pieces, "MOST", 1)
    deposited(cast.samia)
    with pytest.raises(InvalidInput):
        deposited(cast.samia, b"%PDF-2")
    assert EvidenceFile.objects.count() == 1


def test_written_again_the_file_stays_is_replaced_or_goes_as_its_author_says(cast, signed_in):
    kept = deposited(cast.samia)
    url = f"{URL}/preuves/{kept.pk}/relire"
    client = signed_in(cast.samia)
    client.post(url, typed(keeps_file="file", base_version=1))
    assert EvidenceFile.objects.get().digest == hashlib.sha256(PDF).hexdigest()
    png = b"\x89PNG\r\n\x1a\n0"
    client.post(url, typed(file=SimpleUploadedFile("d.png", png), keeps_file="file", base_version=2))
    assert EvidenceFile.objects.get().media_type == "image/png"
    client.post(url, typed(keeps_file="digest", base_version=3))
    assert not EvidenceFile.objects.exists()
    kept.refresh_from_db()
    assert json.loads(kept.content)["document"] == {
        "issuer": "Centre de formation",
        "name": "d.png",
        "digest": hashlib.sha256(png).hexdigest(),
        "filed": False,
    }


def test_it_leaves_with_the_portfolio_and_goes_with_the_evidence_that_a_frozen_one_still_names(cast, signed_in):
    kept = deposited(cast.samia)
    frozen = build_portfolio.frozen(cast.samia)
    client = signed_in(cast.samia)
    digest = hashlib.sha256(PDF).hexdigest()
    for url in (f"{URL}/emporter", f"{URL}/figes/{frozen.pk}/emporter"):
        assert taken(client.post(url))[f"documents/{digest[:12]}.pdf"] == PDF
    assert "Fichier joint" in client.get(f"{URL}/figes/{frozen.pk}").content.decode()
    remove_evidence(actor=cast.samia.actor, evidence_id=kept.pk)
    assert not EvidenceFile.objects.exists()
    left = taken(client.post(f"{URL}/figes/{frozen.pk}/emporter"))
    assert not [name for name in left if name.startswith("documents/")]
    assert digest.encode() in left["portfolio.json"]


def test_nobody_else_reads_it(cast, signed_in):
    kept = deposited(cast.samia)
    for person in (cast.paul, cast.claire, cast.ines):
        assert signed_in(person).get(f"{URL}/preuves/{kept.pk}/fichier").status_code in (403, 404)
    with pytest.raises(NotFound):
        get_file(cast.paul.actor, kept.pk)


def test_a_window_left_behind_replaces_no_file(cast):
    kept = deposited(cast.samia)
    told = build_portfolio.command(**document(file=b"%PDF-3", keeps_file=True))
    with pytest.raises(Conflict):
        change_evidence(actor=cast.samia.actor, evidence_id=kept.pk, command=told, base_version=0)
    assert EvidenceFile.objects.get().digest == hashlib.sha256(PDF).hexdigest()
