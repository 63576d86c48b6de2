"""In a real browser: each open route, from its prerequisites to a certificate that anybody verifies."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from entremise.certification.models import Candidate, Certificate, VaeDossier
from entremise.certification.queries.certificates import check_of
from entremise.certification.services import certifier
from tests.browser.conftest import DESK, axe_faults, overflow
from tests.certification import build, build_vae

TRAINED = ("initial", "apprenticeship", "continuing", "professionalisation")


def sound(page: Page) -> None:
    assert axe_faults(page) == []
    assert overflow(page) == 0


@pytest.fixture
def house(site):
    """A certifier whose certificates say where they are made."""
    made = build.house()
    certifier.change_settings(actor=made.boss, facts=certifier.SettingsFacts(record_code="RNCP41674", city="Rive"))
    return made


def open_file(page: Page, site: str, person: Candidate) -> None:
    page.goto(site + reverse("certification:candidate", args=[person.pk]))
    expect(page.get_by_role("heading", name="Camille Lafleur-Ménez", level=1)).to_be_visible()


def deliver_and_verify(page: Page, house: build.House, site: str, person: Candidate) -> None:
    """The jury's part through services; the certificate, and its page of verification, through the browser."""
    build.sealed(house, [person])
    open_file(page, site, person)
    expect(page.get_by_text("Acquis", exact=True)).to_have_count(4)
    page.get_by_role("button", name="Délivrer le certificat entier").click()
    expect(page.get_by_text("Valable", exact=True)).to_be_visible()
    sound(page)
    paper = Certificate.objects.get(candidate=person, block_code="")
    page.goto(site + reverse("certification:verify", args=[paper.number, check_of(paper)]))
    expect(page.get_by_text("Délivré et toujours valable")).to_be_visible()
    sound(page)


@pytest.mark.parametrize("route", TRAINED)
def test_a_trained_candidate_proves_the_six_months_and_the_internship_then_is_certified(
    house, site, open_page, enter, route
):
    short = build.candidacy(route=route, experience_months=5, internship_hours=244)
    person = build.candidate(house, short)
    page = enter(open_page(DESK), house.people["celine"])
    open_file(page, site, person)
    expect(page.get_by_text("5 mois d’expérience prouvés sur 6 : il en manque 1.")).to_be_visible()
    page.get_by_role("link", name="Mettre à jour la candidature").click()
    page.get_by_label("Mois d’expérience prouvés").fill("6")
    page.get_by_label("Heures de stage prouvées").fill("245")
    page.get_by_role("button", name="Enregistrer la candidature").click()
    expect(page.get_by_text("La candidature est enregistrée.")).to_be_visible()
    expect(page.get_by_text("il en manque")).to_have_count(0)
    deliver_and_verify(page, house, site, person)


def test_a_candidate_by_the_vae_is_admitted_checked_then_certified(house, site, open_page, enter):
    person = build_vae.candidate(house)
    build_vae.written(house, person)
    url = site + reverse("certification:vae_dossier", args=[person.pk])
    mine = enter(open_page(DESK), house.people["camille"])
    mine.goto(url)
    mine.get_by_role("button", name="Envoyer au certificateur").click()
    expect(mine.get_by_text("Cochez la déclaration sur l’honneur.")).to_be_visible()
    mine.get_by_label("Je déclare sur l’honneur").check()
    mine.get_by_role("button", name="Envoyer au certificateur").click()
    expect(mine.get_by_text("Le dossier de faisabilité est envoyé au certificateur.")).to_be_visible()
    sound(mine)
    page = enter(open_page(DESK), house.people["celine"])
    page.goto(url)
    page.get_by_label("Recevable", exact=True).check(force=True)
    page.get_by_role("button", name="Enregistrer cette décision").click()
    expect(page.get_by_text("La décision est enregistrée, avec son motif.")).to_be_visible()
    mine.reload()
    mine.get_by_label("Fichier").set_input_files(
        {"name": "d.pdf", "mimeType": "application/pdf", "buffer": build_vae.PDF}
    )
    mine.get_by_role("button", name="Joindre cette pièce").click()
    expect(mine.get_by_text("La pièce est jointe, scellée.")).to_be_visible()
    mine.get_by_role("button", name="Envoyer le dossier de validation").click()
    expect(mine.get_by_text("Le dossier de validation est envoyé au certificateur.")).to_be_visible()
    page.reload()
    page.get_by_label("Vérifié", exact=True).check(force=True)
    page.get_by_role("button", name="Enregistrer cette décision").click()
    expect(page.get_by_text("La décision est enregistrée.")).to_be_visible()
    sound(page)
    assert VaeDossier.objects.get().validation == "verified"
    deliver_and_verify(page, house, site, person)
