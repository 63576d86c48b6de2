"""F46: a new service worker waits while somebody writes; a half-kept notebook never takes the place of a whole one."""

from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from entremise.notebook import queries
from tests.browser.conftest import PHONE
from tests.browser.notebook import NETWORK, eventually, go, leave_word, prepare, saved, store, unlock
from tests.presence.conftest import ground

__all__ = ["ground"]
UPDATE = "async () => { await (await navigator.serviceWorker.getRegistration('/carnet/')).update(); }"
WAITING = "async () => Boolean((await navigator.serviceWorker.getRegistration('/carnet/')).waiting)"
PENDING = """async () => {
  const { installing, waiting } = await navigator.serviceWorker.getRegistration("/carnet/");
  return Boolean(installing || waiting);
}"""
# What the page tells its workers. While the page is there, when Chromium lets the former one go is Chromium's affair: a
# browser that is driven by a test may keep it for minutes. Once the page is closed nothing holds it any more.
LISTEN = """
window.told = [];
const post = ServiceWorker.prototype.postMessage;
ServiceWorker.prototype.postMessage = function (message, ...rest) {
  window.told.push(message);
  return post.call(this, message, ...rest);
};
"""
OFFERED = "() => window.told.includes('activate')"
KEPT = "async () => (await caches.keys()).sort()"


def reopened(page: Page) -> Page:
    """The notebook closed, then opened again once the new version alone is kept.

    What is kept is looked at from a page outside the notebook, which holds no worker of it.
    """
    address, context = page.url.partition("#")[0], page.context
    beside = context.new_page()
    beside.goto(urljoin(address, "/accessibilite"))
    page.close()
    eventually(lambda: beside.evaluate(KEPT), ["carnet-suivante"])
    beside.goto(address)
    return beside


@pytest.fixture
def kept(open_page, enter, cast, ground, site) -> Page:
    """samia's phone, kept whole by its service worker."""
    page = open_page(PHONE, expected=NETWORK)
    page.add_init_script(LISTEN)
    enter(page, cast.samia)
    prepare(page, site)
    page.evaluate("navigator.serviceWorker.ready")
    eventually(lambda: page.evaluate("navigator.serviceWorker.controller !== null"), True)
    return page


@pytest.fixture
def newer(monkeypatch):
    """A function: from now on the server publishes another version."""
    return lambda: monkeypatch.setattr(queries, "version_of", lambda *kept: "suivante")


def test_f46_a_new_worker_waits_while_a_form_is_dirty_and_is_called_once_it_is_saved(kept, newer):
    page = kept
    (former,) = page.evaluate(KEPT)
    leave_word(page, "Revoir la lampe")
    newer()
    page.evaluate(UPDATE)
    eventually(lambda: page.evaluate(WAITING), True)
    assert page.evaluate(KEPT) == sorted([former, "carnet-suivante"])
    assert page.evaluate(OFFERED) is False
    expect(page.locator("[name=text]")).to_have_value("Revoir la lampe")
    page.get_by_role("button", name="Laisser la consigne").click()
    saved(page, "Consigne")
    eventually(lambda: page.evaluate(OFFERED), True)
    assert [one["seq"] for one in store(page)["operations"]] == [1]
    page = reopened(page)
    expect(page.get_by_role("heading", name="Tournée", level=1)).to_be_visible()
    assert [one["seq"] for one in store(page)["operations"]] == [1]
    assert page.evaluate(KEPT) == ["carnet-suivante"]


def test_f46_a_cold_start_calls_the_new_worker_and_finds_the_words_again(kept, newer):
    page = kept
    leave_word(page, "Revoir la lampe")
    newer()
    page.evaluate(UPDATE)
    eventually(lambda: page.evaluate(WAITING), True)
    page.goto(page.url.split("#")[0])
    eventually(lambda: page.evaluate(OFFERED), True)
    page = reopened(page)
    go(page, "formulaire/consigne")
    unlock(page, "Déverrouiller pour choisir un autre lieu")
    expect(page.locator("[name=text]")).to_have_value("Revoir la lampe")


def test_f46_a_version_that_cannot_be_kept_whole_leaves_the_former_one_in_place(kept, newer, monkeypatch):
    page = kept
    former = page.evaluate(KEPT)
    files = queries.kept_files()
    monkeypatch.setattr(queries, "kept_files", lambda: [*files, "/static/notebook/disparu.js"])
    newer()
    page.evaluate(UPDATE)
    eventually(lambda: page.evaluate(PENDING), False)
    assert page.evaluate(KEPT) == former
    page.context.set_offline(True)
    page.goto(page.url.split("#")[0])
    expect(page.get_by_role("heading", name="Tournée", level=1)).to_be_visible()
