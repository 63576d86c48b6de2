"""F43, F45, F50: a store made by a newer or an older notebook, an upgrade that stops, a server that was restored."""

import json
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from entremise.core.time import now
from entremise.presence.models import LogEntry, Round, Stop, Tally
from entremise.privacy.models.backups import RestoreEpoch
from entremise.sync.models import Device, Receipt
from tests.browser.notebook import (
    BATCHES,
    KILLING,
    arrive,
    away,
    back,
    bare,
    contacts,
    die_at,
    eventually,
    reopen,
    send,
    states,
    store,
    tap,
    waits,
)
from tests.presence.conftest import ground

__all__ = ["bare", "ground"]
SCRIPT = "**/notebook/store.js"
STORE = Path("src/entremise/notebook/static/notebook/store.js")
ADDS = 'function upgrade(database, from) {\n  if (from < 2) database.createObjectStore("suite");'
STOPS = "function upgrade(database, from, transaction) {\n  if (from === 1) return transaction.abort();"
VERSION = """async () => {
  const { name, version } = (await indexedDB.databases()).find((one) => one.name.length > 20);
  return version;
}"""
# As many contacts as asked, saved one after the other by the notebook's own scripts.
MANY = """async (count) => {
  const { save } = await import("/static/notebook/operations.js");
  const { lastPerson, Phone } = await import("/static/notebook/phone.js");
  const phone = await Phone.find(await lastPerson());
  const { stop } = await phone.round();
  for (let rank = 0; rank < count; rank++) {
    const entity = { type: "stop", id: stop.id };
    await save(phone, { schema: "tally.add/1", entity, payload: { band: "", delta: 1 } });
  }
}"""


def other_store(page: Page, upgrade: str, *more: tuple[str, str]) -> None:
    """From now on the phone loads a notebook whose store is of the next version, or otherwise made."""
    text = STORE.read_text(encoding="utf-8")
    for old, new in (("VERSION = 1", "VERSION = 2"), ("function upgrade(database, from) {", upgrade), *more):
        assert old in text
        text = text.replace(old, new)
    page.context.route(SCRIPT, lambda route: route.fulfill(body=text, content_type="text/javascript"))


def test_f43_f45_two_hundred_operations_wait_through_an_upgrade_and_back(bare):
    page = bare
    arrive(page)
    away(page)
    page.evaluate(MANY, 200)
    waiting = store(page)["operations"]
    other_store(page, ADDS)
    reopen(page)
    expect(page.get_by_role("heading", name="Lieu en cours")).to_be_visible()
    assert page.evaluate(VERSION) == 2
    assert store(page)["operations"] == waiting
    page.context.unroute(SCRIPT)
    reopen(page)  # the former notebook, on the store of the newer one
    tap(page, 1)
    assert waits(page) == 201
    back(page)
    send(page)
    eventually(lambda: waits(page), 0)
    assert set(states(page)) == {"applied"}
    assert contacts() == 201


def test_f45_an_upgrade_that_stops_half_way_changes_nothing_and_says_so(bare):
    page = bare
    arrive(page)
    away(page)
    tap(page, 1)
    waiting = store(page)
    other_store(page, STOPS)
    reopen(page)
    expect(page.get_by_text("Rien n’est effacé")).to_be_visible()
    assert page.evaluate(VERSION) == 1
    page.context.unroute(SCRIPT)
    reopen(page)
    assert store(page) == waiting
    tap(page, 2)


def test_f45_an_upgrade_that_another_tab_holds_back_says_so_and_passes_once_it_is_closed(bare):
    page = bare
    stubborn = ("database.onversionchange = () => database.close();", "")
    text = STORE.read_text(encoding="utf-8").replace(*stubborn)
    page.context.route(SCRIPT, lambda route: route.fulfill(body=text, content_type="text/javascript"))
    old = page.context.new_page()
    old.goto(page.url)
    expect(old.locator("#vue > *")).to_have_count(1)
    page.context.unroute(SCRIPT)
    other_store(page, ADDS)
    reopen(page)
    expect(page.get_by_text("un autre onglet le tient")).to_be_visible()
    old.close()
    eventually(lambda: page.evaluate(VERSION), 2)
    reopen(page)
    expect(page.get_by_role("heading", name="Tournée", level=1)).to_be_visible()


def test_f50_a_server_restored_from_before_the_phone_gets_everything_again_once(bare):
    page = bare
    arrive(page)
    tap(page, 1)
    tap(page, 2)
    eventually(lambda: waits(page), 0)
    for model in (Tally, Stop, LogEntry, Round, Receipt, Device):
        model.objects.all().delete()
    RestoreEpoch.objects.create(number=1, taken_at=now())
    tap(page, 3)
    eventually(lambda: (waits(page), Receipt.objects.count()), (0, 5))
    assert set(states(page)) == {"applied"}
    assert (contacts(), Round.objects.count(), Stop.objects.count(), Device.objects.count()) == (3, 1, 1, 1)


def test_f50_what_was_received_beyond_a_gap_is_sent_again_after_a_restore(bare):
    page = bare
    arrive(page)
    eventually(lambda: waits(page), 0)
    away(page)
    tap(page, 1)
    tap(page, 2)

    def without_the_first(route: Route) -> None:
        body = json.loads(route.request.post_data or "{}")
        body["ops"] = [one for one in body["ops"] if one["seq"] != 3]
        route.continue_(post_data=json.dumps(body))

    page.context.route(BATCHES, without_the_first)
    back(page)
    send(page)
    eventually(lambda: states(page)[2:], ["waiting", "applied"])
    away(page)
    page.context.unroute(BATCHES)
    Receipt.objects.filter(seq=4).delete()
    Tally.objects.all().delete()
    Device.objects.update(highest_seq=2, gap_since=None)
    RestoreEpoch.objects.create(number=1, taken_at=now())
    back(page)
    send(page)
    eventually(lambda: (waits(page), Receipt.objects.count()), (0, 4))
    assert contacts() == 2


def test_f11_f50_a_tab_killed_at_any_await_of_a_sending_sends_it_again_once(bare):
    page = bare
    arrive(page)
    page.context.add_init_script(path=KILLING)
    reopen(page)
    for point in range(1, 17):
        away(page)
        tap(page, point)
        back(page)
        page = die_at(page, point, "dispatchEvent(new Event('online'))")
        eventually(lambda tab=page: waits(tab), 0)
    assert contacts() == 16
    assert set(states(page)) == {"applied"}
