"""F1 to F3, F7, F8: whatever dies or is tapped twice, a gesture is saved whole, once, or stays on the screen."""

from playwright.sync_api import expect

from entremise.sync.models import Device
from tests.browser.notebook import (
    KILLING,
    arrive,
    away,
    back,
    bare,
    die_at,
    eventually,
    fill_defect,
    go,
    leave_word,
    reopen,
    save_word,
    saved,
    states,
    store,
    unlock,
)
from tests.presence.conftest import ground

__all__ = ["bare", "ground"]

SAVE = "document.querySelector('form .btn.primary').click()"
AFTER = 3  # points tried once the gesture is on the disk


def test_f1_f2_a_tab_killed_at_any_await_of_a_save_leaves_all_of_it_or_the_draft(bare):
    page = bare
    arrive(page)
    away(page)
    page.context.add_init_script(path=KILLING)
    reopen(page)
    before = store(page)
    saved = point = 0
    while saved < AFTER:
        point += 1
        fill_defect(page, f"Lampe {point}")
        drafts = store(page)["drafts"]
        page = die_at(page, point, SAVE)
        after = store(page)
        made = len(after["operations"]) - len(before["operations"])
        assert made in (saved, saved + 1)
        whole = (after["next"] - before["next"], len(after["media"]), drafts - after["drafts"])
        assert whole == ((made, made, 1) if made > saved else (saved, saved, 0)), point
        assert made > saved or not saved, f"saved at an earlier point, but not at {point}"
        saved = made
    assert point > 25  # every await of the sealing, of the photo and of the transaction was one
    back(page)
    page.get_by_role("link", name="Relais").click()
    eventually(lambda: set(states(page)), {"applied"})


def test_f3_a_double_tap_and_a_return_save_once(bare, site):
    page = bare
    away(page)
    leave_word(page, "Une seule fois")
    page.evaluate(
        "() => { const b = document.querySelector('form .btn.primary'); b.click(); b.click(); b.form.requestSubmit(); }"
    )
    saved(page, "Consigne")
    page.goto(f"{site}/")
    page.go_back()
    expect(page.locator("#vue > *")).to_have_count(1)
    kept = store(page)
    assert (len(kept["operations"]), kept["next"], kept["drafts"]) == (1, 2, 0)


def test_f3_a_double_tap_opens_one_round_and_two_taps_count_two_contacts(bare):
    page = bare
    away(page)
    unlock(page, "Déverrouiller pour commencer une tournée")
    twice = "(button) => { button.click(); button.click(); }"
    page.get_by_role("button", name="Commencer une tournée").evaluate(twice)
    page.locator(".next .row", has_text="Hall 4").get_by_role("button", name="J’y suis").evaluate(twice)
    expect(page.get_by_role("heading", name="Hall 4, allée des Lilas")).to_be_visible()
    page.get_by_role("button", name="Un contact de plus", exact=True).evaluate(twice)
    expect(page.locator("output").first).to_have_text("2")
    kinds = [one["schema"] for one in store(page)["operations"]]
    assert kinds == ["round.open/1", "stop.arrive/1", "tally.add/1", "tally.add/1"]


def test_f3_a_double_tap_prepares_one_phone(open_page, enter, cast, ground, site):
    page = open_page(expected="status of 4", service_workers="block")
    enter(page, cast.samia)
    page.goto(f"{site}/carnet/")
    page.get_by_label("Une phrase de dix signes au moins").fill("quatre mots bien choisis")
    page.evaluate("() => { const form = document.querySelector('form'); form.requestSubmit(); form.requestSubmit(); }")
    expect(page.get_by_role("heading", name="Tournée", level=1)).to_be_visible()
    assert Device.objects.count() == 1


def test_f7_two_tabs_write_contiguous_ranks_and_never_the_same_draft(bare):
    page = bare
    away(page)
    other = page.context.new_page()
    other.goto(page.url.split("#")[0])
    for tab, words in ((page, "Premier onglet"), (other, "Second onglet")):
        go(tab, "formulaire/consigne")
        unlock(tab, "Déverrouiller pour choisir un autre lieu")
        expect(tab.get_by_text("Déverrouiller pour choisir")).to_have_count(0)
        expect(tab.locator("[name=text]")).to_have_value("")
        leave_word(tab, words)
    assert store(page)["drafts"] == 2
    tap = "() => document.querySelector('form .btn.primary').click()"
    page.evaluate(tap)
    other.evaluate(tap)
    for tab in (page, other):
        saved(tab, "Consigne")
    for tab in (page, other, page, other):
        save_word(tab, "Encore")
    assert [one["seq"] for one in store(page)["operations"]] == [1, 2, 3, 4, 5, 6]
    assert store(page)["drafts"] == 0


def test_f8_a_draft_sealed_late_never_overwrites_the_words_typed_since_nor_comes_back_once_saved(bare):
    page = bare
    away(page)
    # The sealing of the first words is held back until the test says so; the clock jumps back meanwhile.
    page.evaluate("""() => {
      const real = SubtleCrypto.prototype.generateKey;
      const held = new Promise((free) => { window.freed = free; });
      let first = true;
      SubtleCrypto.prototype.generateKey = async function (...all) {
        if (first) { first = false; await held; }
        return real.apply(this, all);
      };
    }""")
    go(page, "formulaire/consigne")
    page.locator("[name=text]").fill("Premiers mots")
    page.evaluate("() => { const now = Date.now; Date.now = () => now() - 400 * 86400000; }")
    page.locator("[name=text]").fill("Premiers mots, puis les derniers")
    expect(page.locator("form[data-brouillon=garde]")).to_have_count(1)
    page.evaluate("freed()")
    unlock(page, "Déverrouiller pour choisir un autre lieu")
    expect(page.get_by_text("Déverrouiller pour choisir")).to_have_count(0)
    expect(page.locator("[name=text]")).to_have_value("Premiers mots, puis les derniers")
    page.get_by_role("button", name="Laisser la consigne").click()
    saved(page, "Consigne")
    assert store(page)["drafts"] == 0
