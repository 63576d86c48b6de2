"""Every page of the product, as every kind of member: nothing for axe, no sideways scroll, a sound structure."""

import zlib

import pytest
from django.urls import reverse

from tests import matrix_world
from tests.browser import pages
from tests.browser.conftest import axe_faults, overflow, stretch

DESK, PHONE, ZOOMED = 1280, 390, 320  # the last is a desk at 400 %
PARTS = 2  # the longest test of all: both cores share it

STRUCTURE = """() => {
  const faults = [];
  const skip = document.querySelector("a[href]");
  const fields = [...document.querySelectorAll("input:not([type=hidden]), select, textarea")];
  const told = (field) => field.getAttribute("aria-label") || field.getAttribute("aria-labelledby");
  if (document.documentElement.lang !== "fr") faults.push("language");
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  if (!document.querySelector("h1")?.textContent.trim()) faults.push("h1 empty");
  if (!/\\S.* · Entremise$/.test(document.title)) faults.push(`title: ${document.title}`);
  if (skip?.getAttribute("href") !== "#contenu" || !document.getElementById("contenu")) faults.push("skip link");
  const mute = fields.filter((field) => !field.labels?.length && !told(field));
  for (const field of mute) faults.push(`no label: ${field.outerHTML.slice(0, 120)}`);
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  for (const id of new Set(ids.filter((one, rank) => ids.indexOf(one) !== rank))) faults.push(`twice: #${id}`);
  document.querySelectorAll("main details").forEach((fold) => { fold.open = true });
  return faults;
}"""


def examine(page, address: str) -> list[str]:
    """What is wrong with a page, folds open, at three widths, by day and by night."""
    stretch(page, DESK)
    page.goto(address)
    faults = page.evaluate(STRUCTURE)
    for width, scheme in ((DESK, "light"), (PHONE, "dark"), (ZOOMED, "light")):
        stretch(page, width)
        page.emulate_media(color_scheme=scheme)
        if overflow(page):
            faults.append(f"{width}: scrolls sideways by {overflow(page)}")
        if width is not ZOOMED:
            faults += [f"{width}: {fault}" for fault in axe_faults(page)]
    return faults


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_is_at_fault_for_anyone(site, open_page, enter, part):
    world = matrix_world.build()
    extra = pages.more(world)
    faults, seen, opened, asked = {}, set(), 0, 0
    for name in pages.VISITORS:
        client, page = pages.client_of(world, name), open_page(reduced_motion="reduce")
        if name != pages.NOBODY:
            enter(page, world.cast.people()[name])
        for label, path in pages.visits(world, name, extra[name]):
            if zlib.crc32(label.encode()) % PARTS != part:
                continue
            response = client.get(path)
            if "text/html" not in response.headers.get("Content-Type", "") or response.status_code in {302, 405}:
                continue
            html = response.content.decode()
            asked += 1
            looks = set(pages.skeleton(html))
            if "<html" not in html or looks <= seen:
                continue
            seen |= looks
            opened += 1
            found = examine(page, site + path)
            if found:
                faults[f"{name} {label} ({response.status_code})"] = found
    assert faults == {}
    assert (asked > 250, opened > 60) == (True, True)  # most answers look like one already examined


@pytest.mark.parametrize("name", ["samia", "claire", "alban", "dora", "leo"])
def test_the_open_menu_is_sound_and_holds_in_the_narrowest_page(site, cast, open_page, enter, name):
    page = enter(open_page({"width": PHONE, "height": 1600}), cast.people()[name])
    page.goto(f"{site}/")
    page.locator("details.menu summary").click()
    assert axe_faults(page) == []
    page.set_viewport_size({"width": ZOOMED, "height": 256})
    last = page.locator(".menu-panel").get_by_role("button", name="Se déconnecter")
    last.scroll_into_view_if_needed()
    assert last.is_visible()
    assert overflow(page) == 0


EMPTIED = """() => {
  const written = "textarea, select, input:not([type=hidden], [type=search])";
  const form = document.querySelector(`main form[method=post]:has(${written})`);
  for (const field of form.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (field.matches("[type=radio], [type=checkbox]")) field.checked = false;
    else field.value = "";
  }
  form.submit();
}"""
REFUSED = {
    "claire": (
        "presence:report", "presence:instruct", "presence:note_call", "presence:observe", "presence:plan",
        "interventions:record", "interventions:refusal_create", "places:site_create", "places:sector_create",
        "places:import", "directory:partner_create", "statistics:convention_create",
    ),
    "alban": ("accounts:invite", "accounts:team_new", "accounts:profile_name", "accounts:profile_email",
              "accounts:profile_password", "privacy:processor_create", "privacy:breach_report"),
    pages.NOBODY: ("accounts:sign_in", "accounts:password_request"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_form_sent_empty_says_what_is_missing_where_it_is_missing(site, open_page, enter, name):
    world = matrix_world.build()
    page = open_page({"width": PHONE, "height": 9000})
    if name != pages.NOBODY:
        enter(page, world.cast.people()[name])
    faults = {}
    for label in REFUSED[name]:
        page.goto(site + reverse(label))
        with page.expect_navigation():
            page.evaluate(EMPTIED)
        found = axe_faults(page) + page.evaluate(STRUCTURE)
        if not page.evaluate("document.activeElement.matches('[role=alert]')"):
            found.append("the summary of what is missing does not have the focus")
        if overflow(page):
            found.append(f"scrolls sideways by {overflow(page)}")
        if found:
            faults[label] = found
    assert faults == {}
