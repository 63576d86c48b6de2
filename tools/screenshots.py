"""Remake the pictures of the README and of the guide: ``make screenshots``.

The demonstration is told at a fixed evening in a temporary folder, served on a free loopback port and used
through the real forms: the same code gives the same pictures, whatever the day. ``python -m tools.screenshots
tournee intervention`` remakes some of them.
"""

import os
import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from tools import palette
from tools.evening import EVENING, served
from tools.pictures import SHOTS

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
MOST_BYTES = 150_000


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
