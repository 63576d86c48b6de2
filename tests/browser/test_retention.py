"""In a real browser: the officer rehearses a purge, the night runs it, the same proof is shown; a held person stays."""

import datetime as dt

from django.urls import reverse
from playwright.sync_api import expect

from entremise.core import personal
from entremise.core.time import now, today
from entremise.interventions.models import Intervention
from entremise.places.services import create_site
from entremise.privacy.models import Person, RetentionRun
from entremise.privacy.services.retention import run_rule
from tests.browser.conftest import DESK, PHONE, axe_faults, overflow
from tests.interventions.build import act
from tests.privacy.retention_world import RULE, followed

WORDS = "Deux voisins sur le palier, ton vif puis posé."


def sound(page) -> None:
    assert axe_faults(page) == []
    assert overflow(page) == 0


def test_a_purge_is_rehearsed_run_and_proved_and_a_held_person_stays(site, cast, open_page, enter):
    first, *others = followed(cast, 3)
    page = enter(open_page(DESK), cast.dora)
    page.goto(site + reverse("privacy:hold_place"))
    page.locator("label.chip", has_text="Personne suivie").click()
    page.get_by_label("Sa référence").fill(first.reference)
    page.get_by_label("Ce qui oblige à garder").fill("Plainte en cours.")
    page.get_by_label("Jusqu’au").fill((today() + dt.timedelta(days=90)).isoformat())
    sound(page)
    page.get_by_role("button", name="Geler cette fiche").click()
    expect(page.get_by_text(f"La fiche {first.reference} est gelée")).to_be_visible()
    page.get_by_role("link", name="À purger").filter(visible=True).first.click()
    page.get_by_role("button", name="Compter maintenant").click()
    sound(page)
    page.get_by_role("link", name="Personnes suivies").filter(visible=True).last.click()
    page.get_by_role("button", name="Faire un passage à blanc").click()
    expect(page.get_by_text("rien n’a été effacé")).to_be_visible()
    proof = RetentionRun.objects.get(dry=True).proof
    expect(page.get_by_text(proof)).to_be_visible()
    assert Person.objects.filter(erased_at=None).count() == 3

    run = run_rule(personal.rule(RULE), cast.organisation.pk)
    assert (run.done, run.held, run.proof) == (2, 1, proof)
    page.goto(site + reverse("privacy:purge_runs"))
    page.locator("tbody a").first.click()
    expect(page.get_by_text(proof)).to_be_visible()
    sound(page)
    assert {row.pk for row in Person.objects.exclude(erased_at=None)} == {row.pk for row in others}


def test_a_text_of_a_year_is_read_again_on_the_phone(site, cast, open_page, enter):
    hall = create_site(actor=cast.claire.actor, name="Hall 12", space_type="hall")
    old = act(cast.samia, hall, occurred_at=now() - dt.timedelta(days=400), narrative=WORDS)
    page = enter(open_page(PHONE), cast.claire)
    page.goto(site + reverse("interventions:rereading"))
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.locator("summary", has_text="Garder ce récit encore").click()
    page.get_by_role("button", name="Garder jusqu’à cette date").click()
    expect(page.get_by_text("Écrivez pourquoi ce récit est encore nécessaire.").first).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Rendre anonyme").click()
    expect(page.get_by_text("rendue anonyme : ses chiffres restent")).to_be_visible()
    assert Intervention.objects.get(pk=old.pk).narrative == ""
