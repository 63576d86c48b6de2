"""The text helper in a real browser: it points, proposes, obeys, and sends nothing."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, axe_faults, overflow, shot, stretch

TEXT = "Échange tendu sur le bruit, Mme D. et trois jeunes agressifs."
PAGES = ["/urgence", "/urgence/cartes", "/urgence/cartes/violences_couple", "/charte", "/charte/demandes/"]


@pytest.fixture
def form(open_page, enter, site, cast):
    """The page where a refused request is recorded, with what it asked of the network."""
    page = enter(open_page(PHONE), cast.samia)
    page.asked = []
    page.on("request", lambda request: page.asked.append((request.method, request.url, request.post_data)))
    page.goto(f"{site}/charte/demandes/nouvelle")
    page.wait_for_load_state("networkidle")
    return page


def test_it_points_proposes_and_replaces(form):
    field = form.locator("textarea")
    field.fill(TEXT)
    notes = form.locator(".text-helper .note")
    notes.nth(1).wait_for()
    assert "« Mme D. » ressemble à un nom." in notes.nth(0).inner_text().replace("\xa0", " ")
    assert "2 mots à relire" in form.locator("[id$=-relecture]").inner_text()
    notes.nth(0).get_by_role("button", name="Remplacer").click()
    assert field.input_value() == TEXT.replace("Mme D.", "une voisine")
    assert notes.count() == 1


def test_the_author_decides_by_keyboard_and_focus_is_never_lost(form):
    field = form.locator("textarea")
    field.fill(TEXT)
    form.locator(".text-helper .note").nth(1).wait_for()
    field.press("Tab")
    assert form.evaluate("document.activeElement.textContent").startswith("Remplacer")
    form.keyboard.press("Tab")
    form.keyboard.press("Enter")  # keep the name
    assert form.locator(".text-helper .note").count() == 1
    assert form.evaluate("document.activeElement.textContent").startswith("Remplacer")
    form.keyboard.press("Tab")
    form.keyboard.press("Enter")  # keep the judgement
    assert form.evaluate("document.activeElement.tagName") == "TEXTAREA"
    assert field.input_value() == TEXT
    field.press("End")
    field.type(" Mme D. revient.")
    form.wait_for_timeout(700)
    assert form.locator(".text-helper .note").count() == 0  # what was kept is not asked again


def test_no_note_appears_under_a_press_so_that_the_button_stays_where_it_is(form):
    form.locator("textarea").fill(TEXT)
    button = form.get_by_role("button", name="Enregistrer le refus")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    form.mouse.move(box["x"] + 5, box["y"] + 5)
    form.mouse.down()
    form.wait_for_timeout(900)
    assert form.locator(".text-helper .note").count() == 0
    assert button.bounding_box() == box
    form.mouse.up()
    expect(form.get_by_text("Choisissez").first).to_be_visible()  # the press was heard: the form came back, asking


def test_markup_typed_by_the_author_stays_text(form):
    form.locator("textarea").fill('Mme <img src=x onerror="document.title=1"> et Mme Durand<b>x</b>')
    form.locator(".text-helper .note").first.wait_for()
    assert form.locator(".text-helper img, .text-helper .note b b").count() == 0


def test_nothing_leaves_the_browser(form):
    form.asked.clear()
    form.locator("textarea").fill(TEXT)
    form.locator(".text-helper .note").first.wait_for()
    form.locator(".text-helper button").first.click()
    form.wait_for_timeout(600)
    assert form.asked == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_beside_the_notes(form, scheme):
    form.emulate_media(color_scheme=scheme)
    form.locator("textarea").fill(TEXT)
    form.locator(".text-helper .note").first.wait_for()
    assert axe_faults(form) == []
    assert overflow(form) == 0
    shot(form, f"text-helper-{scheme}")


ZOOMED = {"width": 320, "height": 256}


@pytest.mark.parametrize("size", [PHONE, DESK, ZOOMED], ids=["phone", "desk", "zoom400"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_on_the_pages_of_reference(open_page, enter, site, cast, path, size):
    page = enter(open_page(size), cast.claire)
    page.goto(f"{site}{path}")
    page.evaluate("document.querySelectorAll('details:not(.menu)').forEach((fold) => { fold.open = true })")
    if size is not ZOOMED:  # that narrow, no bar stays in sight
        stretch(page)
    assert axe_faults(page) == []
    assert overflow(page) == 0
