"""Words are never lost: refused, too long, from right to left, session closed, network cut, server down."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from entremise.interventions import services as acts
from entremise.interventions.models import Intervention
from entremise.interventions.views import record
from entremise.presence import services
from entremise.presence.models import LogEntry
from tests.browser.conftest import DESK, PHONE, axe_faults, overflow
from tests.presence.conftest import ground, out, stop

__all__ = ["ground", "out", "stop"]

ARABIC = "تحدثت الجارة مع الشباب بهدوء 👋🏽 ثم عادوا إلى بيوتهم."
NARROW = {"width": 320, "height": 640}
WANTED = "status of [45]|ERR_INTERNET_DISCONNECTED|htmx:"  # failures that these tests cause
WORDS = "Trois jeunes et une voisine : musique baissée."


@pytest.fixture
def form(site, cast, stop, open_page, enter) -> Page:
    """The page of an act on a phone, three answers given and a few words typed."""
    page = enter(open_page(PHONE, expected=WANTED), cast.samia)
    page.goto(f"{site}{reverse('interventions:record')}?round={stop.round_id}")
    page.get_by_role("checkbox", name="Conflit régulé sur place").check()
    page.get_by_role("radio", name="Apaisé sur place").check()
    page.get_by_label("En quelques mots").fill(WORDS)
    return page


def save(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer l’intervention").click()


def kept(page: Page) -> bool:
    """Everything typed or chosen is still in the page."""
    return (
        page.get_by_label("En quelques mots").input_value() == WORDS
        and page.get_by_role("checkbox", name="Conflit régulé sur place").is_checked()
        and page.get_by_role("radio", name="Apaisé sur place").is_checked()
    )


def test_a_refused_act_says_why_and_keeps_every_answer(form):
    form.locator("summary", has_text="Public, durée").click()
    form.get_by_role("spinbutton", name="Nombre de personnes").fill("-4")
    form.locator("[name=narrative]").fill(WORDS)
    save(form)
    expect(form.get_by_role("alert").first).to_be_focused()
    assert kept(form)
    assert form.get_by_role("spinbutton", name="Nombre de personnes").input_value() == "-4"  # in its fold, opened
    assert form.get_by_role("spinbutton", name="Nombre de personnes").is_visible()
    assert axe_faults(form) == []
    assert not Intervention.objects.exists()


def test_a_long_story_is_refused_whole_and_kept_whole(form):
    story = "Un long récit, dicté d’un trait. " * 200
    form.get_by_label("En quelques mots").fill(story)
    save(form)
    expect(form.get_by_role("alert").first).to_be_visible()
    assert form.get_by_label("En quelques mots").input_value() == story.strip() or (
        form.get_by_label("En quelques mots").input_value() == story
    )
    assert overflow(form) == 0


def test_a_form_too_long_to_be_sent_stays_in_the_page_and_names_the_field(form):
    form.evaluate("document.body.dataset.limit = 20000")  # the real limit takes seconds to type
    form.get_by_label("En quelques mots").fill("é" * 5000)
    form.get_by_label("En quelques mots").evaluate("(box) => { box.value += 'à'.repeat(10) }")
    sent = []
    form.on("request", lambda request: sent.append(request.method))
    save(form)
    expect(form.get_by_role("alert")).to_contain_text("Raccourcissez « En quelques mots »")
    assert form.get_by_label("En quelques mots").input_value() == "é" * 5000 + "à" * 10
    assert "POST" not in sent
    form.get_by_label("En quelques mots").fill(WORDS)
    save(form)
    expect(form.get_by_role("heading", level=1)).to_have_text("Intervention enregistrée")
    assert Intervention.objects.get().narrative == WORDS


def test_changing_the_team_brings_its_registers_and_keeps_the_words(site, cast, stop, open_page, enter):
    page = enter(open_page(PHONE), cast.claire)
    page.goto(site + reverse("interventions:record"))
    page.get_by_label("En quelques mots").fill(WORDS)
    repairs = page.locator("[name=registers][value=veille_technique]")
    choice = page.locator("select[name=team_id]")
    for team, offered in ((cast.other_team, 0), (cast.team, 1)):
        choice.focus()
        choice.select_option(str(team.pk))
        expect(repairs).to_have_count(offered)
        expect(choice).to_have_value(str(team.pk))
        assert page.get_by_label("En quelques mots").input_value() == WORDS
        assert axe_faults(page) == []
    expect(choice).to_be_focused()
    assert not Intervention.objects.exists()


def test_a_word_without_end_does_not_push_the_page_aside(site, cast, form):
    endless = "https" + "x" * 480
    form.get_by_label("En quelques mots").fill(endless)
    save(form)
    expect(form.get_by_role("heading", level=1)).to_have_text("Intervention enregistrée")
    form.get_by_role("link", name="Ouvrir la fiche").click()
    form.set_viewport_size(NARROW)
    expect(form.get_by_text(endless)).to_be_visible()
    assert overflow(form) == 0


def test_arabic_and_emoji_are_written_and_read_from_right_to_left(site, cast, form):
    box = form.get_by_label("En quelques mots")
    box.fill(ARABIC)
    assert box.evaluate("(node) => getComputedStyle(node).direction") == "rtl"
    save(form)
    form.get_by_role("link", name="Ouvrir la fiche").click()
    told = form.get_by_text(ARABIC)
    expect(told).to_be_visible()
    assert told.evaluate("(node) => getComputedStyle(node).direction") == "rtl"
    assert overflow(form) == 0


def test_arabic_in_the_log_reads_from_right_to_left(site, cast, out, open_page, enter):
    services.leave_instruction(actor=cast.samia.actor, team_id=cast.team.pk, text=ARABIC)
    page = enter(open_page(DESK), cast.paul)
    page.goto(f"{site}/")
    told = page.get_by_text(ARABIC)
    expect(told).to_be_visible()
    assert told.evaluate("(node) => getComputedStyle(node).direction") == "rtl"


def test_a_session_that_closed_meanwhile_keeps_the_words_and_they_leave_after_signing_in(site, cast, form, enter):
    form.context.clear_cookies()
    save(form)
    expect(form.get_by_text("Votre session est fermée")).to_be_visible()
    assert kept(form)
    enter(form, cast.samia)  # in another tab
    save(form)
    expect(form.get_by_role("heading", level=1)).to_have_text("Intervention enregistrée")
    assert Intervention.objects.get().narrative == WORDS


def test_a_cut_network_is_said_and_the_words_leave_when_it_is_back(form):
    form.context.set_offline(True)
    save(form)
    expect(form.get_by_text("Pas de réseau, rien n’est parti")).to_be_visible()
    assert kept(form)
    form.context.set_offline(False)
    save(form)
    expect(form.get_by_role("heading", level=1)).to_have_text("Intervention enregistrée")
    assert Intervention.objects.get().narrative == WORDS


def test_a_tap_without_network_says_so_and_counts_nothing(site, cast, out, stop, open_page, enter):
    page = enter(open_page(PHONE, expected=WANTED), cast.samia)
    page.goto(site + reverse("presence:round", args=[out.pk]))
    page.context.set_offline(True)
    page.get_by_role("button", name="Un contact de plus", exact=True).click()
    expect(page.get_by_text("Pas de réseau")).to_be_visible()
    expect(page.locator("#compte output")).to_have_text("0")
    page.context.set_offline(False)
    page.get_by_role("button", name="Un contact de plus", exact=True).click()
    expect(page.locator("#compte output")).to_have_text("1")
    expect(page.get_by_text("Pas de réseau")).to_have_count(0)


def test_an_instruction_refused_for_its_length_is_kept(site, cast, out, open_page, enter):
    page = enter(open_page(PHONE), cast.samia)
    page.goto(f"{site}{reverse('presence:instruct')}?round={out.pk}")
    text = "Repasser. " * 3000
    page.get_by_role("textbox", name="Consigne").fill(text)
    page.get_by_role("button", name="Laisser la consigne").click()
    expect(page.get_by_role("alert").first).to_be_focused()
    assert page.get_by_role("textbox", name="Consigne").input_value().strip() == text.strip()
    assert not LogEntry.objects.filter(kind="consigne").exists()


def test_a_server_that_fails_gives_the_words_back(form, monkeypatch):
    def broken(**options):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(record, "record_intervention", broken)
    save(form)
    expect(form.get_by_role("heading", level=1)).to_have_text("La page n’a pas pu s’afficher")
    assert axe_faults(form) == []
    expect(form.get_by_text(WORDS)).to_be_visible()
    monkeypatch.setattr(record, "record_intervention", acts.record_intervention)
    form.get_by_role("button", name="Envoyer de nouveau").click()
    expect(form.get_by_role("heading", level=1)).to_have_text("Intervention enregistrée")
    assert Intervention.objects.get().narrative == WORDS
