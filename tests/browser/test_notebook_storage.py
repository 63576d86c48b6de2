"""F4 to F6, F10: a phone that is full, asleep, emptied or private says so; nothing is shown as kept that is not."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.notebook import (
    NETWORK,
    arrive,
    away,
    bare,
    eventually,
    fill_defect,
    go,
    leave_word,
    picture,
    prepare,
    saved,
    store,
    waits,
)
from tests.presence.conftest import ground

__all__ = ["bare", "ground"]

# A disk that is full for one store, as the browser says it: the request fails, and the transaction with it.
FULL = """(store) => {
  const put = IDBObjectStore.prototype.put, add = IDBObjectStore.prototype.add;
  window.freed = () => { IDBObjectStore.prototype.put = put; IDBObjectStore.prototype.add = add; };
  const full = (real) => function (...all) {
    if (this.name === store) throw new DOMException("full", "QuotaExceededError");
    return real.apply(this, all);
  };
  IDBObjectStore.prototype.put = full(put);
  IDBObjectStore.prototype.add = full(add);
}"""


@pytest.mark.parametrize("full", ["operations", "media", "meta"])
def test_f4_no_room_left_is_said_and_the_words_stay_on_the_screen_until_there_is(bare, full):
    page = bare
    arrive(page)
    away(page)
    fill_defect(page, "Lampe du hall")
    kept = store(page)
    page.evaluate(FULL, full)
    page.get_by_role("button", name="Signaler", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="plus de place")).to_be_visible()
    assert store(page) == kept
    expect(page.locator("#annonces")).not_to_contain_text("Signalement")
    expect(page.locator('[name="description"]')).to_have_value("Lampe du hall")
    page.evaluate("freed()")
    page.get_by_role("button", name="Signaler", exact=True).click()
    saved(page, "Signalement")
    after = store(page)
    assert (after["next"], len(after["media"]), after["drafts"]) == (kept["next"] + 1, 1, kept["drafts"] - 1)


def test_f4_a_contact_that_could_not_be_counted_is_said_and_not_shown_as_counted(bare):
    page = bare
    arrive(page)
    away(page)
    page.evaluate(FULL, "operations")
    more = page.get_by_role("button", name="Un contact de plus", exact=True)
    more.click()
    expect(page.locator("#avis")).to_contain_text("ce geste n’est pas enregistré")
    expect(page.locator("output").first).to_have_text("0")
    page.evaluate("freed()")
    more.click()
    expect(page.locator("output").first).to_have_text("1")
    expect(page.locator("#avis")).not_to_contain_text("ce geste")


def test_f4_a_draft_that_could_not_be_kept_is_said(bare):
    page = bare
    page.evaluate(FULL, "drafts")
    go(page, "formulaire/consigne")
    page.locator("[name=text]").fill("Revoir la lampe")
    expect(page.get_by_role("alert").filter(has_text="vos mots ne sont qu’à l’écran")).to_be_visible()
    page.evaluate("freed()")
    page.locator("[name=text]").fill("Revoir la lampe du hall")
    expect(page.locator("form[data-brouillon=garde]")).to_have_count(1)
    expect(page.get_by_role("alert").filter(has_text="à l’écran")).to_have_count(0)


def test_f4_a_real_quota_of_the_browser_is_said_too(open_page, enter, cast, ground, site):
    page = open_page(PHONE, expected=NETWORK, service_workers="block")
    enter(page, cast.samia)
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": site, "quotaSize": 1_500_000})
    prepare(page, site)
    arrive(page)
    away(page)
    fill_defect(page, "Quatre photos", photos=[picture((1600, 1200)) for _ in range(4)])
    before = store(page)
    page.get_by_role("button", name="Signaler", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="plus de place")).to_be_visible()
    assert store(page) == before
    session.send("Storage.overrideQuotaForOrigin", {"origin": site, "quotaSize": 500_000_000})
    page.get_by_role("button", name="Signaler", exact=True).click()
    saved(page, "Signalement")
    assert len(store(page)["media"]) == 4


CLOSED = """async () => {
  const { name } = (await indexedDB.databases()).find((one) => one.name.length > 20);
  const database = await new Promise((ok) => { const r = indexedDB.open(name); r.onsuccess = () => ok(r.result); });
  const newer = database.version + 1;
  database.close();
  // A newer tab asks for its version: every connection lets go. It gives up, the version stays.
  await new Promise((ok) => {
    const r = indexedDB.open(name, newer);
    r.onupgradeneeded = () => r.transaction.abort();
    r.onerror = ok;
  });
}"""


def test_f5_a_connection_lost_under_a_form_is_opened_again_and_the_form_is_saved(bare):
    page = bare
    leave_word(page, "Avant")
    page.evaluate(CLOSED)
    leave_word(page, "Avant, puis après")
    page.evaluate(CLOSED)
    page.get_by_role("button", name="Laisser la consigne").click()
    saved(page, "Consigne")
    eventually(lambda: waits(page), 0)


def test_f5_f10_a_store_that_was_erased_is_never_made_again_in_silence(bare, site):
    page = bare
    leave_word(page, "Sous la main")
    session = page.context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": site, "storageTypes": "indexeddb"})
    page.get_by_role("button", name="Laisser la consigne").click()
    expect(page.get_by_role("alert").filter(has_text="n’a pas pu enregistrer")).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value("Sous la main")
    assert [one["name"] for one in page.evaluate("indexedDB.databases()") if len(one["name"]) > 20] == []


def test_f6_a_browser_that_keeps_nothing_says_so_and_offers_no_form(open_page, enter, cast, ground, site):
    page = open_page(expected="status of 4", service_workers="block")
    enter(page, cast.samia)
    page.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('private', 'InvalidStateError'); };"
    )
    page.goto(f"{site}/carnet/")
    expect(page.get_by_text("Ce navigateur ne garde rien sur le téléphone")).to_be_visible()
    expect(page.locator("form")).to_have_count(0)
    expect(page.get_by_role("link", name="Ouvrir les pages en ligne")).to_be_visible()
