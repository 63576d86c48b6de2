"""The moments the pictures show, each reached through the real pages by someone of the demonstration."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 860}
SHOTS: dict[str, tuple[str, dict[str, int], Callable[[Page], None]]] = {}
Shot = Callable[[Page], None]


def shot(name: str, who: str, size: dict[str, int]) -> Callable[[Shot], Shot]:
    """Declare a picture: its file, who is signed in, the window; the function brings the page to the moment."""

    def declare(act: Shot) -> Shot:
        SHOTS[name] = (who, size, act)
        return act

    return declare


# The README's four.


@shot("tournee", "samia", PHONE)
def round_on_the_phone(page: Page) -> None:
    """Third stop of the evening round."""
    page.goto("/tournee/")


@shot("intervention", "samia", PHONE)
def act_on_the_phone(page: Page) -> None:
    """A conflict being noted, both tensions given."""
    conflict(page)
    for field, level in (("tension_before", 3), ("tension_after", 1)):
        page.locator(f"label:has([name={field}][value='{level}']) .mark").click()
    tap(page, "Bruit")
    show(page.get_by_text("Avec quel résultat ?").first)


@shot("journee", "claire", DESK)
def coordinators_day(page: Page) -> None:
    """What the coordinator sees first."""
    page.goto("/")


@shot("note-bailleur", "claire", {"width": 1180, "height": 1040})
def landlords_note(page: Page) -> None:
    """October, as the landlord reads it by the link."""
    landlords_report(page)
    page.get_by_role("link", name="Envoyer le lien").click()
    page.get_by_role("button", name="Créer le lien").click()
    page.goto(page.get_by_label("Lien à envoyer").input_value())


# The guide's.


@shot("texte", "samia", PHONE)
def words_to_look_at(page: Page) -> None:
    """The helper points at a name and a number."""
    conflict(page)
    page.get_by_label("En quelques mots").fill(
        "Mme Martin, 06 00 00 00 00, dit que le voisin est agressif. Son baissé."
    )
    page.wait_for_timeout(1200)
    show(page.get_by_text("En quelques mots"))


@shot("danger", "samia", PHONE)
def danger(page: Page) -> None:
    """A danger sign opens the reflex card and the numbers."""
    conflict(page)
    page.get_by_text("Un danger, une inquiétude").click()
    tap(page, "Menace grave")
    page.wait_for_timeout(600)
    show(page.get_by_text("Menace grave", exact=True))


@shot("relais", "samia", PHONE)
def relays(page: Page) -> None:
    """Whom to call in the sector."""
    page.goto("/relais")


@shot("urgence", "samia", PHONE)
def emergency(page: Page) -> None:
    """Numbers to call."""
    page.goto("/urgence")


@shot("fil", "samia", {"width": 390, "height": 560})
def thread(page: Page) -> None:
    """Acts about the same thing, and a dated reminder."""
    page.goto("/interventions/")
    page.get_by_role("link", name="Conflit régulé sur place").first.click()
    page.get_by_text("Rattacher à un fil").click()
    page.get_by_label("Repère du nouveau fil").fill("Bruit, hall 12")
    page.get_by_role("button", name="Rattacher au fil").click()
    page.get_by_label("Rappeler le").fill("2026-11-26")
    page.get_by_label("Pour quoi faire").fill("repasser après 22 h")
    page.get_by_role("button", name="Noter le rappel").click()


@shot("main-courante", "claire", DESK)
def running_page(page: Page) -> None:
    """The evening team's page."""
    page.goto("/main-courante/")
    page.get_by_role("link", name="Équipe du soir").first.click()


@shot("relire", "claire", DESK)
def review(page: Page) -> None:
    """An act to read again."""
    page.goto("/interventions/a-relire/")


@shot("signalements", "claire", DESK)
def defects(page: Page) -> None:
    """Technical defects and their delays."""
    page.goto("/signalements-techniques/")
    show(page.locator("table"))


@shot("planning", "claire", DESK)
def plan(page: Page) -> None:
    """Rounds and drop-ins."""
    page.goto("/tournees/")
    show(page.locator("table"))


@shot("bilan", "claire", DESK)
def report(page: Page) -> None:
    """Further down the same note, before it leaves."""
    landlords_report(page)
    show(page.get_by_role("heading", name="Interventions par registre"))


@shot("membres", "alban", DESK)
def members(page: Page) -> None:
    """Who belongs, with which roles."""
    page.goto("/membres")


@shot("liste", "alban", DESK)
def closed_list(page: Page) -> None:
    """A national list and what the organisation changes in it."""
    page.goto("/listes/L18")


@shot("donnees-sensibles", "dora", DESK)
def sensitive(page: Page) -> None:
    """Values kept only once allowed."""
    page.goto("/donnees-sensibles")


@shot("carnet", "samia", PHONE)
def notebook_without_network(page: Page) -> None:
    """The notebook in a round, the network gone: what was counted waits."""
    open_notebook(page)
    page.get_by_role("button", name="J’y suis").first.click()
    count = page.get_by_role("button", name="Un contact de plus", exact=True)
    count.wait_for()
    page.locator("#transmission", has_text="À jour").wait_for()
    page.context.set_offline(True)
    for waiting in ("1 en attente", "2 en attente", "3 en attente"):
        count.click()
        page.get_by_text(waiting).wait_for()
    page.evaluate("document.getElementById('annonces').textContent = ''")


@shot("carnet-telephone", "samia", PHONE)
def health_of_the_phone(page: Page) -> None:
    """What waits, the last contact, the room left; the network is still gone."""
    page.goto("/carnet/#telephone")
    page.get_by_role("heading", name="Santé du téléphone").wait_for()


@shot("carte-arabe", "samia", PHONE)
def card_in_arabic(page: Page) -> None:
    """The first card for residents, beside French."""
    page.context.set_offline(False)
    page.goto("/cartes/ar")


@shot("securite", "samia", PHONE)
def safety_of_the_team(page: Page) -> None:
    """Alert, timer, on-call chain."""
    page.goto("/securite/")


@shot("mediation", "samia", DESK)
def formal_mediation(page: Page) -> None:
    """A case whose agreement is being followed, as its mediator reads it."""
    page.goto("/mediations/")
    page.locator("tr", has_text="Suivi de l’accord").get_by_role("link").first.click()


@shot("fiche-reflexive", "samia", DESK)
def reflective_sheet(page: Page) -> None:
    """A critical incident grid, before the first word."""
    page.goto("/pratique/")
    page.locator("main").get_by_role("link", name=re.compile("hoc|ncident")).first.click()


# Gestures that several pictures share.


def open_notebook(page: Page) -> None:
    """Prepare the phone, unlock it, begin a round."""
    phrase = "quatre mots bien à moi"
    page.goto("/carnet/")
    page.get_by_label("Une phrase de dix signes au moins").fill(phrase)
    page.get_by_role("button", name="Préparer ce téléphone").click()
    page.get_by_text("Déverrouiller pour commencer une tournée").click()
    page.get_by_label("Votre phrase").fill(phrase)
    page.get_by_role("button", name="Déverrouiller", exact=True).click()
    page.get_by_role("button", name=re.compile("Commencer une tournée")).first.click()


def tap(page: Page, label: str) -> None:
    """Choose an answer by its words, were it folded under « Autre… »."""
    answer = page.locator("main").get_by_label(label, exact=True).first
    answer.evaluate("e => { for (let d = e; (d = d.parentElement.closest('details')); ) d.open = true; }")
    answer.check()


def show(words: Locator) -> None:
    """Bring this to the top of the window, with a little air."""
    words.evaluate("e => window.scrollTo({top: e.getBoundingClientRect().top + window.scrollY - 20})")


def conflict(page: Page) -> None:
    """An act begun: a conflict calmed on the spot."""
    page.goto("/noter/")
    tap(page, "Conflit régulé sur place")
    tap(page, "Apaisé sur place")


def landlords_report(page: Page) -> None:
    """The landlord's October beside September."""
    page.goto("/bilans/")
    funder = page.get_by_label("Financeur")
    funder.select_option(funder.locator("option", has_text="Foyers du Rouet").get_attribute("value"))
    page.get_by_label("Comparer à").select_option("avant")
    with page.expect_navigation():
        funder.evaluate("e => e.form.requestSubmit()")
