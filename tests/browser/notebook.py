"""What the notebook's tests share: a phone, what it keeps, a server that can be taken away, a tab that dies."""

import io
import json
import random
import re
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import CDPSession, Error, Page, Route, expect

from entremise.presence.models import Tally
from tests.browser.conftest import PATIENCE, PHONE

PHRASE = "quatre mots bien choisis"
NETWORK = r"status of [45]|ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|Failed to load"
API = "**/api/sync/**"
TITLES = {
    "tournee": "^Tournée",
    "noter": "^Noter une intervention",
    "relais": "^Relais",
    "urgence": "^Urgence",
    "journal": "^Journal du téléphone",
    "telephone": "^Santé du téléphone",
    "formulaire/consigne": "^Laisser une consigne",
    "formulaire/observation": "^Observer",
    "formulaire/signalement": "^Signalement technique",
}
BATCHES = "**/api/sync/batches"
# Stops the tab, as a phone that runs out of memory would, just before the nth call of whatever a gesture awaits.
KILLING = Path(__file__).with_name("killing.js")

# The store of the only member of this phone, as it lies on the disk.
STORE = """async () => {
  const { name } = (await indexedDB.databases()).find((one) => one.name.length > 20);
  const database = await new Promise((ok) => { const r = indexedDB.open(name); r.onsuccess = () => ok(r.result); });
  const all = (store) => new Promise((ok) => {
    const r = database.transaction(store).objectStore(store).getAll();
    r.onsuccess = () => ok(r.result);
  });
  const meta = (key) => new Promise((ok) => {
    const r = database.transaction("meta").objectStore("meta").get(key);
    r.onsuccess = () => ok(r.result ?? null);
  });
  const operations = (await all("operations")).sort((one, other) => one.seq - other.seq);
  const found = {
    operations: operations.map(({ id, seq, schema, state, pending }) => ({ id, seq, schema, state, pending })),
    drafts: (await all("drafts")).length,
    media: (await all("media")).map(({ sha256, done, broken }) => ({ sha256, done, broken: broken ?? false })),
    mirror: (await all("mirror")).length,
    next: (await meta("next_seq")) ?? 1,
    acknowledged: await meta("acknowledged"),
    round: await meta("round"),
  };
  database.close();
  return found;
}"""


def store(page: Page) -> dict[str, Any]:
    """What the phone keeps: operations in order, how many drafts, photos, the next rank."""
    return page.evaluate(STORE)


def eventually(read: Callable[[], Any], wanted: Any) -> None:
    """Wait until ``read()`` is ``wanted``; fails with what it was last."""
    limit = time.monotonic() + PATIENCE / 1000
    while (found := read()) != wanted:
        assert time.monotonic() < limit, f"{found!r} instead of {wanted!r}"
        time.sleep(0.05)


def told(page: Page, events: list) -> list:
    """What handlers have heard so far: they run while the browser is spoken to."""
    page.evaluate("0")
    return events


def states(page: Page) -> list[str]:
    """How each operation stands, in order."""
    return [one["state"] for one in store(page)["operations"]]


def waits(page: Page) -> int:
    """How many operations have not left yet."""
    return sum(one["pending"] for one in store(page)["operations"])


@pytest.fixture
def bare(open_page, enter, cast, ground, site) -> Page:
    """samia's phone, prepared, locked, without a service worker: every request may be tampered with."""
    page = open_page(PHONE, expected=NETWORK, service_workers="block")
    enter(page, cast.samia)
    prepare(page, site)
    return page


def prepare(page: Page, site: str) -> None:
    """The first opening: a passphrase, then the notebook."""
    page.goto(f"{site}/carnet/")
    page.get_by_label("Une phrase de dix signes au moins").fill(PHRASE)
    page.get_by_role("button", name="Préparer ce téléphone").click()
    expect(page.get_by_role("heading", name="Tournée", level=1)).to_be_visible()
    expect(page.locator("#transmission")).to_contain_text("À jour")
    eventually(lambda: store(page)["mirror"] > 0, True)


def unlock(page: Page, label: str) -> None:
    """Open what is kept, from the view's own place."""
    page.get_by_text(label).click()
    page.get_by_label("Votre phrase").fill(PHRASE)
    page.get_by_role("button", name="Déverrouiller", exact=True).click()


def away(page: Page) -> None:
    """The server no longer answers the phone; the pages still load."""
    page.context.route(API, refuse)


def back(page: Page) -> None:
    """The server answers again."""
    page.context.unroute(API, refuse)


def refuse(route: Route) -> None:
    """The line is cut."""
    route.abort("internetdisconnected")


def answer(route: Route, body: str | dict, status: int = 200, kind: str = "application/json", **headers: str) -> None:
    """Answer in the server's place."""
    text = body if isinstance(body, str) else json.dumps(body)
    route.fulfill(status=status, body=text, headers={"Content-Type": kind, **headers})


def go(page: Page, part: str) -> None:
    """Open a part of the notebook, and wait until it is there."""
    page.evaluate("(part) => { location.hash = `#${part}`; }", part)
    expect(page.locator("#titre")).to_have_text(re.compile(TITLES[part]))


def saved(page: Page, what: str, then: str = "tournee") -> None:
    """The gesture is on the phone, and the notebook has gone on to the next view."""
    expect(page.locator("#annonces")).to_have_text(f"{what} : enregistré sur ce téléphone.")
    expect(page.locator("#titre")).to_have_text(re.compile(TITLES[then]))


def leave_word(page: Page, words: str) -> None:
    """Type an instruction and wait until its draft is on the disk."""
    go(page, "formulaire/consigne")
    page.locator("[name=text]").fill(words)
    expect(page.locator("form[data-brouillon=garde]")).to_have_count(1)


def save_word(page: Page, words: str) -> None:
    """Leave an instruction: written on this phone."""
    leave_word(page, words)
    page.get_by_role("button", name="Laisser la consigne").click()
    saved(page, "Consigne")


def picture(size: tuple[int, int] = (64, 48)) -> dict:
    """A photo of nothing in particular, which no compression makes small."""
    file = io.BytesIO()
    noise = random.Random(7).randbytes(size[0] * size[1] * 3)
    Image.frombytes("RGB", size, noise).save(file, "JPEG")
    return {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def arrive(page: Page) -> None:
    """A round, at the hall: what a form needs to know where it is."""
    unlock(page, "Déverrouiller pour commencer une tournée")
    page.get_by_role("button", name="Commencer une tournée").click()
    page.locator(".next .row", has_text="Hall 4").get_by_role("button", name="J’y suis").click()
    expect(page.get_by_role("heading", name="Hall 4, allée des Lilas")).to_be_visible()
    expect(page.locator("#transmission")).to_contain_text("À jour")


def fill_defect(page: Page, words: str, photos: list[dict] | None = None) -> None:
    """A defect with its photo, its draft on the disk."""
    go(page, "formulaire/signalement")
    page.locator('[name="category"]').first.check()
    page.locator('[name="description"]').fill(words)
    page.locator("input[type=file]").set_input_files(photos or [picture()])
    expect(page.locator("form[data-brouillon=garde]")).to_have_count(1)


def tap(page: Page, total: int) -> None:
    """One contact more, written on the phone: ``total`` is then shown."""
    page.get_by_role("button", name="Un contact de plus", exact=True).click()
    expect(page.locator("output").first).to_have_text(str(total))


def send(page: Page) -> None:
    """The network is said to be back: the phone tries at once, unless the server asked it to wait."""
    page.evaluate("dispatchEvent(new Event('online'))")


def reopen(page: Page) -> None:
    """A cold start, locked."""
    page.evaluate("history.replaceState(null, '', '/carnet/')")
    page.reload()
    expect(page.locator("#vue > *")).to_have_count(1)


def contacts() -> int:
    """What the server has counted."""
    return sum(Tally.objects.values_list("count", flat=True))


def die_at(page: Page, point: int, gesture: str) -> Page:
    """Run a gesture in a tab that dies at its nth await; the tab that is opened next."""
    session = page.context.new_cdp_session(page)
    session.send("Debugger.enable")
    session.on("Debugger.paused", lambda _: _crash(session))
    with page.expect_event("crash"):
        page.evaluate(f"(point) => {{ killAt(point); setTimeout(() => {gesture}); }}", point)
    context, address = page.context, page.url.split("#")[0]
    page.close()
    fresh = context.new_page()
    fresh.goto(address)
    expect(fresh.locator("#vue > *")).to_have_count(1)
    return fresh


def _crash(session: CDPSession) -> None:
    """The renderer dies: no answer comes back from it."""
    with suppress(Error):
        session.send("Page.crash")
