"""A round in a real browser: quick taps all count, a colleague sees the day move, nothing for axe to find."""

from django.urls import reverse
from playwright.sync_api import expect

from entremise.presence import queries, services
from entremise.presence.models import LogEntry, Stop
from tests.browser.conftest import DESK, PHONE, axe_faults
from tests.presence.conftest import ground, out, stop

__all__ = ["ground", "out", "stop"]


def test_five_quick_taps_count_five_and_one_is_taken_back(site, cast, out, stop, open_page, enter):
    page = enter(open_page(PHONE), cast.samia)
    page.goto(site + reverse("presence:round", args=[out.pk]))
    plus = page.get_by_role("button", name="Un contact de plus", exact=True)
    for _ in range(5):
        plus.click(no_wait_after=True)
    expect(page.locator("#compte output")).to_have_text("5")
    page.get_by_role("button", name="Un contact de moins", exact=True).click()
    expect(page.locator("#compte output")).to_have_text("4")
    page.get_by_text("Par tranche d’âge").click()
    page.get_by_role("button", name="Un de plus, 12 – 17 ans").click()
    expect(page.locator("#compte output")).to_have_text("5")
    expect(page.locator("#tranche-douze_dix_huit")).to_have_text("1")
    assert queries.contacts_of([stop.pk])[stop.pk].total == 5


def test_atmosphere_is_kept_at_a_tap_and_the_focus_stays(site, cast, out, stop, open_page, enter):
    page = enter(open_page(PHONE), cast.samia)
    page.goto(site + reverse("presence:round", args=[out.pk]))
    page.get_by_role("button", name="Tendu", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Tendu", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Tendu", exact=True)).to_be_focused()
    assert Stop.objects.get().atmosphere == "tendu"


def test_a_colleague_sees_a_new_line_within_five_seconds(site, cast, out, open_page, enter):
    """The five seconds are those of the page's own clock, so that a slow machine is not taken for a slow page."""
    page = enter(open_page(DESK), cast.paul)
    page.clock.install()
    page.goto(site + reverse("presence:today"))
    expect(page.get_by_text("Prise de service")).to_be_visible()
    page.clock.pause_at(page.evaluate("Date.now() / 1000 + 0.5"))
    services.leave_instruction(actor=cast.samia.actor, team_id=cast.team.pk, text="Repasser place des Marronniers")
    page.clock.run_for(5_000)
    expect(page.get_by_text("Repasser place des Marronniers")).to_be_visible()
    page.clock.resume()
    page.get_by_role("button", name="Marquer comme lue").click()
    expect(page.get_by_text("Lue par Paul")).to_be_visible()


def test_nothing_to_report_works_without_scripts(site, cast, ground, out, open_page, enter):
    page = enter(open_page(PHONE, java_script_enabled=False), cast.samia)
    page.goto(site + reverse("presence:round", args=[out.pk]))
    page.get_by_role("button", name="J’y suis : Hall 4, allée des Lilas").click()
    for _ in range(2):
        page.get_by_role("button", name="Un contact de plus", exact=True).click()
    page.get_by_role("button", name="RAS, calme").click()
    page.get_by_role("button", name="J’y suis : Place des Marronniers").click()
    expect(page.get_by_role("heading", name="Place des Marronniers")).to_be_visible()
    first = Stop.objects.get(site=ground.hall.pk)
    assert (queries.contacts_of([first.pk])[first.pk].total, first.atmosphere) == (2, "ras")


def test_a_form_sent_empty_leads_to_what_is_missing(site, cast, ground, open_page, enter):
    page = enter(open_page(PHONE), cast.samia)
    page.goto(site + reverse("presence:report"))
    page.get_by_label("Précision pour l’équipe").fill("Trois lampes")
    page.get_by_role("button", name="Enregistrer le signalement").click()
    expect(page.get_by_role("alert").first).to_be_focused()
    expect(page.get_by_label("Précision pour l’équipe")).to_have_value("Trois lampes")
    assert axe_faults(page) == []
    assert not LogEntry.objects.exists()
