"""A person asks for what is kept on them: noted in the street, answered by the officer, the copy taken."""

import io
import json
import re
import zipfile

import pytest
from playwright.sync_api import expect

from entremise.documents.models import GeneratedFile
from entremise.documents.services import check_pdf
from entremise.documents.services.preparation import write_file
from entremise.journal.models import Entry
from entremise.privacy.models import DataRequest
from tests.browser.conftest import DESK, PHONE, axe_faults, overflow, shot
from tests.privacy.people import agreement, named


@pytest.fixture
def followed(cast):
    person = named(cast, birth_year=1984, speaks=("pt", "fr"))
    agreement(cast, person)
    return person


def test_an_access_request_is_noted_in_the_street_and_its_copy_downloaded(open_page, enter, site, cast, followed):
    phone = enter(open_page(PHONE), cast.samia)
    phone.goto(f"{site}/personnes/{followed.pk}/")
    phone.get_by_role("link", name="Noter une demande sur ses données").click()
    phone.get_by_label("Accès : savoir ce qui est gardé").check()
    phone.get_by_label("De vive voix").check()
    phone.get_by_label("Avec ses mots").fill("Elle veut relire ce qui est noté.")
    assert overflow(phone) == 0
    assert axe_faults(phone) == []
    phone.get_by_role("button", name="Transmettre la demande").click()
    expect(phone.get_by_role("heading", level=1, name=re.compile("^Demande "))).to_be_visible()
    request = DataRequest.objects.get()
    assert (request.person_id, request.identity) == (followed.pk, "reconnue")

    desk = enter(open_page(DESK), cast.dora)
    desk.goto(f"{site}/droits/")
    assert axe_faults(desk) == []
    shot(desk, "droits-liste")
    desk.get_by_role("link", name=request.reference).click()
    desk.get_by_role("button", name="Prendre en charge cette demande").click()
    desk.get_by_role("button", name="Préparer la copie de son dossier").click()
    expect(desk.get_by_text("En préparation")).to_be_visible()
    write_file(GeneratedFile.objects.get().pk)  # the worker
    desk.get_by_role("link", name="Actualiser").click()
    assert axe_faults(desk) == []
    shot(desk, "droits-copie-prete")
    with desk.expect_download() as taken:
        desk.get_by_role("button", name="Télécharger la copie").click()
    with open(taken.value.path(), "rb") as file:
        archive = zipfile.ZipFile(io.BytesIO(file.read()))
    assert taken.value.suggested_filename.endswith(".zip")
    assert check_pdf(archive.read("dossier.pdf")) == []
    assert json.loads(archive.read("dossier.json"))["record"]["name"] == "Awa Cissokho"
    assert Entry.objects.filter(name="export.downloaded").count() == 1

    desk.goto(f"{site}/droits/{request.pk}")
    desk.get_by_label("Acceptée", exact=True).check()
    desk.get_by_role("button", name="Clore la demande").click()
    expect(desk.get_by_text("Dans le délai")).to_be_visible()
    assert axe_faults(desk) == []


def test_an_erasure_is_confirmed_by_the_reference_and_says_when_no_backup_is_left(
    open_page, enter, site, cast, followed
):
    from tests.privacy.build import asked

    request = asked(cast, kind="effacement", person=followed)
    page = enter(open_page(DESK), cast.dora)
    page.goto(f"{site}/droits/{request.pk}/effacer")
    assert axe_faults(page) == []
    shot(page, "droits-effacer")
    page.get_by_label("Pour confirmer").fill("26-99")
    page.get_by_role("button", name="Effacer pour toujours").click()
    expect(page.get_by_text("Pour confirmer, écrivez la référence :").first).to_be_visible()
    page.get_by_label("Pour confirmer").fill(followed.reference)
    page.get_by_role("button", name="Effacer pour toujours").click()
    expect(page.get_by_text("La fiche est vide et sa clé détruite.")).to_be_visible()
    followed.refresh_from_db()
    assert followed.name == ""
