"""The whole story in a real browser: a round, three places, a conflict noted, the shift after, the funder's figures."""

import datetime as dt
import io
import re
import time
import zipfile

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect

from entremise.documents.services import check_pdf
from entremise.interventions.models import Intervention
from entremise.presence import queries
from entremise.presence.models import Defect, Round, Stop
from tests.browser.conftest import DESK, PHONE, shot
from tests.presence.conftest import ground
from tests.statistics import golden
from tests.statistics.build import convention

__all__ = ["ground"]

NARRATIVE = "Trois jeunes et une voisine : musique baissée, chacun reste poli."
INSTRUCTION = "Revoir la lampe de la place jeudi."
HANDOVER = "Repasser hall 4 après 21 h : la voisine attend une réponse."


@pytest.fixture
def evening():
    """Wednesday 14 October 2026, five past six, and time goes by: a function that lets some minutes pass."""
    with time_machine.travel(golden.wall(14, 18, 5), tick=True) as clock:
        yield lambda minutes: clock.shift(dt.timedelta(minutes=minutes))


@pytest.fixture
def paid(evening, cast, ground):
    """What the team already did in the funder's places, five conflicts, five talks; one last year, one elsewhere."""
    for day in range(2, 7):
        golden.note(cast.paul, ground.hall, golden.wall(day, 19), **golden.CALMED)
        golden.note(cast.paul, ground.square, golden.wall(day, 15))
    golden.note(cast.paul, ground.hall, golden.wall(3, 19, year=2025), **golden.CALMED)
    golden.note(cast.paul, ground.station, golden.wall(8, 19), **golden.CALMED)
    return convention(cast.claire, site_ids=(ground.hall.pk, ground.square.pk))


class Thumb:
    """Someone on a phone: taps, and how many."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, target: Locator) -> None:
        target.tap()
        self.taps += 1

    def press(self, name: str, exact: bool = False) -> None:
        self.tap(self.page.get_by_role("button", name=name, exact=exact))

    def follow(self, name: str) -> None:
        self.page.wait_for_load_state()  # before its style sheets, a page shows both its menus
        self.tap(self.page.get_by_role("link", name=name, exact=True).filter(visible=True))

    def answer(self, question: str, words: str) -> None:
        """Tap a chip or a step, as people do."""
        answers = self.page.get_by_role("group", name=question).locator("label.chip, .mark")
        self.tap(answers.filter(has_text=re.compile(f"^{re.escape(words)}$")))


def plan_and_open(thumb: Thumb, ground) -> None:
    page = thumb.page
    thumb.tap(page.locator("summary", has_text="Menu"))
    thumb.follow("Tournées et permanences")
    thumb.follow("Prévoir une présence")
    page.get_by_label("Secteur").select_option(str(ground.sector.pk))
    page.get_by_label("Début prévu").fill("2026-10-14T18:10")
    thumb.answer("Avec qui", "Paul")
    thumb.press("Mettre au planning")
    expect(page.get_by_text("C’est prévu.")).to_be_visible()
    thumb.follow("Tournée")
    thumb.tap(page.get_by_role("region", name="Prévues aujourd’hui").get_by_role("button", name="Ouvrir"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Tournée du soir")


def stand(thumb: Thumb, site: str, contacts: int, atmosphere: str) -> None:
    """ "J’y suis", then as many contacts, then the atmosphere: no form."""
    thumb.press(f"J’y suis : {site}")
    expect(thumb.page.get_by_role("heading", name=site)).to_be_visible()
    for _ in range(contacts):
        thumb.press("Un contact de plus", exact=True)
    expect(thumb.page.locator("#compte output")).to_have_text(str(contacts))
    thumb.press(atmosphere, exact=True)
    chosen = thumb.page.get_by_role("button", name=atmosphere, exact=True)
    expect(chosen).to_have_attribute("aria-pressed", "true")


def note_conflict(thumb: Thumb) -> None:
    """Three answers, then the tension 3 → 1 and a few words."""
    page, before, start = thumb.page, thumb.taps, time.perf_counter()
    thumb.follow("Noter une intervention")
    expect(page.locator("summary", has_text="Hall 4, allée des Lilas · 18:05 · avec Paul")).to_be_visible()  # answered
    thumb.answer("Que s’est-il passé", "Conflit régulé sur place")
    thumb.answer("Avec quel résultat", "Apaisé sur place")
    thumb.answer("Tension en arrivant", "3")
    thumb.answer("Tension en repartant", "1")
    page.get_by_label("En quelques mots").fill(NARRATIVE)
    shot(page, "story-noter")
    thumb.press("Enregistrer l’intervention")
    expect(page.get_by_role("heading", level=1)).to_have_text("Intervention enregistrée")
    expect(page.get_by_text("Enregistrée à 18:0")).to_be_visible()
    assert thumb.taps - before == 6  # the page, two answers (the place is there), two tensions, "Enregistrer"
    assert time.perf_counter() - start < 60
    thumb.follow("Revenir à la tournée")


def report_light(thumb: Thumb, ground) -> None:
    page = thumb.page
    thumb.follow("Signalement technique")
    assert page.locator("[name=site_id]").input_value() == str(ground.square.pk)  # where the round stands
    thumb.answer("Ce qui est à réparer", "Éclairage")
    thumb.press("Enregistrer le signalement")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tournée du soir")


def instruct(thumb: Thumb) -> None:
    thumb.follow("Laisser une consigne")
    thumb.page.get_by_role("textbox", name="Consigne").fill(INSTRUCTION)
    thumb.press("Laisser la consigne à l’équipe")


def close(thumb: Thumb) -> None:
    page = thumb.page
    thumb.follow("Terminer la tournée")
    page.get_by_label("Consigne pour la suite").fill(HANDOVER)
    thumb.press("Terminer la tournée")
    expect(page.get_by_text("Tournée terminée.")).to_be_visible()
    expect(page.get_by_text(HANDOVER)).to_be_visible()
    shot(page, "story-terminee")


def read_and_mark(page: Page, words: str) -> None:
    line = page.locator("#journal li", has_text=words)
    expect(line).to_be_visible()
    line.get_by_role("button", name="Marquer comme lue").click()
    expect(page.locator("#journal li", has_text=words)).to_contain_text("Lue par Paul")


def validate(page: Page) -> None:
    """The coordinator goes through the queue, the oldest first, up to the act of this evening."""
    page.get_by_role("link", name="Les relire").click()
    for _ in range(12):
        page.get_by_role("link", name="Passer à la suivante").click()
    expect(page.get_by_text(NARRATIVE)).to_be_visible()
    expect(page.get_by_text("3 · cris, insultes, attroupement")).to_be_visible()
    shot(page, "story-relire")
    page.get_by_role("button", name="Valider et verrouiller").click()
    expect(page.get_by_text("validée.")).to_be_visible()


def figure(page: Page, label: str) -> str:
    card = page.locator(".figure, section.card", has=page.get_by_text(label, exact=True))
    return card.locator(".figure-value").first.inner_text()


def shares(page: Page, title: str) -> dict[str, str]:
    """A breakdown as it is read: label, number."""
    card = page.locator("section.card", has=page.get_by_role("heading", name=title, exact=True))
    rows = card.locator(".bar-rows li")
    labels, values = (rows.locator(part).all_inner_texts() for part in (".bar-label", ".bar-value"))
    return dict(zip(labels, values, strict=True))


def read_report(page: Page) -> None:
    """Six conflicts and five talks in the funder's places; the single one of last year is too few to be told."""
    page.get_by_role("link", name="Bilans").click()
    page.get_by_label("Période").select_option("2026-10")
    page.get_by_label("Comparer à").select_option("an")
    page.get_by_role("button", name="Afficher ce bilan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Note au bailleur · octobre 2026")
    shot(page, "story-bilan")
    labels = ("Interventions", "Tournées", "Contacts", "Heures de présence", "Apaisement")
    assert [figure(page, label) for label in labels] == ["11", "1", "5", "1\xa0h\xa020", "6 conflits sur 6"]
    assert page.locator("h3:has-text('Évolution de la tension') + p").inner_text() == "−2"
    assert shares(page, "Interventions par registre") == {
        "Conflit régulé sur place": "6",
        "Écoute, présence de proximité": "5",
    }
    year_before = page.locator(".figure", has=page.get_by_text("Interventions", exact=True)).get_by_text("Octobre 2025")
    expect(year_before).to_contain_text("Octobre 2025 : < 5.")


def taken(page: Page, name: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).click()
    return download.value.path().read_bytes()


def test_from_the_planned_round_to_the_funders_pdf(site, cast, ground, evening, paid, open_page, enter):
    thumb = Thumb(enter(open_page(PHONE, has_touch=True), cast.samia))
    colleague = enter(open_page(DESK), cast.paul)
    thumb.page.goto(f"{site}/")
    plan_and_open(thumb, ground)
    stand(thumb, "Hall 4, allée des Lilas", 3, "Tendu")
    colleague.goto(f"{site}/")
    colleague.evaluate("window.neverReloaded = true")
    note_conflict(thumb)
    expect(colleague.locator("#journal")).to_contain_text("Conflit apaisé sur place")
    expect(colleague.locator("#journal")).to_contain_text("Tension 3 → 1")
    evening(25)
    stand(thumb, "Place des Marronniers", 2, "RAS, calme")
    report_light(thumb, ground)
    evening(25)
    stand(thumb, "Station Tisserands", 1, "Animé, convivial")
    evening(30)
    instruct(thumb)
    read_and_mark(colleague, INSTRUCTION)
    close(thumb)
    read_and_mark(colleague, HANDOVER)  # the log went on moving after the first tap
    assert colleague.evaluate("window.neverReloaded")
    check_round(ground)

    desk = enter(open_page(DESK), cast.claire)
    desk.goto(f"{site}/")
    validate(desk)
    act = Intervention.objects.get(author=cast.samia.member.pk)
    assert (act.status, act.tension_before, act.tension_after, act.is_locked) == ("validee", 3, 1, True)
    read_report(desk)
    check_files(desk)


def check_round(ground) -> None:
    walked = Round.objects.get()
    assert queries.contacts_of_rounds([walked.pk])[walked.pk] == 6
    assert walked.minutes == 80
    assert list(Stop.objects.order_by("arrived_at").values_list("atmosphere", flat=True)) == ["tendu", "ras", "anime"]
    assert Defect.objects.get().site_id == ground.square.pk


def check_files(page: Page) -> None:
    """The three faces of the report open, and say the same."""
    pdf = taken(page, "PDF")
    assert pdf.startswith(b"%PDF")
    assert check_pdf(pdf) == []
    text = zipfile.ZipFile(io.BytesIO(taken(page, "Texte modifiable"))).read("content.xml").decode()
    sheet = zipfile.ZipFile(io.BytesIO(taken(page, "Tableur"))).read("xl/sharedStrings.xml").decode()
    for content in (text, sheet):
        assert "octobre 2026" in content
        assert NARRATIVE not in content
