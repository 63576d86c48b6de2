"""Cards on paper: tagged, legible in four scripts, or refused with the reason."""

import os
import shutil
import subprocess

import pytest
from django.urls import reverse

from entremise.documents.services import check_pdf, ethiopic_font, fonts
from entremise.intercultural.decks import CODES

pytestmark = pytest.mark.django_db


def needs_ethiopic() -> None:
    """Debian's font: installed by ``tools/ensure`` where everything runs, skipped with one line elsewhere."""
    if ethiopic_font() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("fonts-noto-core is not installed")
        pytest.skip("fonts-noto-core is not installed on this machine")


def pdf(client, code, paper) -> bytes:
    answer = client.get(reverse("intercultural:paper", args=[code, paper]), {"forme": "f"})
    assert answer["Content-Type"] == "application/pdf"
    return answer.content


def words(content: bytes, tmp_path) -> str:
    if shutil.which("pdftotext") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("poppler-utils is not installed")
        pytest.skip("poppler-utils is not installed on this machine")
    path = tmp_path / "cartes.pdf"
    path.write_bytes(content)
    return subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True, text=True).stdout


@pytest.mark.parametrize("paper", ["a4", "a6"])
@pytest.mark.parametrize("code", CODES)
def test_every_language_prints_as_a_tagged_pdf(cast, signed_in, shown, code, paper):
    if code == "ti":
        needs_ethiopic()
    assert check_pdf(pdf(signed_in(cast.samia), code, paper)) == []


def test_arabic_and_french_stand_on_the_same_page_each_whole(cast, signed_in, shown, tmp_path):
    text = words(pdf(signed_in(cast.samia), "ar", "a6"), tmp_path)
    assert "Je suis médiatrice sociale" in text
    assert "Passage commun" in text
    assert "CNIL" in text
    assert "3919" in text
    assert "\ufffd" not in text


def test_tigrinya_is_drawn_and_not_boxes(cast, signed_in, shown, tmp_path):
    needs_ethiopic()
    text = words(pdf(signed_in(cast.samia), "ti", "a4"), tmp_path)
    assert "ማሕበራዊ" in text
    assert "\ufffd" not in text


def test_without_its_font_a_language_is_refused_in_words(cast, signed_in, shown, monkeypatch):
    monkeypatch.setattr(fonts, "ethiopic_files", list)
    fonts.covered.cache_clear()
    answer = signed_in(cast.samia).get(reverse("intercultural:paper", args=["ti", "a6"]))
    fonts.covered.cache_clear()
    assert answer.status_code == 409
    assert "fonts-noto-core" in answer.content.decode()
    assert signed_in(cast.samia).get(reverse("intercultural:font")).status_code == 404


def test_the_ethiopic_font_is_given_to_screens_that_have_none(cast, signed_in, shown):
    needs_ethiopic()
    answer = signed_in(cast.samia).get(reverse("intercultural:font"))
    assert answer["Content-Type"] == "font/ttf"
    assert len(answer.content) > 100_000


def test_an_unknown_paper_or_a_hidden_language_is_not_found(cast, signed_in):
    client = signed_in(cast.samia)
    assert client.get(reverse("intercultural:paper", args=["fr", "a3"])).status_code == 404
    assert client.get(reverse("intercultural:paper", args=["ti", "a6"])).status_code == 404
