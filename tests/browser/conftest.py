"""A real browser (Debian's Chromium through Playwright) against a live server."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from entremise.journal import triggers
from tests.cast import PASSWORD

# Playwright's synchronous interface runs an event loop in this thread; the ORM is still used from one thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A busy machine is slow, not wrong: what must come is waited for, and what never comes still fails. Wait with
# ``expect``, never with ``wait_for_function``: from its second look on, that one evaluates text, which the CSP refuses.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
AXE = Axe().axe_script
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def site(transactional_db, live_server) -> Iterator[str]:
    """The live server's address. The journal's triggers are lifted before the tables are emptied."""
    yield live_server.url.replace("127.0.0.1", "localhost")
    triggers.remove()


@pytest.fixture
def open_page(chromium, site) -> Iterator:
    """A function: ``open_page(PHONE)`` gives a page of a fresh browser profile, failing on script errors.

    ``expected`` is a pattern of messages of the console that are no error of ours (a network that we cut).
    """
    contexts, errors = [], []

    def opened(viewport=DESK, *, expected="status of 4", **options) -> Page:
        context = chromium.new_context(viewport=viewport, locale="fr-FR", timezone_id="Europe/Paris", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        context.on("weberror", lambda found: errors.append(str(found.error)))  # of every page, a second tab included
        context.on(
            "console",
            lambda m: errors.append(m.text) if m.type == "error" and not re.search(expected, m.text) else None,
        )
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def enter(site):
    """A function: ``enter(page, person)`` opens a session for someone of the cast, second factor done."""
    from django.conf import settings
    from django.test import Client

    def signed(page: Page, person) -> Page:
        client = Client()
        client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["organisation"] = str(person.actor.organisation_id)
        session["second_factor_done"] = True
        session.save()
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": site, "httpOnly": True}]
        )
        return page

    return signed


def axe_faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands: ``rule: first element`` lines."""
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    violations = page.evaluate("(options) => axe.run(options).then((found) => found.violations)", options)
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in violations]


def stretch(page: Page, width: int = 0) -> None:
    """The window as tall as the page: a bar that stays in sight would cover half a link, too small for axe."""
    width = width or page.viewport_size["width"]
    page.set_viewport_size({"width": width, "height": 900})
    page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight") + 200})


def overflow(page: Page) -> int:
    """Pixels by which the page scrolls sideways (0 when it does not)."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def shot(page: Page, name: str) -> None:
    """Keep a picture when ENTREMISE_SHOTS names a folder."""
    folder = os.environ.get("ENTREMISE_SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


__all__ = ["DESK", "PASSWORD", "PHONE", "axe_faults", "overflow", "shot", "stretch"]
