"""F27 to F34, the phone's half: clocks, sessions, roles and phones that change hands."""

import datetime as dt
from importlib import import_module

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect

from entremise.accounts.services import change_member
from entremise.core.time import now
from entremise.interventions.models import Intervention
from entremise.presence.models import Tally
from entremise.sync.models import Device, Receipt
from entremise.sync.services import revoke_device
from tests.browser.notebook import (
    API,
    BATCHES,
    PHRASE,
    arrive,
    away,
    back,
    bare,
    contacts,
    eventually,
    go,
    leave_word,
    prepare,
    reopen,
    save_word,
    saved,
    send,
    states,
    store,
    tap,
    unlock,
    waits,
)
from tests.presence.conftest import ground

__all__ = ["bare", "ground"]
SECRET = "Le trombone de la cour"
NAMES = "async () => (await indexedDB.databases()).map((one) => one.name).filter((name) => name.length > 20).length"


def note_act(page: Page) -> None:
    """An act at the place in hand, three answers."""
    go(page, "noter")
    page.locator('[name="registers"][value="conflit_temps_reel"]').check()
    page.locator('[name="outcome"]').first.check()
    page.get_by_role("button", name="Enregistrer l’intervention").click()
    saved(page, "Intervention", "journal")


@pytest.mark.parametrize("years", [2, -3])
def test_f27_f28_a_clock_years_off_is_measured_said_and_corrected(bare, years):
    page = bare
    arrive(page)
    page.evaluate(f"() => {{ const now = Date.now; Date.now = () => now() + {years} * 31536e6; }}")
    page.evaluate(
        """() => { const Real = Date; window.Date = class extends Real {
            constructor(...all) { all.length ? super(...all) : super(Real.now()); } }; }"""
    )
    send(page)
    go(page, "telephone")
    expect(page.locator('[data-ici="horloge"]')).to_contain_text("minutes d’écart avec le serveur")
    note_act(page)
    eventually(lambda: waits(page), 0)
    assert set(states(page)) == {"applied"}
    assert abs(Intervention.objects.get().occurred_at - now()) < dt.timedelta(hours=1)
    kept = store(page)["operations"]
    assert [one["seq"] for one in kept] == list(range(1, len(kept) + 1))  # a clock that jumps forgets no journal
    assert len({one["id"] for one in kept}) == len(kept)


def test_f29_f30_a_session_that_ends_between_two_batches_stops_there_and_goes_on_once_signed_in(bare, enter, cast):
    page = bare
    arrive(page)
    away(page)
    for total in range(1, 4):
        tap(page, total)

    (key,) = [one["value"] for one in page.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME]

    def ends(route: Route) -> None:
        import_module(settings.SESSION_ENGINE).SessionStore(key).delete()
        route.continue_()

    page.context.route(BATCHES, ends, times=1)
    back(page)
    send(page)
    expect(page.locator("#avis")).to_contain_text("Votre session est fermée. Reconnectez-vous")
    expect(page.get_by_role("link", name="Se reconnecter")).to_be_visible()
    assert waits(page) == 3
    enter(page, cast.samia)
    send(page)
    eventually(lambda: waits(page), 0)
    expect(page.locator("#avis")).not_to_contain_text("session")
    assert contacts() == 3


def test_f30_a_token_that_changed_on_the_way_is_asked_again_without_a_word(bare):
    page = bare
    arrive(page)

    def stale(route: Route) -> None:
        route.continue_(headers={**route.request.headers, "x-csrftoken": "a" * 64})

    page.context.route(BATCHES, stale, times=1)
    tap(page, 1)
    eventually(lambda: waits(page), 0)
    expect(page.locator("#avis")).to_be_empty()
    assert set(states(page)) == {"applied"}


def test_f31_another_person_on_the_same_phone_sees_nothing_wipes_nothing_and_carries_what_waits(
    bare, enter, cast, site
):
    page = bare
    arrive(page)
    away(page)
    leave_word(page, SECRET)
    save_word(page, SECRET)
    leave_word(page, "Un brouillon de Samia")
    before = store(page)
    assert (waits(page), before["drafts"]) == (1, 1)
    back(page)
    page.context.route(BATCHES, lambda route: route.abort())
    enter(page, cast.paul)
    prepare_other(page, site)
    for view in ("tournee", "journal", "formulaire/consigne", "telephone"):
        page.evaluate(f"location.hash = '#{view}'")
        expect(page.locator("#vue > *")).to_have_count(1)
        assert SECRET not in page.content()
        assert "brouillon de Samia" not in page.content()
    assert page.evaluate(NAMES) == 2
    page.context.unroute(BATCHES)
    send(page)
    eventually(lambda: Receipt.objects.filter(schema="instruction.leave/1").count(), 1)
    assert Receipt.objects.get(schema="instruction.leave/1").member_id == cast.samia.member.pk
    enter(page, cast.samia)
    page.goto(f"{site}/carnet/")
    go(page, "formulaire/consigne")
    unlock(page, "Déverrouiller pour choisir un autre lieu")
    expect(page.locator("[name=text]")).to_have_value("Un brouillon de Samia")


def prepare_other(page: Page, site: str) -> None:
    """The first opening of a second person: nothing of the first one is asked about."""
    page.goto(f"{site}/carnet/")
    page.get_by_label("Une phrase de dix signes au moins").fill(PHRASE)
    page.get_by_role("button", name="Préparer ce téléphone").click()
    expect(page.get_by_role("heading", name="Tournée", level=1)).to_be_visible()


def test_f31_a_notebook_of_another_organisation_leaves_nothing_to_it(bare, enter, cast):
    page = bare
    arrive(page)
    away(page)
    tap(page, 1)
    enter(page, cast.ines)
    back(page)
    send(page)
    expect(page.locator("#avis")).to_contain_text("est d’une autre organisation")
    assert waits(page) == 1
    assert not Tally.objects.exists()


def test_f32_a_role_withdrawn_keeps_what_was_written_aside_and_says_so(bare, cast):
    page = bare
    arrive(page)
    away(page)
    tap(page, 1)
    change_member(actor=cast.alban.actor, member_id=cast.samia.member.pk, roles=["lecteur"], team_ids=[])
    back(page)
    send(page)
    eventually(lambda: states(page)[-1], "parked")
    assert Receipt.objects.get(seq=3).envelope
    go(page, "journal")
    expect(page.get_by_text("Mis de côté par le serveur")).to_be_visible()


def test_f33_a_passphrase_forgotten_keeps_nothing_from_leaving(bare, site):
    page = bare
    arrive(page)
    reopen(page)
    go(page, "formulaire/consigne")
    page.get_by_text("Déverrouiller pour choisir un autre lieu").click()
    page.get_by_label("Votre phrase").fill("une autre phrase que celle-là")
    page.get_by_role("button", name="Déverrouiller", exact=True).click()
    expect(page.get_by_text("Cette phrase n’ouvre pas ce carnet. Ce qui attend partira quand même.")).to_be_visible()
    save_word(page, "Écrit sans la phrase")
    eventually(lambda: waits(page), 0)
    assert states(page) == ["applied"] * 3
    assert Receipt.objects.filter(schema="instruction.leave/1").count() == 1


def test_f34_a_revoked_phone_hands_over_what_it_held_then_keeps_nothing(bare, cast):
    page = bare
    arrive(page)
    away(page)
    save_word(page, SECRET)
    leave_word(page, "Un brouillon")
    revoke_device(actor=cast.samia.actor, device_id=Device.objects.get().pk)
    back(page)
    send(page)
    expect(page.get_by_text("Ce téléphone a été révoqué")).to_be_visible()
    last = Receipt.objects.order_by("seq").last()
    assert (last.reason, bool(last.envelope)) == ("revoked", True)
    eventually(lambda: page.evaluate(NAMES), 0)
    page.evaluate("location.hash = '#journal'")
    send(page)
    expect(page.get_by_text("Ce téléphone a été révoqué")).to_be_visible()
    assert page.evaluate("caches.keys()") == []


def test_f34_the_revoked_phone_of_somebody_else_is_wiped_by_whoever_carries_it(bare, enter, cast, site):
    page = bare
    away(page)
    save_word(page, SECRET)
    back(page)
    page.context.route(API, lambda route: route.abort())
    page.context.unroute(API)
    revoke_device(actor=cast.samia.actor, device_id=Device.objects.get().pk)
    enter(page, cast.paul)
    prepare(page, site)
    eventually(lambda: page.evaluate(NAMES), 1)
    assert Receipt.objects.get().reason == "revoked"


def test_the_notebook_closes_after_five_minutes_even_if_the_phone_slept(bare):
    page = bare
    go(page, "journal")
    unlock(page, "Déverrouiller pour relire vos mots")
    expect(page.get_by_text("Déverrouiller pour relire vos mots")).to_have_count(0)
    page.evaluate("() => { const now = Date.now; Date.now = () => now() + 301_000; }")  # its timers did not run
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("Déverrouiller pour relire vos mots")).to_be_visible()
