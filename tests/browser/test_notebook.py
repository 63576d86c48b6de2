"""The notebook in a real browser: prepared once, then written without network; nothing readable stays on the phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from entremise.interventions.models import Intervention
from entremise.presence.models import LogEntry, Round, Stop, Tally
from tests.browser.conftest import PHONE, axe_faults, overflow, shot, stretch
from tests.browser.notebook import NETWORK, PHRASE, eventually, go, leave_word, reopen, save_word, states, store, unlock
from tests.presence.conftest import ground

__all__ = ["ground"]

WORDS = "Le trombone de la cour s’est tu à l’heure dite."


@pytest.fixture
def phone(open_page, enter, cast, ground, site) -> Page:
    """samia's phone, prepared, unlocked, kept whole by the service worker."""
    page = open_page(PHONE, expected=NETWORK)
    enter(page, cast.samia)
    page.goto(f"{site}/carnet/")
    page.get_by_label("Une phrase de dix signes au moins").fill(PHRASE)
    page.get_by_role("button", name="Préparer ce téléphone").click()
    expect(page.get_by_role("heading", name="Tournée", level=1)).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready")
    unlock(page, "Déverrouiller pour commencer une tournée")
    expect(page.get_by_role("button", name="Commencer une tournée")).to_be_visible()
    return page


def waiting(page: Page):
    return page.locator("#transmission")


def test_a_round_and_an_act_are_written_without_network_and_arrive_once(phone, cast, ground):
    page = phone
    page.context.set_offline(True)
    page.get_by_role("button", name="Commencer une tournée").click()
    row = page.locator(".next .row", has_text="Hall 4")
    row.get_by_role("button", name="J’y suis").click()
    for _ in range(3):
        page.get_by_role("button", name="Un contact de plus", exact=True).click()
    expect(page.locator("output").first).to_have_text("3")
    page.get_by_role("button", name="RAS").first.click()
    expect(waiting(page)).to_contain_text("6 en attente")
    shot(page, "carnet-tournee")
    page.get_by_role("link", name="Noter une intervention").click()
    page.locator('[name="registers"][value="conflit_temps_reel"]').check()
    page.locator('[name="outcome"]').first.check()
    page.get_by_label("En quelques mots").fill(WORDS)
    shot(page, "carnet-noter")
    page.get_by_role("button", name="Enregistrer l’intervention").click()
    expect(page.get_by_text("Enregistré sur ce téléphone").first).to_be_visible()
    expect(waiting(page)).to_contain_text("7 en attente")
    assert not Intervention.objects.exists()
    page.context.set_offline(False)
    expect(waiting(page)).to_contain_text("À jour")
    expect(page.get_by_text(re.compile("Transmis à")).first).to_be_visible()
    act = Intervention.objects.get()
    assert (act.narrative, act.site_id, act.author_id) == (WORDS, ground.hall.pk, cast.samia.member.pk)
    assert Round.objects.count() == Stop.objects.count() == 1
    assert sum(Tally.objects.values_list("count", flat=True)) == 3
    shot(page, "carnet-journal")


def test_a_cold_start_without_network_opens_the_round_in_hand_and_counts_without_asking_anything(phone):
    page = phone
    page.get_by_role("button", name="Commencer une tournée").click()
    page.locator(".next .row", has_text="Place des Marronniers").get_by_role("button", name="J’y suis").click()
    expect(page.get_by_role("heading", name="Place des Marronniers")).to_be_visible()
    page.context.set_offline(True)
    page.goto(page.url.split("#")[0])
    expect(page.get_by_role("heading", name="Lieu en cours")).to_be_visible()
    page.get_by_role("button", name="Un contact de plus", exact=True).click()
    expect(page.locator("output").first).to_have_text("1")
    unlock(page, "Déverrouiller pour voir les noms")
    expect(page.get_by_role("heading", name="Place des Marronniers")).to_be_visible()


@pytest.mark.parametrize(
    "part", ["tournee", "noter", "relais", "urgence", "journal", "telephone", "formulaire/signalement"]
)
def test_every_view_of_the_notebook_passes_axe_and_fits_a_phone(phone, part):
    page = phone
    page.get_by_role("button", name="Commencer une tournée").click()
    expect(page.locator("#titre")).to_have_text("Tournée en cours")
    go(page, part)
    shot(page, f"carnet-vue-{part.replace('/', '-')}")
    stretch(page)
    assert axe_faults(page) == []
    assert overflow(page) == 0


def test_a_form_left_in_the_middle_is_found_again_and_never_written_over(phone):
    page = phone
    leave_word(page, "Revoir la lampe.")
    reopen(page)  # the tab was killed: the notebook opens locked
    leave_word(page, "Autre chose.")
    assert store(page)["drafts"] == 2
    unlock(page, "Déverrouiller pour choisir un autre lieu")
    expect(page.locator("[name=text]")).to_have_value("Autre chose.")


def test_an_instruction_left_outside_a_round_goes_to_the_team_of_its_author(phone, cast):
    save_word(phone, "Repasser jeudi")
    eventually(lambda: states(phone), ["applied"])
    assert LogEntry.objects.get(kind="consigne").team_id == cast.team.pk


def test_another_member_on_the_same_phone_gets_the_forms_of_their_own_team(phone, enter, cast, site):
    page = phone
    enter(page, cast.hugo)
    page.goto(f"{site}/carnet/")
    expect(page.get_by_role("heading", name="Préparer ce téléphone")).to_be_visible()
    kept = page.evaluate("[...document.querySelectorAll('template[id*=intervention-]')].map((one) => one.id)")
    assert kept == [f"modele-champs-intervention-{cast.other_team.pk}"]
