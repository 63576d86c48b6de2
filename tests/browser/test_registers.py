"""In a real browser: a lost telephone decided upon, a photo added without its position, the register taken away."""

import io
import zipfile

import pytest
from PIL import Image
from playwright.sync_api import expect

from entremise.core.time import now
from entremise.keys.models import KeyBackup
from entremise.presence import services as presence
from entremise.presence.models import DefectPhoto
from entremise.privacy.models import Backup, Breach, RegisterVersion, Rehearsal, RestoreEpoch
from entremise.privacy.services.requests import Answer, answer_request
from entremise.privacy.services.restriction import restrict_person
from tests.browser.conftest import DESK, PHONE, axe_faults, overflow, stretch
from tests.documents.test_pictures import located_jpeg
from tests.presence.conftest import ground
from tests.privacy.build import asked
from tests.privacy.people import named

__all__ = ["ground"]
LOST = "Le téléphone de l’équipe est resté dans le bus, écran verrouillé."


def sound(page) -> None:
    assert axe_faults(page) == []
    assert overflow(page) == 0


def test_a_lost_telephone_is_said_from_the_phone_and_decided_at_the_desk(site, cast, open_page, enter):
    phone = enter(open_page(PHONE), cast.samia)
    phone.goto(site)
    phone.locator("summary", has_text="Menu").click()
    phone.get_by_role("link", name="Signaler une perte").filter(visible=True).click()
    phone.get_by_role("button", name="Transmettre au délégué").click()
    expect(phone.get_by_text("Choisissez ce qui ressemble le plus à ce qui est arrivé.").first).to_be_visible()
    phone.locator("label.chip", has_text="Téléphone, tablette ou ordinateur").click()
    phone.get_by_label("En quelques mots").fill(LOST)
    phone.get_by_role("button", name="Transmettre au délégué").click()
    expect(phone.get_by_text("C’est transmis sous la référence")).to_be_visible()
    expect(phone.get_by_text("À qualifier")).to_be_visible()
    sound(phone)

    desk = enter(open_page(DESK), cast.dora)
    desk.goto(site)
    expect(desk.get_by_text("1 violation de données à décider")).to_be_visible()
    desk.get_by_role("link", name="Décider").click()
    expect(desk.get_by_text("Dites le risque pour les personnes.")).to_be_visible()
    desk.get_by_role("link", name="Compléter", exact=True).click()
    expect(desk.get_by_label("Ce qui s’est passé")).to_have_value(LOST)
    for words in ("Confidentialité", "Salariés", "Téléphone, courriel", "Aucun risque pour les personnes"):
        desk.locator("label.chip", has_text=words).first.click()
    desk.get_by_label("Mesures prises").fill("Ligne coupée, téléphone effacé à distance.")
    desk.get_by_label("Sinon, pourquoi elle ne l’est pas").fill("Téléphone chiffré : aucun risque.")
    desk.get_by_label("Sinon, pourquoi elles ne le sont pas").fill("Aucun risque.")
    desk.get_by_role("button", name="Enregistrer").click()
    expect(desk.get_by_text("Décidé : la CNIL n’est pas prévenue").first).to_be_visible()
    sound(desk)
    desk.get_by_role("button", name="Clore la violation").click()
    expect(desk.get_by_text("La violation est close.")).to_be_visible()
    assert Breach.objects.get().state == "close"
    desk.goto(site)
    expect(desk.get_by_text("violation de données à décider")).to_have_count(0)


def test_a_photo_is_added_from_the_phone_without_its_position(site, cast, ground, open_page, enter):
    defect = presence.report_defect(
        actor=cast.samia.actor, team_id=cast.team.pk, site_id=ground.hall.pk, category="eclairage"
    )
    page = enter(open_page(PHONE), cast.samia)
    page.goto(f"{site}/signalements-techniques/{defect.pk}/")
    page.locator("summary", has_text="Ajouter des photos").click()
    photos = page.locator("input[type=file]")
    photos.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"<svg onload=alert(1)>"})
    page.get_by_role("button", name="Ajouter les photos").click()
    expect(page.get_by_text("n’est pas une photo JPEG, PNG ou WebP").first).to_be_visible()
    photos.set_input_files({"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": located_jpeg(6)})
    page.get_by_role("button", name="Ajouter les photos").click()
    expect(page.get_by_text("La photo est ajoutée.")).to_be_visible()
    image = page.get_by_role("img", name="Photo 1 du signalement")
    expect(image).to_be_visible()
    expect(page.locator(".photos img")).to_have_js_property("naturalWidth", 200)  # upright
    shown = page.request.get(f"{site}/signalements-techniques/photos/{DefectPhoto.objects.get().pk}").body()
    with Image.open(io.BytesIO(shown)) as picture:
        assert dict(picture.getexif()) == {}
    sound(page)
    page.get_by_role("button", name="Retirer cette photo").click()
    expect(page.get_by_text("La photo est retirée et son fichier effacé.")).to_be_visible()
    assert not DefectPhoto.objects.exists()


def test_the_register_is_completed_and_taken_away(site, cast, open_page, enter):
    page = enter(open_page(DESK), cast.dora)
    page.goto(f"{site}/registre-des-traitements/")
    expect(page.get_by_text("Aucune version enregistrée.")).to_be_visible()
    page.get_by_role("link", name="Compléter", exact=True).click()
    page.get_by_label("Responsable du traitement").fill("Passage commun, 12 rue des Halles")
    page.get_by_role("button", name="Enregistrer une version").click()
    expect(page.get_by_text("Le registre a une nouvelle version.")).to_be_visible()
    page.get_by_role("link", name="Suivi de personnes et de familles").click()
    expect(page.get_by_text("Le logiciel", exact=True).first).to_be_visible()
    sound(page)
    page.go_back()
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger en texte (ODT)").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert "12 rue des Halles" in archive.read("content.xml").decode()
    assert RegisterVersion.objects.count() == 1
    page.goto(f"{site}/analyses-d-impact/suivi/completer")
    page.get_by_label("Contexte et enjeux").fill("Six équipes.")
    page.get_by_role("button", name="Adopter l’analyse").click()
    expect(page.get_by_text("Choisissez la décision.").first).to_be_visible()
    expect(page.get_by_label("Contexte et enjeux")).to_have_value("Six équipes.")
    page.get_by_role("button", name="Garder le brouillon").click()
    expect(page.get_by_text("Le brouillon est gardé.")).to_be_visible()
    sound(page)


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_pages_that_only_show_pass_axe_and_fit_a_phone(site, cast, open_page, enter, settings, tmp_path, size):
    """Backups, runs and holds, answered rights, and the notice: filled, at both sizes."""
    settings.BACKUPS = tmp_path
    Backup.objects.create(engine="sqlite", file_name="a.entremise", size=4_800_000, seconds=7)
    Backup.objects.create(engine="sqlite", failure="disque")
    KeyBackup.objects.create(taken_at=now(), lapses_at=now(), file_name="k")
    Rehearsal.objects.create(taken_at=now(), held=False, failed=["journal.chaine"])
    RestoreEpoch.objects.create(number=3, taken_at=now())
    person = named(cast)
    request = asked(cast, kind="limitation", person=person)
    restrict_person(actor=cast.dora.actor, request_id=request.pk)
    answer_request(actor=cast.dora.actor, request_id=request.pk, answer=Answer(outcome="acceptee"))
    copy = asked(cast, person=person)
    page = enter(open_page(size), cast.dora)
    for path in ("/sauvegardes/", "/conservation/passages/", "/conservation/gels/", "/conservation/gels/poser"):
        page.goto(f"{site}{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        sound(page)
    for path in (f"/droits/{request.pk}", f"/droits/{copy.pk}", f"/droits/{copy.pk}/dossier"):
        page.goto(f"{site}{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert overflow(page) == 0
        stretch(page)
        sound(page)
