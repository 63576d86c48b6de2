"""The notebook in a slowed browser and on a bad line: ``python -m tools.bench.notebook`` (part of ``make bench``).

Against the demonstration, or one that is already served (``--address http://localhost:8123``): how long a gesture takes
to be said « enregistré » with a processor four times slower, a cold start without network, what the phone keeps to
start, and how long two hundred waiting operations take to leave at 400 kbit/s with connections that are cut.
"""

import argparse
import asyncio
import json
import re
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, expect, sync_playwright

from tools.slow_line import Line, spoil

RESULTS = Path("build/bench.json")
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PHONE = {"width": 390, "height": 844}
PHRASE, PASSWORD = "quatre mots bien choisis", "demonstration-2026"
SLOWER, TAPS, STARTS, WAITING = 4, 60, 10, 200
LIMITS = {"notebook, save": 150, "notebook, cold start": 2000, "notebook, 200 waiting": 30_000}  # ms
LIGHTEST = 500_000  # bytes of the files kept to start
ADDRESS_OF_A_LINE = re.compile(r":(\d+)$")

# One tap after the other; the time is that from the tap to the words « enregistré sur ce téléphone ».
TAP = """async (times) => {
  const said = document.getElementById("annonces");
  const taken = [];
  for (let tap = 0; tap < times; tap += 1) {
    const start = performance.now();
    await new Promise((done) => {
      const seen = new MutationObserver(() => { seen.disconnect(); done(); });
      seen.observe(said, { childList: true, characterData: true, subtree: true });
      document.querySelector('button[data-pas="1"][data-tranche=""]').click();
    });
    taken.push(performance.now() - start);
    await new Promise((later) => setTimeout(later, 30));
  }
  return taken;
}"""
KEPT = """async () => {
  let bytes = 0;
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const key of await cache.keys()) bytes += (await (await cache.match(key)).clone().arrayBuffer()).byteLength;
  }
  return bytes;
}"""


def main() -> int:
    """Measure, print, add the lines; 1 when a limit is passed."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.notebook")
    parser.add_argument("--address", default="", help="a demonstration that is already served")
    return run(parser.parse_args().address)


def run(address: str = "") -> int:
    """The notebook of the demonstration's Samia, prepared once."""
    RESULTS.parent.mkdir(exist_ok=True)
    with ExitStack() as stack:
        served = address or stack.enter_context(_demonstration())
        line = stack.enter_context(_line(served))
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        lines = list(_measured(browser, line))
        browser.close()
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else []
    RESULTS.write_text(json.dumps([*known, *lines], indent=1))
    return max(int(_is_late(one)) for one in lines)  # each is printed


def _is_late(line: dict[str, Any]) -> bool:
    print(f"  {line['name']}: median {line['median_ms']} ms, p95 {line['p95_ms']} ms {line.get('note', '')}")
    if line["name"] == "notebook, kept to start":
        return bool(line["size"] > LIGHTEST)
    return bool(line["p95_ms"] > LIMITS[line["name"]])


@contextmanager
def _demonstration() -> Iterator[str]:
    from tools.evening import served

    with tempfile.TemporaryDirectory(prefix="entremise-bench-") as folder, served(Path(folder)) as address:
        yield address


@contextmanager
def _line(address: str) -> Iterator[tuple[str, Line]]:
    """The near end of a line that is good until it is spoiled; it lives in a thread of its own."""
    found = ADDRESS_OF_A_LINE.search(address)
    assert found, "an address with its port is needed"
    line, loop = Line(int(found[1])), asyncio.new_event_loop()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    loop.run_until_complete(line.listen(port))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{port}", line
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)


def _measured(browser: Browser, near: tuple[str, Line]) -> Iterator[dict[str, Any]]:
    address, line = near
    context = browser.new_context(base_url=address, viewport=PHONE, locale="fr-FR", timezone_id="Europe/Paris")
    context.set_default_timeout(60_000)
    page = context.new_page()
    _prepare(page)
    kept = page.evaluate(KEPT)
    yield line_of("notebook, kept to start", kept, [0.0, 0.0], note=f"{kept} bytes")
    context.set_offline(True)
    processor = context.new_cdp_session(page)
    _slow(processor, SLOWER)
    page.evaluate(TAP, 5)
    yield line_of("notebook, save", TAPS, page.evaluate(TAP, TAPS))
    _slow(processor, 1)
    yield line_of("notebook, cold start", STARTS, [_start(page) for _ in range(STARTS)])
    page.evaluate(TAP, WAITING - _waiting(page))
    spoil(line, rate=400, delay=400, cut=2)
    taken = _drain(page)
    yield line_of("notebook, 200 waiting", WAITING, [taken, taken], note=f"{line.cuts} cuts")


def line_of(name: str, size: int, durations: list[float], note: str = "") -> dict[str, Any]:
    """The line of build/bench.json; the engine is the browser's, and its memory is not ours to count."""
    figures = {
        "median_ms": round(statistics.median(durations), 1),
        "p95_ms": round(statistics.quantiles(durations, n=20, method="inclusive")[-1], 1),
    }
    return {"name": name, "engine": "chromium", "size": size, **figures, "queries": 0, "rss_mb": 0, "note": note}


def _prepare(page: Page) -> None:
    """Sign in, prepare the phone, unlock it, stand at a place."""
    page.goto("/connexion")
    page.get_by_label("Adresse").fill("samia@exemple.test")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(re.compile(r"/$"))
    page.goto("/carnet/")
    page.get_by_label("Une phrase de dix signes au moins").fill(PHRASE)
    page.get_by_role("button", name="Préparer ce téléphone").click()
    page.get_by_text("Déverrouiller pour commencer une tournée").click()
    page.get_by_label("Votre phrase").fill(PHRASE)
    page.get_by_role("button", name="Déverrouiller", exact=True).click()
    page.get_by_role("button", name=re.compile("Commencer une tournée")).first.click()
    page.get_by_role("button", name="J’y suis").first.click()
    expect(page.get_by_role("button", name="Un contact de plus", exact=True)).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    expect(page.locator("#transmission")).to_contain_text("À jour", timeout=60_000)


def _slow(processor: CDPSession, times: int) -> None:
    processor.send("Emulation.setCPUThrottlingRate", {"rate": times})


def _start(page: Page) -> float:
    """From a blank page to the round in hand, without network, in milliseconds."""
    address = page.url.partition("#")[0]
    page.goto("about:blank")
    start = time.perf_counter()
    page.goto(address)
    page.get_by_role("button", name="Un contact de plus", exact=True).wait_for()
    return (time.perf_counter() - start) * 1000


def _waiting(page: Page) -> int:
    """How many operations wait, as the notebook says it."""
    return int(re.sub(r"\D", "", page.locator("#transmission").inner_text()) or 0)


def _drain(page: Page) -> float:
    """From the network's return to the words « À jour », in milliseconds."""
    start = time.perf_counter()
    page.context.set_offline(False)
    expect(page.locator("#transmission")).to_contain_text("À jour", timeout=300_000)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    sys.exit(main())
