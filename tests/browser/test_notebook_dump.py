"""R15, a stolen phone: every store and every cache is read raw, after all that a shift may leave there."""

import json

import pytest
from playwright.sync_api import Page, expect

from entremise.directory.services import create_partner
from tests.browser.conftest import PHONE
from tests.browser.notebook import (
    NETWORK,
    PHRASE,
    arrive,
    eventually,
    fill_defect,
    go,
    leave_word,
    prepare,
    reopen,
    save_word,
    saved,
    tap,
)
from tests.presence.conftest import ground

__all__ = ["ground"]
WORDS = ("Trombone", "Rougeoyant", "Gouttière", "Passerelle", "Ribambelle", "Crépuscule")
NAMES = ("Hall 4", "Lilas", "Marronniers", "Tisserands", "Samia", "Paul", "Équipe du soir", "Mission des Halles")
# Every byte that this origin keeps: keys and rows of each store, blobs read whole, each cached answer, local storage.
DUMP = """async () => {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
  const decode = (bytes) => new TextDecoder("utf-8").decode(bytes) + new TextDecoder("utf-16le").decode(bytes);
  const read = async (value) => {
    if (value instanceof Blob) return decode(new Uint8Array(await value.arrayBuffer()));
    if (value instanceof ArrayBuffer) return decode(new Uint8Array(value));
    if (ArrayBuffer.isView(value)) return decode(new Uint8Array(value.buffer));
    if (value instanceof CryptoKey) return `CryptoKey ${value.type} ${value.extractable}`;
    if (value !== null && typeof value === "object") {
      const parts = [];
      for (const [key, part] of Object.entries(value)) parts.push(key, await read(part));
      return parts.join(" ");
    }
    return String(value);
  };
  const ask = (request) => new Promise((ok) => { request.onsuccess = () => ok(request.result); });
  const counts = {};
  for (const { name } of await indexedDB.databases()) {
    const database = await ask(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const keys = await ask(database.transaction(store).objectStore(store).getAllKeys());
      const rows = await ask(database.transaction(store).objectStore(store).getAll());
      counts[store] = rows.length;
      found.push(name, store, await read(keys), await read(rows));
    }
    database.close();
  }
  for (const key of await caches.keys()) {
    const cache = await caches.open(key);
    counts.cache = (await cache.keys()).length;
    for (const request of await cache.keys()) {
      found.push(request.url, decode(new Uint8Array(await (await cache.match(request)).arrayBuffer())));
    }
  }
  return { counts, text: found.join("\\n") };
}"""


@pytest.fixture
def shift(open_page, enter, cast, ground, site) -> Page:
    """A phone after a round, an act, a photo, a defect, an observation, a hand-over, two forms left in the middle."""
    create_partner(actor=cast.claire.actor, name="Mission des Halles", partner_type="mission_locale")
    page = open_page(PHONE, expected=NETWORK)
    enter(page, cast.samia)
    prepare(page, site)
    eventually(lambda: page.evaluate("navigator.serviceWorker.controller !== null"), True)
    arrive(page)
    tap(page, 1)
    page.context.set_offline(True)
    fill_defect(page, WORDS[0])
    page.get_by_role("button", name="Signaler", exact=True).click()
    saved(page, "Signalement")
    go(page, "formulaire/observation")
    page.locator('[name="watch_type"]').first.check()
    page.locator("textarea").first.fill(WORDS[1])
    page.get_by_role("button", name="Enregistrer l’observation").click()
    saved(page, "Observation")
    save_word(page, WORDS[2])
    act(page, WORDS[3])
    page.get_by_role("button", name="Enregistrer l’intervention").click()
    saved(page, "Intervention", "journal")
    leave_word(page, WORDS[4])
    act(page, WORDS[5])
    expect(page.locator("form[data-brouillon=garde]")).to_have_count(1)
    return page


def act(page: Page, words: str) -> None:
    """The form of an act, filled in."""
    go(page, "noter")
    page.locator('[name="registers"][value="conflit_temps_reel"]').check()
    page.locator('[name="outcome"]').first.check()
    page.get_by_label("En quelques mots").fill(words)


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "locked"])
def test_r15_f47_no_name_no_place_and_no_word_can_be_read_in_the_raw_phone(shift, is_open):
    page = shift
    if not is_open:
        reopen(page)
    kept = page.evaluate(DUMP)
    counts, text = kept["counts"], kept["text"]
    assert (counts["operations"], counts["drafts"], counts["media"], counts["known"]) == (7, 2, 1, 1), counts
    assert counts["mirror"] > 0
    assert counts["cache"] > 20
    assert "CryptoKey private false" in text
    assert "CryptoKey private true" not in text
    for word in (*WORDS, *NAMES, PHRASE):
        assert word not in text, word
        assert json.dumps(word)[1:-1] not in text, word
    for word in WORDS:
        assert word.casefold() not in text.casefold(), word


def test_r15_the_raw_dump_would_see_a_word_in_clear(shift):
    page = shift
    page.evaluate(
        """async () => {
          const { name } = (await indexedDB.databases()).find((one) => one.name.length > 20);
          const asked = indexedDB.open(name);
          const database = await new Promise((ok) => { asked.onsuccess = () => ok(asked.result); });
          const meta = database.transaction("meta", "readwrite").objectStore("meta");
          meta.put({ blob: new Blob(["Trombone"]) }, "oubli");
          await new Promise((ok) => { meta.transaction.oncomplete = ok; });
          database.close();
        }"""
    )
    assert "Trombone" in page.evaluate(DUMP)["text"]
