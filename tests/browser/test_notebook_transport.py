"""F11 to F26, the phone's half: only an answer of ours that names an operation takes it off what waits."""

import json

import pytest
from playwright.sync_api import Page, Route, expect

from entremise.sync.models import Receipt
from tests.browser.notebook import (
    API,
    BATCHES,
    answer,
    arrive,
    away,
    back,
    bare,
    contacts,
    eventually,
    go,
    send,
    states,
    store,
    tap,
    told,
    waits,
)
from tests.presence.conftest import ground

__all__ = ["bare", "ground"]
MARKER = "entremise-sync/1"
PORTAL = "<!doctype html><title>Bienvenue</title><h1>Wi-Fi de la gare</h1>"


@pytest.fixture
def out(bare) -> Page:
    """A phone at the hall, whose round has left; nothing waits."""
    arrive(bare)
    eventually(lambda: waits(bare), 0)
    return bare


def trouble(page: Page, *handlers) -> list[str]:
    """Each attempt to send meets the next handler, then the real server; the list grows with the attempts."""
    met: list[str] = []

    def meet(route: Route) -> None:
        met.append(route.request.method)
        rank = len(met) - 1
        handlers[rank](route) if rank < len(handlers) else route.continue_()

    page.context.route(BATCHES, meet)
    return met


def after_commit(status: int | None):
    """The server applies, and its answer is lost (None) or replaced."""

    def handler(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset") if status is None else answer(route, "Erreur", status, "text/html")

    return handler


def says(body: str | dict, status: int = 200, kind: str = "application/json", **headers: str):
    """An answer that comes from elsewhere than our server."""
    return lambda route: answer(route, body, status, kind, **headers)


@pytest.mark.parametrize("status", [None, 500, 504])
def test_f11_f12_f14_f15_an_answer_lost_after_the_commit_counts_once(out, status):
    page = out
    met = trouble(page, after_commit(status))
    tap(page, 1)
    eventually(lambda: len(met) > 1 and waits(page), 0)
    eventually(lambda: set(states(page)), {"applied"})
    assert contacts() == 1
    assert Receipt.objects.count() == len(store(page)["operations"]) == 3


@pytest.mark.parametrize(
    ("elsewhere", "words"),
    [
        (says("Erreur", 500, "text/html"), "Le serveur n’a pas pu répondre"),
        (says(PORTAL, 200, "text/html"), "Ce réseau répond à la place"),
        (says("", 302, "text/html", Location="https://portail.test/"), "Ce réseau répond à la place"),
        (says(PORTAL, 511, "text/html"), "Ce réseau répond à la place"),
        (says(PORTAL, 502, "text/html"), "Le serveur n’a pas pu répondre"),
        (says(PORTAL, 403, "text/html"), "Ce réseau répond à la place"),
        (says({"ok": True}), "Ce réseau répond à la place"),
        (says('{"marker": "entremise-sync/1", "resul'), "Ce réseau répond à la place"),
        (says({"marker": MARKER, "batch": "celui d’hier", "results": []}), "Ce réseau répond à la place"),
        (says({"marker": MARKER, "error": "unreadable"}, 400), "n’a pas pu lire cet envoi"),
    ],
    ids=["500", "portal", "redirect", "511", "502", "403", "json", "cut", "another batch", "400"],
)
def test_f13_f18_f19_f20_what_is_no_answer_of_ours_takes_nothing_away_and_is_said(out, elsewhere, words):
    page = out
    met = trouble(page, *[elsewhere] * 1000)
    tap(page, 1)
    expect(page.locator("#avis")).to_contain_text(words)
    assert waits(page) == 1
    assert contacts() == 0
    page.context.unroute(BATCHES)
    send(page)
    eventually(lambda: waits(page), 0)
    assert met
    assert contacts() == 1
    expect(page.locator("#avis")).not_to_contain_text(words)


def test_f20_a_batch_too_large_leaves_by_halves(out):
    page = out
    away(page)
    for total in range(1, 9):
        tap(page, total)
    sizes: list[int] = []

    def narrow(route: Route) -> None:
        sizes.append(len(json.loads(route.request.post_data or "{}")["ops"]))
        answer(route, PORTAL, 413, "text/html") if sizes[-1] > 3 else route.continue_()

    page.context.route(BATCHES, narrow)
    back(page)
    send(page)
    eventually(lambda: waits(page), 0)
    assert sizes[:3] == [8, 4, 2]
    assert max(sizes[2:]) == 2
    assert contacts() == 8


def test_f20_one_operation_that_no_proxy_lets_through_does_not_keep_the_others(out):
    page = out
    away(page)
    for total in range(1, 4):
        tap(page, total)
    heavy = store(page)["operations"][-2]["id"]

    def narrow(route: Route) -> None:
        refused = heavy in (route.request.post_data or "")
        answer(route, PORTAL, 413, "text/html") if refused else route.continue_()

    page.context.route(BATCHES, narrow)
    back(page)
    send(page)
    eventually(lambda: [one["id"] for one in store(page)["operations"] if one["pending"]], [heavy])
    expect(page.locator("#avis")).to_contain_text("refuse les envois de cette taille")
    assert contacts() == 2


@pytest.mark.parametrize("status", [429, 503])
def test_f20_a_server_that_asks_for_a_while_gets_it(out, status):
    page = out
    page.clock.install()
    met = trouble(page, says("", status, "text/html", **{"Retry-After": "120"}))
    tap(page, 1)
    page.clock.run_for(50)
    expect(page.locator("#avis")).to_contain_text("demande d’attendre")
    send(page)
    page.clock.run_for(100_000)
    assert (len(met), waits(page)) == (1, 1)
    page.clock.run_for(21_000)
    eventually(lambda: waits(page), 0)
    assert contacts() == 1


def test_f21_a_network_that_flaps_sends_everything_once(out):
    page = out
    for total in range(1, 11):
        page.context.set_offline(total % 2 == 1)
        tap(page, total)
    page.context.set_offline(False)
    eventually(lambda: waits(page), 0)
    assert contacts() == 10
    assert {row.seq for row in Receipt.objects.all()} == set(range(1, 13))


def test_f22_two_tabs_have_one_sender_and_what_one_saves_while_the_other_sends_leaves_too(out):
    page = out
    other = page.context.new_page()
    other.goto(page.url.split("#")[0])
    expect(other.locator("#transmission")).to_contain_text("À jour")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.context.route(BATCHES, hold, times=1)
    tap(page, 1)
    eventually(lambda: len(told(page, held)), 1)  # the first tab is in the middle of sending
    tap(other, 2)
    inside: list[str] = []
    page.context.route(API, lambda route: inside.append(route.request.url) or route.continue_())
    send(other)
    assert inside == []
    held[0].continue_()
    eventually(lambda: waits(page), 0)
    assert contacts() == 2


@pytest.mark.parametrize("told", [{}, {"status": "plus tard"}, {"status": None}, {"status": "applied", "id": None}])
def test_f25_an_operation_of_which_nothing_is_said_stays_and_the_others_leave(out, told):
    page = out
    away(page)
    for total in range(1, 4):
        tap(page, total)
    silent = store(page)["operations"][-3]["id"]

    def forgetful(route: Route) -> None:
        response = route.fetch()
        body = response.json()
        for result in body["results"]:
            if result["id"] == silent:
                result.update(told) if told else result.clear()
        route.fulfill(response=response, json=body)

    page.context.route(BATCHES, forgetful)
    back(page)
    send(page)
    eventually(lambda: [one["id"] for one in store(page)["operations"] if one["pending"]], [silent])
    page.context.unroute(BATCHES)
    send(page)
    eventually(lambda: waits(page), 0)
    assert contacts() == 3


def test_a_heavy_journal_leaves_whole_in_several_batches(out):
    page = out
    away(page)
    go(page, "formulaire/consigne")
    many = """async () => {
      const { uuid7 } = await import('/static/notebook/identifiers.js');
      const { save } = await import('/static/notebook/operations.js');
      const { lastPerson, Phone } = await import('/static/notebook/phone.js');
      const phone = await Phone.find(await lastPerson());
      for (let rank = 0; rank < 70; rank++) {
        const entity = { type: 'log', id: uuid7() };
        await save(phone, { schema: 'instruction.leave/1', entity, payload: { text: 'm'.repeat(9000) } });
      }
    }"""
    page.evaluate(many)
    assert waits(page) == 70
    back(page)
    send(page)
    eventually(lambda: waits(page), 0)
    assert Receipt.objects.count() == 72
