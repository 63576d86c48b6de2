"""The component library in a real browser: axe, zoom, keyboard, fragments, a session that closes under a form."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, axe_faults, overflow, shot

NARROW = {"width": 320, "height": 256}  # a 1280 x 1024 screen at 400 %


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_on_the_style_page(open_page, enter, site, cast, size, scheme):
    page = enter(open_page(size, color_scheme=scheme), cast.claire)
    page.goto(f"{site}/style")
    assert axe_faults(page) == []
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
    assert axe_faults(page) == []
    assert overflow(page) == 0
    shot(page, f"style-{size['width']}-{scheme}")


@pytest.mark.parametrize("path", ["/style", "/accessibilite", "/nulle-part"])
def test_nothing_is_lost_at_400_percent(open_page, enter, site, cast, path):
    page = enter(open_page(NARROW), cast.claire)
    page.goto(f"{site}{path}")
    assert overflow(page) == 0
    assert page.locator("details.menu summary").is_visible()


def test_forced_colours_keep_the_chosen_chip_apart(open_page, site):
    page = open_page(DESK, forced_colors="active")
    page.goto(f"{site}/style")
    colour = "(node) => getComputedStyle(node).backgroundColor"
    chosen = page.locator("#saisie ~ form .chip :checked + span").first.evaluate(colour)
    other = page.locator("#saisie ~ form .chip :not(:checked) + span").first.evaluate(colour)
    assert chosen != other


def test_the_skip_link_comes_first_and_the_focus_is_drawn(open_page, enter, site, cast):
    page = enter(open_page(DESK), cast.claire)
    page.goto(f"{site}/style")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    drawn = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert drawn == "solid"


def test_chips_and_steps_answer_to_the_keyboard(open_page, site):
    page = open_page(DESK)
    page.goto(f"{site}/style")
    outcome = page.locator("#saisie ~ form input[name=outcome]")
    outcome.first.focus()
    page.keyboard.press("ArrowRight")
    assert outcome.nth(1).is_checked()
    ring = "getComputedStyle(document.activeElement.nextElementSibling).outlineStyle"
    assert page.evaluate(ring) == "solid"
    tension = page.locator("#saisie ~ form input[name=tension]")
    tension.nth(3).focus()
    page.keyboard.press("ArrowRight")
    assert tension.nth(4).is_checked()
    assert page.locator("#saisie ~ form .step:has(:checked) .words").bounding_box()["width"] > 100


def test_targets_are_large_enough_for_a_thumb(open_page, enter, site, cast):
    page = enter(open_page(PHONE), cast.claire)
    page.goto(f"{site}/style")
    sizes = page.locator("main .btn:visible, main .chip:visible, main .mark:visible, .topbar summary").evaluate_all(
        "(nodes) => nodes.map((node) => node.getBoundingClientRect()).map((box) => [box.width, box.height])"
    )
    assert min(height for _, height in sizes) >= 48
    assert min(width for width, _ in sizes) >= 44  # six steps share the narrowest line


def test_the_counter_counts_and_stops_at_zero(open_page, site):
    page = open_page(PHONE)
    page.goto(f"{site}/style")
    counter = page.locator("#saisie ~ form [data-counter]")
    counter.get_by_role("button", name="Un de plus").click()
    assert counter.locator("input").input_value() == "15"
    counter.locator("input").fill("0")
    counter.get_by_role("button", name="Un de moins").click()
    assert counter.locator("input").input_value() == "0"
    expect(page.locator("#annonces")).to_contain_text("Personnes rencontrées 0")


def test_without_scripts_the_number_is_typed_and_the_list_is_whole(open_page, site):
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(f"{site}/style")
    form = page.locator("#saisie ~ form")
    assert form.locator("[data-counter] button:visible").count() == 0
    form.locator("input[name=contacts]").fill("7")
    assert form.locator("select option").count() == 31
    assert form.locator("input[type=search]").count() == 0


def test_a_long_list_narrows_without_accents_and_keeps_the_chosen_value(open_page, site):
    page = open_page(PHONE)
    page.goto(f"{site}/style")
    holder = page.locator("#saisie ~ form [data-search-select]")
    holder.locator("input[type=search]").fill("ALLEE 12")
    texts = holder.locator("option").all_text_contents()
    assert texts == ["Choisir un lieu", "Hall 4, allée des Lilas", "Hall 12, allée des Lilas"]
    assert holder.locator("select").input_value() == "s4"
    holder.locator("input[type=search]").fill("")
    assert holder.locator("option").count() == 31


def test_the_phone_menu_closes_with_escape_and_gives_the_focus_back(open_page, enter, site, cast):
    page = enter(open_page(PHONE), cast.claire)
    page.goto(f"{site}/style")
    page.locator("details.menu summary").click()
    assert page.locator(".menu-panel").get_by_text("Passage commun").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".menu-panel").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


SWAP = """() => htmx.ajax('GET', '/style?page=2', {target: '.pagination', select: '.pagination', swap: 'outerHTML'})"""


def test_the_focus_is_not_lost_when_its_fragment_is_replaced(open_page, site):
    page = open_page(DESK)
    page.goto(f"{site}/style")
    page.get_by_role("link", name="Page suivante").focus()
    page.evaluate(SWAP)
    page.get_by_role("link", name="Page précédente").wait_for()
    expect(page.locator(".pagination:focus-within")).to_have_count(1)


def test_what_the_server_announces_is_put_in_the_live_region(open_page, site):
    page = open_page(DESK)
    page.goto(f"{site}/style")
    page.evaluate("htmx.trigger(document.body, 'annonce', {value: 'Contact ajouté'})")
    expect(page.locator("#annonces")).to_have_text("Contact ajouté")


LONG_FORM = "() => { const form = document.querySelector('#saisie ~ form'); form.method = 'post'; form.id = 'long'; }"


@pytest.fixture
def long_form(open_page, enter, site, cast):
    """A page whose form is sent by POST, with words typed in it."""
    page = enter(open_page(PHONE), cast.samia)
    page.goto(f"{site}/style")
    page.evaluate(LONG_FORM)
    page.locator("#long textarea").fill("Une voisine et trois jeunes, son baissé.")
    return page


def test_a_closed_session_keeps_the_words_and_says_what_to_do(long_form, site):
    long_form.context.clear_cookies()
    long_form.locator("#long button[type=submit]").click()
    long_form.get_by_text("Votre session est fermée").wait_for()
    assert long_form.locator("#long textarea").input_value() == "Une voisine et trois jeunes, son baissé."
    assert axe_faults(long_form) == []


def test_the_sign_in_page_never_takes_the_place_of_a_fragment(long_form):
    long_form.context.clear_cookies()
    long_form.evaluate("() => htmx.ajax('GET', '/session', {target: '.pagination', swap: 'outerHTML'})")
    long_form.get_by_text("Votre session est fermée").wait_for()
    assert long_form.locator(".pagination").is_visible()


def test_another_person_signed_in_meanwhile_is_noticed(long_form, enter, cast):
    enter(long_form, cast.paul)
    long_form.locator("#long button[type=submit]").click()
    long_form.get_by_text("Une autre personne ou une autre organisation").wait_for()


def test_without_network_nothing_leaves_and_nothing_is_lost(long_form):
    long_form.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no network')) }")
    long_form.locator("#long button[type=submit]").click()
    long_form.get_by_text("Pas de réseau, rien n’est parti").wait_for()
    assert "son baissé" in long_form.locator("#long textarea").input_value()
    long_form.evaluate("() => htmx.ajax('GET', '/style?page=2', {target: '.pagination', select: '.pagination'})")
    long_form.get_by_role("link", name="Page précédente").wait_for()
    assert long_form.get_by_text("Pas de réseau, rien n’est parti").is_visible()  # news that come do not wipe it


def test_an_open_session_lets_the_form_leave(long_form, site):
    with long_form.expect_request(lambda request: request.method == "POST") as sent:
        long_form.locator("#long button[type=submit]").click()
    assert sent.value.url.startswith(f"{site}/style")


def test_paper_shows_the_content_alone_with_its_folds_open(open_page, enter, site, cast):
    page = enter(open_page(DESK, color_scheme="dark"), cast.claire)
    page.goto(f"{site}/style")
    page.emulate_media(media="print")
    assert not page.locator(".side").is_visible()
    assert not page.locator(".filters").is_visible()
    assert page.locator(".bars table").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    shot(page, "style-paper")
