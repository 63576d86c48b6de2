"""Every page of the product, as every kind of member: nothing for axe, no sideways scroll, a sound structure."""

from tests import matrix_world
from tests.browser import pages
from tests.browser.conftest import axe_faults, overflow

DESK, PHONE, ZOOMED = 1280, 390, 320  # the last is a desk at 400 %

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


def widen(page, width: int) -> None:
    """This wide, and as tall as the page: a bar that stays in sight would cover half a button, too small for axe."""
    page.set_viewport_size({"width": width, "height": 900})
    page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight") + 200})


def examine(page, address: str) -> list[str]:
    """What is wrong with a page, folds open, at three widths."""
    widen(page, DESK)
    page.goto(address)
    faults = page.evaluate(STRUCTURE)
    for width in (DESK, PHONE, ZOOMED):
        widen(page, width)
        if overflow(page):
            faults.append(f"{width}: scrolls sideways by {overflow(page)}")
        if width is not ZOOMED:
            faults += [f"{width}: {fault}" for fault in axe_faults(page)]
    return faults


def test_no_page_is_at_fault_for_anyone(site, open_page, enter):
    world = matrix_world.build()
    extra = pages.more(world)
    faults, seen, opened, asked = {}, set(), 0, 0
    for name in pages.VISITORS:
        client, page = pages.client_of(world, name), open_page()
        if name != pages.NOBODY:
            enter(page, world.cast.people()[name])
        for label, path in pages.visits(world, name, extra[name]):
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
    assert (asked > 500, opened > 120) == (True, True)  # most answers look like one already examined
