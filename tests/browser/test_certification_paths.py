"""In a real browser: each open route, from its prerequisites to a certificate that anybody verifies."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Page, expect

from entremise.certification.models import Candidate, Certificate, VaeDossier
from entremise.certification.queries.certificates import check_of
from entremise.certification.services import certifier
from entremise.certification.services.candidates import change_candidacy
from entremise.competences.services.decisions import decide_correspondences
from entremise.core.time import now
from tests.browser.conftest import DESK, axe_faults, overflow
from tests.certification import build, build_vae
from tests.certification.test_record_versions import BLOCKS as NEW_BLOCKS
from tests.certification.test_record_versions import NEW, next_version

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
    """The jury's part through services; the certificate, its page and its badge through the browser."""
    build.sealed(house, [person])
    open_file(page, site, person)
    expect(page.get_by_text("Acquis", exact=True)).to_have_count(4)
    deliver_whole(page, site, person)


def deliver_whole(page: Page, site: str, person: Candidate) -> None:
    """The full certificate from the candidate's file; then who holds the paper takes its badge, and verifies it."""
    page.get_by_role("button", name="Délivrer le certificat entier").click()
    expect(page.get_by_text("Valable", exact=True)).to_be_visible()
    sound(page)
    paper = Certificate.objects.get(candidate=person, block_code="")
    page.goto(site + reverse("certification:verify", args=[paper.number, check_of(paper)]))
    expect(page.get_by_text("Délivré et toujours valable")).to_be_visible()
    sound(page)
    with page.expect_download() as kept:
        page.get_by_role("link", name="Télécharger le badge numérique").click()
    badge = {"name": "badge.json", "mimeType": "application/json", "buffer": kept.value.path().read_bytes()}
    page.get_by_role("link", name="Vérifier un badge numérique").click()
    page.locator("input[type=file]").set_input_files(badge)
    page.get_by_role("button", name="Vérifier ce badge").click()
    expect(page.get_by_text("Vrai et toujours valable")).to_be_visible()
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


def test_a_partial_success_is_completed_a_year_later_on_a_new_version(house, site, open_page, enter, tmp_path):
    person = build.candidate(house)
    build.sealed(house, [person], refused=[build.BLOCKS[3]])
    with time_machine.travel(now() + dt.timedelta(days=366), tick=True):
        next_version(house, tmp_path)
        pairs = {new: [old] for new, old in zip(NEW_BLOCKS[:3], build.BLOCKS[:3], strict=True)}
        decide_correspondences(actor=house.boss, newer_code=NEW, older_code="RNCP41674", pairs=pairs)
        page = enter(open_page(DESK), house.people["celine"])
        open_file(page, site, person)
        expect(page.get_by_role("button", name="Délivrer le certificat entier")).to_have_count(0)
        facts = build.candidacy(block_codes=NEW_BLOCKS[3:])
        change_candidacy(actor=house.boss, candidate_id=person.pk, facts=facts)
        build.sealed(house, [person], blocks=NEW_BLOCKS[3:])
        open_file(page, site, person)
        expect(page.get_by_text("par correspondance avec")).to_have_count(3)
        deliver_whole(page, site, person)
    assert Certificate.objects.get(candidate=person).record_code == NEW


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
