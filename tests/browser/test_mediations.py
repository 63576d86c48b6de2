"""Formal mediations in a real browser: an agreement kept at three months, one stopped, one without agreement."""

import datetime as dt
import re

import time_machine
from django.urls import reverse
from playwright.sync_api import Page, expect

from entremise.core.time import now, today
from entremise.mediations.models import Case, FollowUp, Party
from entremise.mediations.queries.figures import figures
from tests.browser.conftest import DESK, PHONE, axe_faults, overflow, shot, stretch
from tests.mediations import build
from tests.privacy.people import named


def looks_right(page: Page, name: str) -> None:
    stretch(page)
    assert (axe_faults(page), overflow(page)) == ([], 0)
    shot(page, name)


def step(page: Page, label: str) -> None:
    """Go on to a stage, and wait for the page to say it."""
    page.get_by_role("button", name=f"Passer à l’étape : {label}").click()
    expect(page.get_by_text(f"Étape : {label}.")).to_be_visible()


def side(page: Page, letter: str):
    return page.get_by_role("article").filter(has=page.get_by_role("heading", name=f"Partie {letter} ·"))


def heard(page: Page, letter: str, kind: str) -> None:
    """Note a session held with these parties, the frame explained."""
    page.get_by_role("link", name="Noter une séance").click()
    page.get_by_label(kind, exact=True).check()
    for one in letter:
        page.get_by_label(f"Partie {one}, ").check()
    page.get_by_label("Le cadre a été expliqué").check()
    page.get_by_role("button", name="Enregistrer la séance").click()
    expect(page.get_by_text("Séance notée")).to_be_visible()
    page.get_by_role("link", name="Médiation", exact=False).and_(page.locator(".lead a")).click()
    expect(page.get_by_role("heading", name="Fil de la médiation")).to_be_visible()


def test_a_noise_dispute_from_the_saisine_to_the_agreement_kept_at_three_months(site, cast, open_page, enter):
    for name in ("Awa Cissokho", "Marc Lindon"):
        named(cast, name)
    page = enter(open_page(PHONE), cast.samia)
    page.goto(site + reverse("mediations:list"))
    page.get_by_role("link", name="Ouvrir une médiation").click()
    page.get_by_label("Habitant ou usager", exact=True).check()
    page.get_by_label("Ce qui est demandé").fill("Le bruit dans le hall et au-dessus, le soir.")
    page.get_by_role("button", name="Ouvrir la médiation").click()
    expect(page.get_by_text("Aucune partie")).to_be_visible()
    case = Case.objects.get()
    for person in ("Awa Cissokho", "Marc Lindon"):
        page.get_by_role("link", name="Ajouter une partie").click()
        rank = {"Awa Cissokho": 0, "Marc Lindon": 1}[person]
        known = [str(one) for one in _persons()]
        page.get_by_label("La personne").last.select_option(known[rank])
        page.get_by_role("button", name="Ajouter la partie").click()
        expect(page.get_by_role("heading", name=person)).to_be_visible()
    step(page, "Recevabilité")
    page.get_by_role("link", name="Décider de la recevabilité").click()
    looks_right(page, "mediation-recevabilite")
    page.get_by_label("J’ai relu chaque motif").check()
    page.get_by_role("button", name="La médiation est recevable").click()
    expect(page.get_by_text("La médiation est recevable.")).to_be_visible()
    step(page, "Contact de l’autre partie")
    expect(page.get_by_text("Chaque partie doit avoir été contactée.")).to_be_visible()
    for letter in "AB":
        side(page, letter).get_by_role("link", name="Noter le premier contact").click()
        page.get_by_role("button", name="Noter le premier contact").click()
        expect(page.get_by_text(f"Partie {letter} jointe")).to_be_visible()
    step(page, "Entretiens préalables")
    for letter in "AB":
        heard(page, letter, "Entretien préalable, avec une partie")
    step(page, "Accord pour entrer en médiation")
    looks_right(page, "mediation-engagement")
    for letter in "AB":
        side(page, letter).get_by_role("link", name="Noter son accord pour entrer").click()
        page.get_by_role("button", name="Noter son accord").click()
        expect(page.get_by_text(f"Partie {letter} : son accord est noté")).to_be_visible()
    step(page, "Table ronde")
    heard(page, "AB", "Table ronde, avec les parties")
    step(page, "Recherche d’options")
    step(page, "Accord ou absence d’accord")
    page.get_by_role("link", name="Écrire le projet d’accord").click()
    _draft(page)
    for letter in "AB":
        page.get_by_role("link", name="Faire signer").first.click()
        _sign(page, letter)
        page.get_by_role("button", name="Je suis d’accord").click()
        expect(page.get_by_text(f"Partie {letter} : sa parole est notée")).to_be_visible()
    expect(page.get_by_role("img", name="Signature de la partie A")).to_be_visible()
    looks_right(page, "mediation-accord")
    page.get_by_role("button", name="Conclure l’accord").click()
    expect(page.get_by_text("Accord conclu.")).to_be_visible()
    looks_right(page, "mediation-suivi")

    last = FollowUp.objects.get(step="trimestre")
    with time_machine.travel(now() + dt.timedelta(days=90), tick=True):
        page = enter(open_page(DESK), cast.samia)
        page.goto(site + reverse("mediations:follow_up", args=[case.pk, last.pk]))
        page.get_by_label("Respecté", exact=True).check()
        looks_right(page, "mediation-point")
        page.get_by_role("button", name="Noter ce point").click()
        expect(page.get_by_text("Le point est noté")).to_be_visible()
        page.get_by_role("link", name="Clore la médiation").click()
        page.get_by_label("Accord total", exact=True).check()
        page.get_by_role("button", name="Clore la médiation").click()
        expect(page.get_by_text("Médiation close.")).to_be_visible()
        looks_right(page, "mediation-close")
    case.refresh_from_db()
    last.refresh_from_db()
    assert (case.outcome, last.kept) == ("accord_total", "respecte")


def _persons() -> list:
    from entremise.privacy.models import Person

    return list(Person.objects.order_by("opened_at", "pk").values_list("pk", flat=True))


def _sign(page: Page, letter: str) -> None:
    """A draws in the frame, wipes it and draws again; B, whose hand cannot, gives its word aloud by the keyboard."""
    pad = page.get_by_role("img", name="Cadre de signature")
    expect(pad).to_be_hidden()
    if letter == "B":
        page.get_by_label("De vive voix, attesté par le médiateur", exact=True).focus()
        page.keyboard.press("Space")
        expect(pad).to_be_hidden()
        return
    page.get_by_label("À l’écran, devant le médiateur", exact=True).check()
    expect(pad).to_be_visible()
    page.get_by_role("button", name="Je suis d’accord").click()
    expect(page.get_by_text("Faites signer dans le cadre.").first).to_be_visible()
    for drawn in (1, 2):
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        page.mouse.move(box["x"] + 20, box["y"] + 30)
        page.mouse.down()
        page.mouse.move(box["x"] + 120, box["y"] + 60, steps=5)
        page.mouse.up()
        expect(page.get_by_text("Signature tracée.")).to_be_visible()
        if drawn == 1:
            page.get_by_role("button", name="Effacer et recommencer").click()
            expect(page.get_by_text("Signature tracée.")).to_be_hidden()
    looks_right(page, "mediation-signature")


def _draft(page: Page) -> None:
    """A first try without a date is refused with what was typed; then the whole."""
    page.get_by_label("Contexte").fill("Le son du soir gêne ; chacun veut vivre chez soi.")
    row = page.get_by_role("group", name="Engagement 1")
    row.get_by_label("Ce qui sera fait").fill("Baisser le son après 22 h")
    row.get_by_label("Comment on le vérifie").fill("Un appel le samedi")
    page.get_by_label("L’accord a été lu à voix haute").check()
    page.get_by_role("button", name="Enregistrer le projet d’accord").click()
    expect(page.get_by_text("un engagement sans date ne se vérifie pas").first).to_be_visible()
    expect(row.get_by_label("Ce qui sera fait")).to_have_value("Baisser le son après 22 h")
    row.get_by_label("À partir du").fill(str(today()))
    page.get_by_role("button", name="Enregistrer le projet d’accord").click()
    expect(page.get_by_text("Projet d’accord enregistré")).to_be_visible()


def test_domestic_violence_stops_it_points_to_help_and_nobody_else_learns_why(site, cast, open_page, enter):
    case = build.at_stage(cast, "entretiens")
    page = enter(open_page(PHONE), cast.samia)
    page.goto(site + reverse("mediations:case", args=[case.pk]))
    page.get_by_role("link", name="Quelque chose interdit la médiation").click()
    page.get_by_label("Violences au sein du couple", exact=True).check()
    looks_right(page, "mediation-arreter")
    page.get_by_role("button", name="Arrêter la médiation et voir ce qui aide").click()
    expect(page.get_by_text("Écoute et orientation : 3919")).to_be_visible()
    looks_right(page, "mediation-arretee")
    other = enter(open_page(DESK), cast.claire)
    other.goto(site + reverse("mediations:case", args=[case.pk]))
    expect(other.get_by_text("La médiation n’est pas le cadre adapté").first).to_be_visible()
    assert "iolence" not in other.content()
    assert Party.objects.filter(case=case).first().person.name not in other.content()
    looks_right(other, "mediation-encadrante")


def test_a_dialogue_restored_without_agreement_is_counted_as_such(site, cast, open_page, enter):
    case = build.at_stage(cast, "pleniere")
    build.session(cast, case, "pleniere", "A", "B")
    page = enter(open_page(DESK), cast.samia)
    page.goto(site + reverse("mediations:close", args=[case.pk]))
    page.get_by_label("Dialogue rétabli sans accord", exact=True).check()
    page.get_by_role("button", name="Clore la médiation").click()
    expect(page.get_by_text("Médiation close.")).to_be_visible()
    found = figures(cast.claire.actor, today(), today())
    assert (found.dialogue.count, found.dialogue.out_of, found.agreed) == (1, 1, 0)
    other = enter(open_page(DESK), cast.claire)
    other.goto(site + reverse("mediations:figures"))
    expect(
        other.get_by_role("row", name=re.compile("^Dialogue rétabli sans accord.* 1 sur 1, 100\\s%$"))
    ).to_be_visible()
    looks_right(other, "mediation-chiffres")
