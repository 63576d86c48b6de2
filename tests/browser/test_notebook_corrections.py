"""The notebook in a real browser: correcting what was written on it, reading instructions, sharing one counter."""

import re

import pytest
from playwright.sync_api import Page, expect

from entremise.interventions.models import Intervention
from entremise.presence import services
from entremise.presence.models import Acknowledgement, LogEntry
from entremise.sync.models import Receipt
from tests.browser.conftest import axe_faults, overflow, shot
from tests.browser.test_notebook import ground, phone, unlock, waiting

__all__ = ["ground", "phone"]
SOON = 20_000  # milliseconds, on a slow machine


def note_act(page: Page, words: str) -> None:
    """An act at the first place, three answers and a sentence."""
    page.evaluate("location.hash = '#noter'")
    expect(page.get_by_role("heading", name="Noter une intervention")).to_be_visible()
    page.locator('select[name="site_id"]').select_option(label="Hall 4, allée des Lilas")
    page.locator('[name="registers"][value="conflit_temps_reel"]').check()
    page.locator('[name="outcome"]').first.check()
    page.get_by_label("En quelques mots").fill(words)
    page.get_by_role("button", name="Enregistrer l’intervention").click()
    expect(page.get_by_role("heading", name="Journal du téléphone")).to_be_visible()


def arrived(page: Page) -> None:
    expect(waiting(page)).to_contain_text("À jour", timeout=SOON)


def test_an_act_is_corrected_on_the_phone_without_network_and_the_office_keeps_both_versions(phone):
    page = phone
    note_act(page, "Son baissé.")
    arrived(page)
    expect(page.get_by_text(re.compile("Transmis à"))).to_be_visible(timeout=SOON)
    page.context.set_offline(True)
    page.get_by_role("link", name="Corriger", exact=True).click()
    expect(page.get_by_role("heading", name="Corriger une intervention")).to_be_visible()
    expect(page.get_by_label("En quelques mots")).to_have_value("Son baissé.")
    expect(page.locator('[name="registers"][value="conflit_temps_reel"]')).to_be_checked()
    shot(page, "carnet-corriger")
    page.get_by_role("button", name="Enregistrer la correction").click()
    expect(page.get_by_text("Rien n’a changé")).to_be_visible()
    page.get_by_label("En quelques mots").fill("Son baissé à 22 h.")
    page.get_by_role("button", name="Enregistrer la correction").click()
    expect(page.get_by_text("Intervention corrigée")).to_be_visible()
    expect(page.get_by_text(re.compile("corrigé depuis"))).to_be_visible()
    shot(page, "carnet-corrige")
    page.context.set_offline(False)
    arrived(page)
    act = Intervention.objects.get()
    assert (act.narrative, act.version, act.revisions.count()) == ("Son baissé à 22 h.", 2, 1)
    row = Receipt.objects.get(schema="act.correct/1")
    assert (row.status, row.replaces) == ("applied", Receipt.objects.get(schema="act.record/1").operation_id)


def test_what_the_server_refused_is_corrected_on_the_phone_with_its_reasons_beside_the_fields(phone):
    page = phone
    note_act(page, "x" * 501)
    expect(page.get_by_text("À corriger").first).to_be_visible(timeout=SOON)
    page.get_by_role("link", name="Corriger et renvoyer").click()
    expect(page.get_by_text("Gardez les faits.")).to_be_visible()
    expect(page.get_by_label("En quelques mots")).to_have_value("x" * 501)
    assert axe_faults(page) == []
    shot(page, "carnet-a-corriger")
    page.get_by_label("En quelques mots").fill("Court.")
    page.get_by_role("button", name="Enregistrer la correction").click()
    expect(page.get_by_text(re.compile("Transmis à"))).to_be_visible(timeout=SOON)
    assert Intervention.objects.get().narrative == "Court."
    assert not Receipt.objects.filter(status="rejected", replaced_by=None).exists()


def test_a_correction_asks_to_unlock_before_it_shows_what_was_written(phone):
    page = phone
    note_act(page, "Son baissé.")
    arrived(page)
    page.goto(page.url.split("#")[0] + "#journal")
    page.reload()
    page.get_by_role("link", name="Corriger", exact=True).click()
    unlock(page, "Déverrouiller pour relire ce que vous aviez écrit")
    expect(page.get_by_label("En quelques mots")).to_have_value("Son baissé.")


@pytest.fixture
def told(cast, ground):
    """An instruction that paul left about a place."""
    return services.leave_instruction(
        actor=cast.paul.actor, team_id=cast.team.pk, text="Repasser jeudi.", site_id=ground.hall.pk
    )


def test_an_instruction_is_read_on_the_phone_without_network_and_told_once(told, phone):
    page = phone
    page.evaluate("location.hash = '#main-courante'")
    expect(page.get_by_text("Repasser jeudi.")).to_be_visible(timeout=SOON)
    shot(page, "carnet-main-courante")
    assert axe_faults(page) == []
    assert overflow(page) == 0
    page.context.set_offline(True)
    page.get_by_role("button", name="J’ai lu").click()
    expect(page.get_by_text("Lue", exact=True)).to_be_visible()
    expect(waiting(page)).to_contain_text("1 en attente")
    page.context.set_offline(False)
    arrived(page)
    assert Acknowledgement.objects.get().entry_id == told.pk


def test_a_call_and_an_instruction_noted_during_a_round_arrive(phone):
    page = phone
    page.get_by_role("button", name="Commencer une tournée").click()
    expect(page.get_by_role("heading", name="Tournée en cours")).to_be_visible()
    for name, label, words in [
        ("consigne", "Laisser la consigne", "Revoir la lampe."),
        ("appel", "Enregistrer l’appel", "Le gardien demande un passage."),
    ]:
        page.evaluate(f"location.hash = '#formulaire/{name}'")
        page.locator("[name=text]").fill(words)
        page.get_by_role("button", name=label).click()
        expect(page.get_by_role("heading", name="Tournée en cours")).to_be_visible()
    arrived(page)
    assert LogEntry.objects.filter(kind__in=["consigne", "appel"]).count() == 2
    assert not Receipt.objects.exclude(status="applied").exists()


@pytest.fixture
def walked(cast, ground):
    """A round that paul walks, with four contacts counted at the hall."""
    outing = services.open_round(actor=cast.paul.actor, team_id=cast.team.pk)
    stop = services.arrive_at_site(actor=cast.paul.actor, round_id=outing.pk, site_id=ground.hall.pk)
    services.count_contacts(actor=cast.paul.actor, stop_id=stop.pk, delta=4)
    return outing


def test_the_second_phone_of_a_round_reads_the_counter_and_takes_it_only_when_asked(walked, phone):
    page = phone
    page.get_by_role("button", name=re.compile("Rejoindre")).click()
    expect(page.get_by_text("4 contacts ici")).to_be_visible()
    expect(page.get_by_role("heading", name="Hall 4, allée des Lilas")).to_be_visible()
    expect(page.get_by_role("button", name="Un contact de plus", exact=True)).to_be_hidden()
    shot(page, "carnet-rejointe")
    assert axe_faults(page) == []
    arrived(page)
    page.get_by_text("L’autre téléphone ne compte plus").click()
    page.get_by_role("button", name="Compter depuis ce téléphone").click()
    page.get_by_role("button", name="Un contact de plus", exact=True).click()
    expect(page.locator("output").first).to_have_text("5")
    arrived(page)
    assert sum(walked.stops.get().tallies.values_list("count", flat=True)) == 5
