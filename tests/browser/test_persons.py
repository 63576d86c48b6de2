"""A person followed from the first fiche to a withdrawn agreement, in a real browser."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from entremise.privacy.models import Agreement, Person
from tests.browser.conftest import PHONE, axe_faults, overflow, shot


def test_a_person_is_followed_agrees_and_withdraws(site, cast, open_page, enter):
    page = enter(open_page(PHONE), cast.samia)
    page.goto(site + reverse("privacy:persons"))
    page.get_by_role("link", name="Ouvrir la première fiche").click()
    page.get_by_label("Année de naissance").fill("1984")
    page.get_by_role("group", name="Langues parlées").get_by_label("Turc", exact=True).check()
    page.get_by_text("Contact, seulement s’il le faut").click()
    page.get_by_label("Son téléphone est surveillé").check()
    page.get_by_label("Téléphone", exact=True).fill("06 00 00 00 01")
    page.get_by_role("button", name="Ouvrir la fiche").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_label("Téléphone", exact=True)).to_have_value("06 00 00 00 01")
    assert Person.objects.count() == 0
    page.get_by_label("Pourquoi un contact est nécessaire").select_option("protection")
    page.get_by_role("button", name="Ouvrir la fiche").click()
    expect(page.get_by_role("heading", name=re.compile(r"^Personne \d\d-1$"))).to_be_visible()
    person = Person.objects.get()
    expect(page.get_by_text("Ne pas appeler : téléphone surveillé. La rencontrer en personne.").first).to_be_visible()
    assert "06 00 00 00 01" not in page.content()

    page.get_by_role("link", name="Noter un accord").click()
    page.get_by_label("La notice a été expliquée").check()
    page.get_by_role("button", name="Noter cet accord").click()
    expect(page.get_by_text("En cours")).to_be_visible()
    assert Agreement.objects.get().language == "tr"
    page.get_by_role("button", name="Ouvrir un fil pour cette personne").click()
    expect(page.get_by_text("Ce fil concerne la personne")).to_be_visible()

    page.goto(site + reverse("privacy:person", args=[person.pk]))
    page.get_by_role("link", name="Retirer cet accord").click()
    expect(page.get_by_text("Ce qui s’arrête tout de suite")).to_be_visible()
    assert (axe_faults(page), overflow(page)) == ([], 0)
    page.get_by_role("button", name="Retirer l’accord").click()
    expect(page.get_by_text("Accord retiré").first).to_be_visible()
    expect(page.get_by_text("Clos", exact=True)).to_be_visible()  # the panel: the thread closed with the agreement
    assert (axe_faults(page), overflow(page)) == ([], 0)
    shot(page, "personne-accord-retire")
    assert Agreement.objects.count() == 2
