"""Remake the pictures of the README and of the guide: ``make screenshots``.

The demonstration is told at a fixed evening in a temporary folder, served on a free loopback port and used
through the real forms: the same code gives the same pictures, whatever the day. ``python -m tools.screenshots
tournee intervention`` remakes some of them.
"""

import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Error, Locator, Page, sync_playwright

from tools import palette
from tools.evening import EVENING, served

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--lang=fr-FR",
]
PASSWORD = "demonstration-2026"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 860}
MOST_BYTES = 150_000
SHOTS: dict[str, tuple[str, dict[str, int], Callable[[Page], None]]] = {}
Shot = Callable[[Page], None]


def shot(name: str, who: str, size: dict[str, int]) -> Callable[[Shot], Shot]:
    """Declare a picture: its file, who is signed in, the window; the function brings the page to the moment."""

    def declare(act: Shot) -> Shot:
        SHOTS[name] = (who, size, act)
        return act

    return declare


# The README's four.


@shot("tournee", "samia", PHONE)
def round_on_the_phone(page: Page) -> None:
    """Third stop of the evening round."""
    page.goto("/tournee/")


@shot("intervention", "samia", PHONE)
def act_on_the_phone(page: Page) -> None:
    """A conflict being noted, both tensions given."""
    conflict(page)
    for field, level in (("tension_before", 3), ("tension_after", 1)):
        page.locator(f"label:has([name={field}][value='{level}']) .mark").click()
    tap(page, "Bruit")
    show(page.get_by_text("Avec quel résultat ?").first)


@shot("journee", "claire", DESK)
def coordinators_day(page: Page) -> None:
    """What the coordinator sees first."""
    page.goto("/")


@shot("note-bailleur", "claire", {"width": 1180, "height": 1040})
def landlords_note(page: Page) -> None:
    """October, as the landlord reads it by the link."""
    landlords_report(page)
    page.get_by_role("link", name="Envoyer le lien").click()
    page.get_by_role("button", name="Créer le lien").click()
    page.goto(page.get_by_label("Lien à envoyer").input_value())


# The guide's.


@shot("texte", "samia", PHONE)
def words_to_look_at(page: Page) -> None:
    """The helper points at a name and a number."""
    conflict(page)
    page.get_by_label("En quelques mots").fill(
        "Mme Martin, 06 00 00 00 00, dit que le voisin est agressif. Son baissé."
    )
    page.wait_for_timeout(1200)
    show(page.get_by_text("En quelques mots"))


@shot("danger", "samia", PHONE)
def danger(page: Page) -> None:
    """A danger sign opens the reflex card and the numbers."""
    conflict(page)
    page.get_by_text("Un danger, une inquiétude").click()
    tap(page, "Menace grave")
    page.wait_for_timeout(600)
    show(page.get_by_text("Menace grave", exact=True))


@shot("relais", "samia", PHONE)
def relays(page: Page) -> None:
    """Whom to call in the sector."""
    page.goto("/relais")


@shot("urgence", "samia", PHONE)
def emergency(page: Page) -> None:
    """Numbers to call."""
    page.goto("/urgence")


@shot("fil", "samia", {"width": 390, "height": 560})
def thread(page: Page) -> None:
    """Acts about the same thing, and a dated reminder."""
    page.goto("/interventions/")
    page.get_by_role("link", name="Conflit régulé sur place").first.click()
    page.get_by_text("Rattacher à un fil").click()
    page.get_by_label("Repère du nouveau fil").fill("Bruit, hall 12")
    page.get_by_role("button", name="Rattacher au fil").click()
    page.get_by_label("Rappeler le").fill("2026-11-26")
    page.get_by_label("Pour quoi faire").fill("repasser après 22 h")
    page.get_by_role("button", name="Noter le rappel").click()


@shot("main-courante", "claire", DESK)
def running_page(page: Page) -> None:
    """The evening team's page."""
    page.goto("/main-courante/")
    page.get_by_role("link", name="Équipe du soir").first.click()


@shot("relire", "claire", DESK)
def review(page: Page) -> None:
    """An act to read again."""
    page.goto("/interventions/a-relire/")


@shot("signalements", "claire", DESK)
def defects(page: Page) -> None:
    """Technical defects and their delays."""
    page.goto("/signalements-techniques/")
    show(page.locator("table"))


@shot("planning", "claire", DESK)
def plan(page: Page) -> None:
    """Rounds and drop-ins."""
    page.goto("/tournees/")
    show(page.locator("table"))


@shot("bilan", "claire", DESK)
def report(page: Page) -> None:
    """Further down the same note, before it leaves."""
    landlords_report(page)
    show(page.get_by_role("heading", name="Interventions par registre"))


@shot("membres", "alban", DESK)
def members(page: Page) -> None:
    """Who belongs, with which roles."""
    page.goto("/membres")


@shot("liste", "alban", DESK)
def closed_list(page: Page) -> None:
    """A national list and what the organisation changes in it."""
    page.goto("/listes/L18")


@shot("donnees-sensibles", "dora", DESK)
def sensitive(page: Page) -> None:
    """Values kept only once allowed."""
    page.goto("/donnees-sensibles")


# Gestures that several pictures share.


def tap(page: Page, label: str) -> None:
    """Choose an answer by its words, were it folded under « Autre… »."""
    answer = page.locator("main").get_by_label(label, exact=True).first
    answer.evaluate("e => { for (let d = e; (d = d.parentElement.closest('details')); ) d.open = true; }")
    answer.check()


def show(words: Locator) -> None:
    """Bring this to the top of the window, with a little air."""
    words.evaluate("e => window.scrollTo({top: e.getBoundingClientRect().top + window.scrollY - 20})")


def conflict(page: Page) -> None:
    """An act begun: a conflict calmed on the spot."""
    page.goto("/noter/")
    tap(page, "Conflit régulé sur place")
    tap(page, "Apaisé sur place")


def landlords_report(page: Page) -> None:
    """The landlord's October beside September."""
    page.goto("/bilans/")
    funder = page.get_by_label("Financeur")
    funder.select_option(funder.locator("option", has_text="Foyers du Rouet").get_attribute("value"))
    page.get_by_label("Comparer à").select_option("avant")
    with page.expect_navigation():
        funder.evaluate("e => e.form.requestSubmit()")


# The machinery.


def photograph(browser: Browser, address: str, wanted: list[str]) -> None:
    """Every picture, or those named; each person signs in once."""
    people: dict[str, Page] = {}
    for name, (who, size, act) in SHOTS.items():
        if wanted and name not in wanted:
            continue
        if who not in people:
            people[who] = enter(browser, address, who, sharp=size["width"] < 500)
        people[who].set_viewport_size(size)  # type: ignore[arg-type]
        try:
            act(people[who])
        except Error as error:
            raise SystemExit(f"{name}: stopped on {people[who].url}\n{people[who].title()}\n{error}") from error
        take(people[who], name)


def enter(browser: Browser, address: str, who: str, sharp: bool) -> Page:
    """A fresh profile, signed in through the real forms; its clock tells the evening too."""
    context = browser.new_context(
        base_url=address,
        locale="fr-FR",
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
        device_scale_factor=1.5 if sharp else 1,
    )
    context.set_default_timeout(15_000)
    context.clock.install(time=EVENING)
    page = context.new_page()
    page.goto("/connexion")
    page.get_by_label("Adresse").fill(f"{who}@exemple.test")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    if "second-facteur" in page.url:
        shown = re.search(r"code du moment est\D*(\d[\d\s]+)", page.locator("main").inner_text())
        assert shown, "the demonstration shows no code"
        page.locator("[name=code]").fill(re.sub(r"\D", "", shown[1]))
        page.get_by_role("button", name="Continuer").click()
    page.wait_for_url(re.compile(r"/$"))
    return page


def take(page: Page, name: str) -> None:
    """Write the picture with a palette, and refuse one that weighs too much."""
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(250)
    picture = palette.reduce(page.screenshot(animations="disabled", caret="hide"))
    if len(picture) > MOST_BYTES:
        raise SystemExit(f"{name}: {len(picture)} bytes, more than {MOST_BYTES}")
    (IMAGES / f"{name}.png").write_bytes(picture)
    print(f"{name}.png {len(picture) // 1000} kB")


def main(wanted: list[str]) -> None:
    """Every picture, or those named."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    keep = os.environ.get("ENTREMISE_DATA")  # a folder to use again while choosing pictures
    with tempfile.TemporaryDirectory(prefix="entremise-pictures-") as fresh:
        with served(Path(keep or fresh)) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, env={"LANGUAGE": "fr"})
            photograph(browser, address, wanted)
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
