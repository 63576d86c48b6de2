"""What is done every day, with the keyboard alone: the focus is always drawn, in sight, and never lost."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from entremise.interventions.models import Intervention
from entremise.presence import queries, services
from entremise.presence.models import Stop
from tests.browser.conftest import DESK, PHONE
from tests.interventions.build import act
from tests.presence.conftest import ground, out, stop

__all__ = ["ground", "out", "stop"]

FOCUS = """() => {
  const held = document.activeElement;
  if (!held || held === document.body) return "lost";
  const name = held.outerHTML.slice(0, 120);
  const drawn = [held, held.nextElementSibling].filter(Boolean).some((node) => {
    const style = getComputedStyle(node);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  if (!drawn && held.id !== "contenu") return `not drawn: ${name}`;
  const shown = held.matches("[type=radio], [type=checkbox]") ? held.nextElementSibling ?? held : held;
  const box = shown.getBoundingClientRect();
  const across = [.25, .5, .75].flatMap((x) => [.25, .5, .75].map((y) => [x, y]));
  const seen = across.some(([x, y]) => {
    const top = document.elementFromPoint(box.x + x * box.width, box.y + y * box.height);
    return top && (top === held || shown.contains(top));
  });
  return seen ? "" : `hidden: ${name}`;
}"""


class Keys:
    """Someone who holds no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def reach(self, target: Locator, key: str = "Tab", most: int = 90) -> None:
        """Go on with Tab until the target has the focus; at each stop, the focus is drawn and in sight."""
        for _ in range(most):
            self.press(key)
            if target.evaluate("(node) => node === document.activeElement"):
                assert self.page.evaluate(FOCUS) == ""
                return
            assert self.page.evaluate(FOCUS) == ""
        raise AssertionError(f"never reached: {target}")

    def access(self, letter: str) -> None:
        """Alt and an access key, with its letter: without it the browser takes no access key from a test."""
        typed = {"key": letter, "code": f"Key{letter.upper()}", "text": letter, "unmodifiedText": letter}
        session = self.page.context.new_cdp_session(self.page)
        session.send("Input.dispatchKeyEvent", {"type": "keyDown", "modifiers": 1, **typed})
        session.send("Input.dispatchKeyEvent", {"type": "keyUp", "modifiers": 1, **typed})

    def held(self, within: str) -> None:
        """The focus is somewhere in this part of the page."""
        expect(self.page.locator(f"{within}:focus-within")).to_have_count(1)


@pytest.fixture
def keys(open_page, enter):
    """A function: ``keys(person, size)`` gives a keyboard in front of a fresh page of that person."""
    return lambda person, size=DESK: Keys(enter(open_page(size), person))


def test_an_act_is_noted(site, cast, stop, keys):
    hand = keys(cast.samia)
    page = hand.page
    page.goto(f"{site}{reverse('interventions:record')}?round={stop.round_id}")
    hand.reach(page.get_by_role("checkbox", name="Conflit régulé sur place"))
    hand.press("Space")
    hand.reach(page.locator("[name=outcome]").first)  # one stop for the whole question
    hand.press("Space")
    hand.reach(page.locator("[name=tension_before]:checked"))  # "Sans réponse", the last of the scale
    hand.press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight")
    hand.reach(page.locator("[name=tension_after]:checked"))
    hand.press("ArrowRight", "ArrowRight")
    hand.reach(page.get_by_label("En quelques mots"))
    page.keyboard.type("Deux voisins se parlent de nouveau.")
    hand.reach(page.get_by_role("button", name="Enregistrer l’intervention"))
    hand.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Intervention enregistrée")
    noted = Intervention.objects.get()
    assert (noted.outcome, noted.tension_before, noted.tension_after) == ("apaise", 3, 1)
    assert noted.narrative == "Deux voisins se parlent de nouveau."


def test_a_fold_opens_and_shows_its_answers(site, cast, ground, keys):
    hand = keys(cast.samia, PHONE)
    page = hand.page
    page.goto(site + reverse("interventions:record"))
    hand.reach(page.locator("fieldset", has=page.locator("[name=outcome]")).locator("summary"))
    hand.press("Enter")
    expect(page.locator("details[open] [name=outcome]").first).to_be_focused()  # Tab would jump to the next question
    assert page.evaluate(FOCUS) == ""
    hand.press("ArrowRight")
    expect(page.locator("details[open] [name=outcome]").nth(1)).to_be_checked()


def test_contacts_are_counted_and_the_focus_stays_on_the_button(site, cast, out, stop, keys):
    hand = keys(cast.samia, PHONE)
    page = hand.page
    page.goto(site + reverse("presence:round", args=[out.pk]))
    plus = page.get_by_role("button", name="Un contact de plus", exact=True)
    hand.reach(plus)
    for count, key in enumerate(("Enter", "Space", "Enter"), start=1):
        hand.press(key)
        expect(page.locator("#compte output")).to_have_text(str(count))
        expect(plus).to_be_focused()
    hand.reach(page.get_by_role("button", name="Un contact de moins", exact=True), "Shift+Tab")
    hand.press("Enter")
    expect(page.locator("#compte output")).to_have_text("2")
    hand.reach(page.get_by_role("button", name="RAS, calme"))
    hand.press("Space")
    expect(page.get_by_role("button", name="RAS, calme")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(FOCUS) == ""
    hand.reach(page.get_by_role("button", name="J’y suis : Place des Marronniers"))
    hand.press("Enter")
    expect(page.get_by_role("heading", name="Place des Marronniers")).to_be_visible()
    assert queries.contacts_of([stop.pk])[stop.pk].total == 2
    assert Stop.objects.get(pk=stop.pk).atmosphere == "ras"


def test_acts_are_validated_one_after_the_other(site, cast, ground, keys):
    first, second, third = (act(cast.samia, ground.hall, status="a_valider") for _ in range(3))
    hand = keys(cast.claire)
    page = hand.page
    page.goto(site + reverse("interventions:review"))
    hand.reach(page.get_by_role("button", name="Valider et verrouiller"))
    hand.press("Enter")
    expect(page.get_by_text(f"Intervention {first.reference} validée.")).to_be_visible()
    hand.access("v")  # the one that the page announces
    expect(page.get_by_text(f"Intervention {second.reference} validée.")).to_be_visible()
    hand.reach(page.locator("summary", has_text="Demander une correction"))
    hand.press("Enter")
    hand.reach(page.get_by_label("Ce qu’il y a à corriger"))
    page.keyboard.type("Précisez le lieu.")
    hand.reach(page.get_by_role("button", name="Renvoyer à l’auteur"))
    hand.press("Enter")
    expect(page.get_by_text(re.compile("Tout est relu|bout de la file"))).to_be_visible()
    states = Intervention.objects.order_by("pk").values_list("status", flat=True)
    assert list(states) == ["validee", "validee", "a_corriger"]
    third.refresh_from_db()
    assert third.correction_request == "Précisez le lieu."


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_list_is_filtered_and_sorted(site, cast, ground, keys, size):
    act(cast.samia, ground.hall, outcome="apaise", registers=("conflit_temps_reel",))
    act(cast.samia, ground.square)
    hand = keys(cast.samia, size)
    page = hand.page
    page.goto(site + reverse("interventions:list") + "?periode=tout")
    if size is PHONE:
        hand.reach(page.locator("form.filters summary"))
        hand.press("Enter")
    hand.reach(page.locator("form.filters select[name=lieu]"))
    page.keyboard.type("Place")
    hand.reach(page.get_by_role("button", name="Appliquer les filtres"))
    hand.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("Place des Marronniers")
    assert "lieu=" in page.url


def test_the_menu_of_the_phone_opens_closes_and_leads_on(site, cast, keys):
    hand = keys(cast.claire, PHONE)
    page = hand.page
    page.goto(f"{site}/")
    menu = page.locator("details.menu summary")
    hand.reach(menu)
    hand.press("Enter")
    hand.reach(page.locator(".menu-panel").get_by_role("link", name="Main courante"))
    hand.press("Escape")
    expect(menu).to_be_focused()
    hand.press("Space")
    hand.reach(page.locator(".menu-panel").get_by_role("link", name="Interventions"))
    hand.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Interventions")


def test_the_log_is_read_and_moves_on_without_taking_the_focus(site, cast, out, keys):
    services.leave_instruction(actor=cast.samia.actor, team_id=cast.team.pk, text="Repasser jeudi")
    hand = keys(cast.paul)
    page = hand.page
    page.goto(f"{site}/")
    hand.reach(page.get_by_role("button", name="Marquer comme lue"))
    hand.press("Enter")
    expect(page.get_by_text("Lue par Paul")).to_be_visible()
    hand.held("#journal li")
    services.note_call(actor=cast.samia.actor, team_id=cast.team.pk, text="Bruit au hall 4")
    expect(page.get_by_text("Bruit au hall 4")).to_be_visible()
    hand.held("#journal li")
    hand.reach(page.locator("#journal").get_by_role("link", name="Prise de service"))


def test_a_step_of_a_defect_is_noted(site, cast, ground, keys):
    defect = services.report_defect(
        actor=cast.samia.actor, team_id=cast.team.pk, site_id=ground.hall.pk, category="eclairage"
    )
    hand = keys(cast.samia)
    page = hand.page
    page.goto(site + reverse("presence:defect", args=[defect.pk]))
    hand.reach(page.get_by_label("Étape suivante"))
    hand.press("ArrowDown")
    hand.reach(page.get_by_role("button", name="Noter l’étape"))
    hand.press("Enter")
    expect(page.locator("#vie ol.log li")).to_have_count(2)
    hand.held("#vie")
    page.goto(site + reverse("presence:defects"))
    hand.reach(page.get_by_role("button", name=re.compile("Noter l’étape")))
    hand.press("Enter")
    expect(page.locator("body :focus")).to_have_count(1)
