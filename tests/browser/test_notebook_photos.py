"""F9, F47, F50, the phone's half: photos that do not open, were changed, are refused, or are asked for again."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from entremise.core.time import now
from entremise.presence.models import Defect, DefectPhoto
from entremise.privacy.models.backups import RestoreEpoch
from entremise.sync.models import Blob, Device, MediaSlot, Receipt
from tests.browser.notebook import (
    answer,
    arrive,
    away,
    back,
    bare,
    eventually,
    fill_defect,
    picture,
    refuse,
    reopen,
    saved,
    send,
    store,
    told,
)
from tests.presence.conftest import ground

__all__ = ["bare", "ground"]
SECOND_PIECE = "**/api/sync/media/*offset=512&*"
SENDER = Path("src/entremise/notebook/static/notebook/sender.js")
PIECES = "**/api/sync/media/*offset=*"
# The bytes of a photo are no longer those that were sealed.
SPOIL = """async () => {
  const { name } = (await indexedDB.databases()).find((one) => one.name.length > 20);
  const database = await new Promise((ok) => { const r = indexedDB.open(name); r.onsuccess = () => ok(r.result); });
  const media = database.transaction("media", "readwrite").objectStore("media");
  const [first] = await new Promise((ok) => { const r = media.getAll(); r.onsuccess = () => ok(r.result); });
  media.put({ ...first, sealed: new Blob(["autre chose"]) });
  await new Promise((ok) => { media.transaction.oncomplete = ok; });
  database.close();
}"""


def signal(page: Page) -> None:
    """Save the report on the screen."""
    page.get_by_role("button", name="Signaler", exact=True).click()
    saved(page, "Signalement")


def gone(page: Page) -> bool:
    """Every photo has left."""
    return all(photo["done"] for photo in store(page)["media"])


@pytest.mark.parametrize(
    "file",
    [
        {"name": "vide.jpg", "mimeType": "image/jpeg", "buffer": b""},
        {"name": "iphone.heic", "mimeType": "image/heic", "buffer": b"\0\0\0\x18ftypheic" + b"\0" * 64},
    ],
    ids=["empty", "heic"],
)
def test_f9_a_photo_that_does_not_open_is_named_and_the_words_stay(bare, file):
    page = bare
    arrive(page)
    fill_defect(page, "Lampe du hall", photos=[picture(), file])
    page.get_by_role("button", name="Signaler", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text=f"La photo « {file['name']} » ne s’ouvre pas")).to_be_visible()
    expect(page.locator('[name="description"]')).to_have_value("Lampe du hall")
    page.locator("input[type=file]").set_input_files(picture())
    signal(page)
    eventually(DefectPhoto.objects.count, 1)


def test_f9_two_photos_of_the_same_name_are_two_photos(bare):
    page = bare
    arrive(page)
    fill_defect(page, "Lampe du hall", photos=[picture(), picture()])
    signal(page)
    eventually(DefectPhoto.objects.count, 2)
    assert len({photo["sha256"] for photo in store(page)["media"]}) == 2


def test_f48_a_tab_that_closes_in_the_middle_of_a_photo_sends_one_piece_again_at_most(bare):
    page = bare
    script = SENDER.read_text(encoding="utf-8")
    assert "const PIECE = 1024 * 1024;" in script
    small = script.replace("const PIECE = 1024 * 1024;", "const PIECE = 512;")  # several pieces of a small photo
    page.context.route("**/notebook/sender.js", lambda route: route.fulfill(body=small, content_type="text/javascript"))
    reopen(page)
    arrive(page)
    fill_defect(page, "Lampe du hall")
    page.context.route(SECOND_PIECE, refuse)
    asked: list[str] = []
    page.context.on("request", lambda request: "offset=" in request.url and asked.append(request.url))
    signal(page)
    eventually(lambda: sum("offset=512&" in address for address in told(page, asked)) > 0, True)
    reopen(page)
    page.context.unroute(SECOND_PIECE)
    asked.clear()
    send(page)
    eventually(DefectPhoto.objects.count, 1)
    eventually(lambda: gone(page), True)
    assert asked
    assert all("offset=0&" not in address for address in asked)


def test_f47_a_photo_changed_on_the_phone_keeps_neither_the_others_nor_the_words(bare):
    page = bare
    arrive(page)
    away(page)
    fill_defect(page, "Lampe du hall", photos=[picture(), picture()])
    signal(page)
    page.evaluate(SPOIL)
    back(page)
    send(page)
    eventually(DefectPhoto.objects.count, 1)
    eventually(lambda: sorted(photo["broken"] for photo in store(page)["media"]), [False, True])
    assert sorted(MediaSlot.objects.values_list("state", flat=True)) == ["attached", "expected"]
    expect(page.locator("#transmission")).to_contain_text("À jour")


def test_f47_a_photo_that_the_server_takes_for_another_is_not_sent_for_ever(bare):
    page = bare
    arrive(page)
    fill_defect(page, "Lampe du hall")
    pieces: list[str] = []

    def never_right(route: Route) -> None:
        pieces.append(route.request.url)
        answer(route, {"marker": "entremise-sync/1", "received": 0, "complete": False})

    page.clock.install()
    page.context.route(PIECES, never_right)
    page.get_by_role("button", name="Signaler", exact=True).click()
    eventually(lambda: page.clock.run_for(100) or len(pieces), 1)
    expect(page.locator("#avis")).to_contain_text("Le serveur n’a pas pu répondre")
    assert len(pieces) == 1
    page.context.unroute(PIECES)
    page.clock.run_for(2000)
    eventually(lambda: page.clock.run_for(100) or DefectPhoto.objects.count(), 1)


def test_f50_photos_that_a_restored_server_has_lost_are_sent_again(bare):
    page = bare
    arrive(page)
    fill_defect(page, "Lampe du hall")
    signal(page)
    eventually(DefectPhoto.objects.count, 1)
    eventually(lambda: gone(page), True)
    report = Receipt.objects.get(schema="defect.report/1")
    DefectPhoto.objects.all().delete()
    Defect.objects.all().delete()
    Blob.objects.all().delete()
    report.delete()
    Device.objects.update(acknowledged_seq=2, highest_seq=2)
    RestoreEpoch.objects.create(number=1, taken_at=now())
    send(page)
    eventually(DefectPhoto.objects.count, 1)
