"""The team's safety from a phone: what left and what did not, a timer that runs out, a code of duress."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from entremise.core.time import now
from entremise.safety import services, tasks
from entremise.safety.enums import AlertOrigin
from entremise.safety.models import Alert, PresenceTimer
from tests.browser.conftest import DESK, PHONE, axe_faults, overflow, shot, stretch
from tests.browser.test_notebook import phone
from tests.presence.conftest import ground
from tests.safety.conftest import chain

__all__ = ["chain", "ground", "phone"]


def faults(page: Page) -> list[str]:
    """What axe finds on the whole view: the bar at the foot of the screen covers nothing of it."""
    stretch(page)
    found = axe_faults(page)
    page.set_viewport_size(PHONE)
    return found


def urgent(page: Page) -> Page:
    """The Urgence view of the notebook, opened anew."""
    page.get_by_role("link", name="Relais").click()
    expect(page.get_by_role("heading", name="Relais", level=1)).to_be_visible()
    page.get_by_role("link", name="Urgence").click()
    expect(page.get_by_role("button", name="Alerter l’équipe")).to_be_visible()
    return page


@pytest.fixture
def ready(chain, phone) -> Page:
    """samia's phone, whose shell was kept once the organisation had its chain."""
    return urgent(phone)


def test_an_alert_leaves_with_the_network_and_says_who_saw_it(ready, cast, open_page, enter, site):
    page = ready
    first = page.locator("a.call").first
    assert first.get_attribute("href") == "tel:17"
    button = page.get_by_role("button", name="Alerter l’équipe")
    assert first.bounding_box()["y"] < button.bounding_box()["y"]
    desk = enter(open_page(DESK), cast.paul)
    desk.goto(f"{site}/")
    button.click()
    expect(page.get_by_text("Envoyée à")).to_be_visible()
    expect(desk.get_by_text("Alerte de Samia").first).to_be_visible(timeout=6000)
    desk.get_by_role("button", name="Je m’en occupe").click()
    expect(desk.get_by_text("Paul s’en occupe.")).to_be_visible()
    expect(page.get_by_text("Paul s’en occupe.")).to_be_visible()
    assert faults(page) == []
    assert axe_faults(desk) == []
    assert overflow(page) == 0
    shot(page, "alerte-envoyee")
    shot(desk, "alerte-bandeau")
    assert Alert.objects.count() == 1


def test_without_network_nothing_is_said_to_have_left_and_the_number_is_there(ready):
    page = ready
    page.context.set_offline(True)
    page.get_by_role("button", name="Alerter l’équipe").click()
    expect(page.get_by_text("Non envoyée", exact=True)).to_be_visible()
    call = page.get_by_role("link", name="Appeler Encadrement : 06 00 00 00 01").first
    expect(call).to_have_attribute("href", "tel:0600000001")
    page.get_by_text("Minuteur de présence").first.click()
    page.get_by_role("button", name="30 min", exact=True).click()
    expect(page.get_by_text("Non armé, appelez")).to_be_visible()
    assert faults(page) == []
    shot(page, "alerte-non-envoyee")
    page.context.set_offline(False)
    assert not Alert.objects.exists()
    assert not PresenceTimer.objects.exists()
    expect(page.locator("#transmission")).not_to_contain_text("en attente")
    page.get_by_role("button", name="Alerter l’équipe").click()
    expect(page.get_by_text("Envoyée à")).to_be_visible()
    assert Alert.objects.count() == 1


def test_a_timer_is_armed_once_watched_and_its_alarm_is_told(ready, cast):
    page = ready
    page.get_by_text("Minuteur de présence").first.click()
    page.get_by_role("button", name="15 min", exact=True).click()
    expect(page.get_by_text("Pas encore armé")).to_be_visible()
    timer = PresenceTimer.objects.get()
    tasks.watch_timer.func(str(timer.pk))
    expect(page.get_by_text("Armé", exact=True)).to_be_visible()
    assert faults(page) == []
    shot(page, "minuteur-arme")
    past = now() - dt.timedelta(minutes=1)
    PresenceTimer.objects.filter(pk=timer.pk).update(armed_at=past - dt.timedelta(minutes=15), due_at=past)
    assert tasks.fire_timer.func(str(timer.pk)) is True
    expect(urgent(page).get_by_text("Alarme donnée")).to_be_attached()
    assert Alert.objects.get().origin == AlertOrigin.MINUTEUR


def test_the_code_of_duress_shows_an_ended_timer_and_raises_the_alarm(cast, chain, open_page, enter, site, request):
    services.set_codes(actor=cast.samia.actor, end="2580", duress="4711")
    page = urgent(request.getfixturevalue("phone"))
    page.get_by_text("Minuteur de présence").first.click()
    page.get_by_role("button", name="15 min", exact=True).click()
    expect(page.get_by_text("Pas encore armé")).to_be_visible()
    page.get_by_label("Votre code").fill("1111")
    page.get_by_role("button", name="Tout va bien : mettre fin").click()
    expect(page.get_by_text("Il court toujours")).to_be_visible()
    page.get_by_label("Votre code").fill("4711")
    page.get_by_role("button", name="Tout va bien : mettre fin").click()
    expect(page.get_by_text("Aucun minuteur")).to_be_visible()
    assert Alert.objects.get().origin == AlertOrigin.CONTRAINTE
    page.goto(f"{site}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#alertes .note")).to_have_count(0)
    claire = enter(open_page(DESK), cast.claire)
    claire.goto(f"{site}/")
    expect(claire.get_by_text("Alerte de Samia").first).to_be_visible()
