"""Cards for residents on a phone, in Arabic and in Tigrinya, with and without network."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, axe_faults, overflow, shot
from tests.browser.test_notebook import NETWORK, PHRASE
from tests.presence.conftest import ground

__all__ = ["ground"]


@pytest.fixture
def shown(settings):
    """As in the demonstration: unreviewed languages are shown, with their mark."""
    settings.DEMO = True


def fits(page: Page) -> None:
    """No fault, nothing sideways; on a screen as tall as the page, so that the bar at its foot covers nothing."""
    width, height = page.viewport_size["width"], page.viewport_size["height"]
    page.set_viewport_size({"width": width, "height": max(height, page.evaluate("document.body.scrollHeight") + 200)})
    assert axe_faults(page) == []
    assert overflow(page) == 0
    page.set_viewport_size({"width": width, "height": height})


@pytest.mark.parametrize(
    ("code", "title", "following", "second"),
    [
        ("ar", "أنا وسيط اجتماعي", "التالي", "ما يمكنني فعله"),
        ("ti", "ኣነ ማሕበራዊ መንጎኛ እየ", "ዝቕጽል", "እንታይ ክገብር እኽእል"),
    ],
)
def test_a_card_is_read_card_after_card_in_the_resident_s_language(
    open_page, enter, cast, site, shown, code, title, following, second
):
    page = enter(open_page(PHONE), cast.samia)
    page.goto(f"{site}/cartes/")
    page.locator(f'a[href="/cartes/{code}"]').click()
    own = page.locator(f'section[lang="{code}"]')
    expect(own.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_text("Non relu", exact=True)).to_be_visible()
    assert own.evaluate("one => getComputedStyle(one).direction") == ("rtl" if code == "ar" else "ltr")
    assert page.locator('section[lang="fr"]').evaluate("one => getComputedStyle(one).direction") == "ltr"
    fits(page)
    shot(page, f"carte-{code}")
    page.get_by_role("link", name=following).click()
    expect(own.get_by_role("heading", name=second)).to_be_visible()
    fits(page)


def test_a_device_without_a_voice_of_its_own_shows_no_button(open_page, enter, cast, site, shown):
    page = enter(open_page(PHONE), cast.samia)
    page.goto(f"{site}/cartes/ti/qui")
    expect(page.get_by_role("heading", level=2)).to_be_visible()
    assert page.evaluate("speechSynthesis.getVoices().filter((one) => one.lang.startsWith('ti')).length") == 0
    expect(page.locator("[data-ecouter]")).to_be_hidden()


@pytest.mark.parametrize(("code", "second"), [("ar", "ما يمكنني فعله"), ("ti", "እንታይ ክገብር እኽእል")])
def test_a_language_that_was_kept_opens_without_network(open_page, enter, cast, ground, site, shown, code, second):
    page = enter(open_page(PHONE, expected=NETWORK), cast.samia)
    page.goto(f"{site}/carnet/")
    page.get_by_label("Une phrase de dix signes au moins").fill(PHRASE)
    page.get_by_role("button", name="Préparer ce téléphone").click()
    expect(page.get_by_role("heading", name="Tournée", level=1)).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready")
    page.goto(f"{site}/carnet/#cartes")
    expect(page.get_by_role("heading", name="Cartes en langues", level=1)).to_be_visible()
    fits(page)
    row = page.locator("li", has=page.locator(f'[href="#cartes/{code}"]'))
    row.get_by_role("button", name="Garder").click()
    expect(row.get_by_text("Gardée sur ce téléphone")).to_be_visible()
    page.context.set_offline(True)
    row.locator(".language").click()
    own = page.locator(f'.resident-deck section[lang="{code}"]:visible')
    expect(own).to_have_count(1)
    fits(page)
    shot(page, f"carnet-carte-{code}")
    page.locator('[data-ici="apres"]').click()
    expect(own.get_by_role("heading", name=second)).to_be_visible()
    page.goto(f"{site}/carnet/#cartes/uk")
    expect(page.get_by_text("cette langue n’est pas gardée sur ce téléphone")).to_be_visible()
    page.context.set_offline(False)


def test_the_pages_of_those_who_keep_the_cards_fit_a_desk_and_a_phone(open_page, enter, cast, site, shown):
    for size in (DESK, PHONE):
        page = enter(open_page(size), cast.claire)
        for path in (
            "/cartes/relecture/",
            "/cartes/relecture/ar/qui",
            "/cartes/voix/ti/",
            "/langues/",
            "/langues/noter",
        ):
            page.goto(f"{site}{path}")
            fits(page)
        page.goto(f"{site}/langues/chiffres")
        fits(page)
