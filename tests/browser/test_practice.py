"""In a real browser: an incident grid started from an act, read again, taken away; nobody else finds it."""

import datetime as dt
import zipfile

from django.urls import reverse
from playwright.sync_api import expect

from entremise.competences.services import load_shipped_records
from entremise.core.actor import system_actor
from entremise.core.time import today
from entremise.documents.services import check_pdf
from entremise.practice.models import Meeting, Sheet
from tests.browser.conftest import DESK, PHONE, axe_faults, overflow, shot
from tests.practice.build import act

SECRET = "Zélinotte m’a appris à attendre"


def sound(page) -> None:
    assert axe_faults(page) == []
    assert overflow(page) == 0


def test_a_grid_starts_from_an_act_is_read_again_and_taken_away_and_nobody_else_finds_it(
    site, cast, open_page, enter, tmp_path
):
    load_shipped_records(actor=system_actor())
    noted = act(cast.samia, cast.claire)
    page = enter(open_page(PHONE), cast.samia)
    page.goto(site + reverse("interventions:detail", args=[noted.pk]))
    page.get_by_role("link", name="Analyser ce moment").click()
    expect(page.get_by_role("heading", name="Grille d’incident critique")).to_be_visible()
    assert "Karim" not in page.content()
    sound(page)
    shot(page, "pratique-grille")
    assert Sheet.objects.count() == 0
    page.get_by_label("Titre").fill("Deux voisins")
    page.get_by_label("Ce que j’ai ressenti, ce que j’ai fait").fill("Inquiet, puis agacé par M. Durand.")
    expect(page.get_by_text("ressemble à un nom").first).to_be_visible()
    page.get_by_label("Ce que j’ai ressenti, ce que j’ai fait").fill("Inquiet, puis agacé.")
    page.get_by_label("Mon cadre").fill("On baisse le son quand on vous le demande.")
    page.get_by_label("Hypothèse 1").fill("Il ne m’avait pas vu")
    page.get_by_label("Comment je la vérifie").nth(0).fill("Lui demander jeudi")
    page.get_by_role("button", name="Enregistrer et terminer la fiche").click()
    expect(page.get_by_text("une seule ferait prendre une supposition").first).to_be_visible()
    page.get_by_label("Hypothèse 2").fill("Il parlait à sa fenêtre, pas à moi")
    page.get_by_label("Comment je la vérifie").nth(1).fill("Repasser à la même heure")
    page.get_by_label("Ce que je change").fill(SECRET)
    page.get_by_role("button", name="Enregistrer et terminer la fiche").click()
    expect(page.get_by_text("La fiche est terminée.")).to_be_visible()
    sound(page)
    Sheet.objects.update(reread_on=today() - dt.timedelta(days=1))  # thirty days later
    page.goto(site)
    expect(page.get_by_text("fiche réflexive à relire")).to_be_visible()
    page.goto(site + reverse("practice:sheets"))
    sound(page)
    page.get_by_role("link", name="Deux voisins").first.click()
    page.locator("label.chip", has_text="En partie").click()
    page.get_by_role("button", name="Enregistrer la relecture").click()
    expect(page.get_by_text("La relecture est enregistrée.")).to_be_visible()
    for button, name in (("Emporter en PDF", "fiche.pdf"), ("Emporter en texte modifiable", "fiche.odt")):
        with page.expect_download() as download:
            page.get_by_role("button", name=button).click()
        download.value.save_as(tmp_path / name)
    assert check_pdf((tmp_path / "fiche.pdf").read_bytes()) == []
    with zipfile.ZipFile(tmp_path / "fiche.odt") as file:
        assert SECRET in file.read("content.xml").decode()
    address = site + reverse("practice:sheet", args=[Sheet.objects.get().pk])
    for person in (cast.paul, cast.claire, cast.alban, cast.dora, cast.leo):
        other = enter(open_page(DESK), person)
        other.goto(address)
        expect(other.get_by_role("heading", name="Page introuvable")).to_be_visible()
        other.goto(site + reverse("practice:sheets"))
        expect(other.get_by_role("heading", name="Carnet réflexif")).to_be_visible()
        assert "Deux voisins" not in other.content()
        assert SECRET not in other.content()


def test_a_meeting_from_the_invitation_to_the_page_that_disappears(site, cast, open_page, enter):
    samia = enter(open_page(DESK), cast.samia)
    samia.goto(site + reverse("practice:convene"))
    soon = dt.datetime.now() + dt.timedelta(days=1)  # noqa: DTZ005 - what a browser types has no zone
    samia.get_by_label("Jour et heure").fill(soon.strftime("%Y-%m-%dT10:00"))
    for name in ("Paul", "Hugo"):
        samia.locator("label.chip", has_text=name).click()
    sound(samia)
    samia.get_by_role("button", name="Inviter").click()
    expect(samia.get_by_text("Les invitations sont parties.")).to_be_visible()
    address = samia.url
    others = {}
    for person in (cast.paul, cast.hugo):
        page = others[person.user.pk] = enter(open_page(PHONE), person)
        page.goto(address)
        page.get_by_role("button", name="J’y serai").click()
        expect(page.get_by_text("Y serez-vous ?")).to_have_count(0)
    samia.goto(address)
    samia.get_by_label("Paul").select_option("exposant")
    samia.get_by_role("button", name="Enregistrer les rôles").click()
    expect(samia.get_by_text("Les rôles sont enregistrés.")).to_be_visible()
    samia.get_by_role("button", name="Commencer la séance").click()
    expect(samia.get_by_role("heading", name="Cadre et rôles")).to_be_visible()
    samia.get_by_role("button", name="Passer à la phase suivante").click()
    expect(samia.get_by_role("heading", name="Exposé")).to_be_visible()
    paul = others[cast.paul.user.pk]
    paul.goto(address)
    expect(paul.get_by_text("encore ").first).to_be_visible()  # the clock of the phase runs
    paul.get_by_label("Ajouter à la page commune").fill("Zélinotte : un père refuse de me parler.")
    paul.get_by_role("button", name="Ajouter à la page").click()
    expect(paul.get_by_text("Zélinotte : un père")).to_be_visible()
    sound(paul)
    shot(paul, "pratique-seance")
    expect(samia.get_by_text("Zélinotte : un père")).to_be_visible()  # it came by itself
    for title in ("Questions", "Hypothèses", "Réaction de l’exposant", "Ce qu’on apprend"):
        samia.get_by_role("button", name="Passer à la phase suivante").click()
        expect(samia.get_by_role("heading", name=title).first).to_be_visible()
    samia.get_by_role("button", name="Terminer la séance").click()
    expect(samia.get_by_text("Que devient cette page")).to_be_visible()
    sound(samia)
    samia.get_by_role("button", name="L’effacer pour tous").click()
    expect(samia.get_by_text("La page de cette séance est effacée.")).to_be_visible()
    assert "Zélinotte" not in samia.content()
    assert Meeting.objects.get().page_erased_at is not None
    claire = enter(open_page(DESK), cast.claire)
    claire.goto(site + reverse("practice:held"))
    expect(claire.get_by_role("heading", name="Séances d’analyse tenues")).to_be_visible()
    expect(claire.get_by_role("row")).to_have_count(2)
    sound(claire)
    assert "Paul" not in claire.locator("main").inner_text()
