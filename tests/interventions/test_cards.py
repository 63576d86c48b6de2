"""Reflex cards open for every danger sign, speak in short sentences and say who to call."""

import pytest

from entremise.accounts import presets
from entremise.accounts.enums import Job
from entremise.interventions import texthelper
from entremise.interventions.enums import DangerSign
from entremise.interventions.reference import cards

CARDS = cards.all_cards()


def test_each_danger_sign_has_its_card_and_the_general_one_comes_first():
    assert CARDS[0].code == cards.GENERAL
    assert {card.sign for card in CARDS if card.sign} == set(DangerSign.values)


@pytest.mark.parametrize("card", CARDS, ids=[card.code for card in CARDS])
def test_a_card_can_be_read_while_walking(card):
    assert len(card.title) <= 40
    assert len(card.summary) <= 110
    assert 2 <= len(card.sections) <= 4
    for section in card.sections:
        assert 1 <= len(section.items) <= 8
        for item in section.items:
            assert len(item) <= 130, item
    assert card.numbers
    assert card.confidence
    assert card.limit
    assert card.legal


@pytest.mark.parametrize("card", CARDS, ids=[card.code for card in CARDS])
def test_a_card_names_no_guilty_party_and_orders_nothing(card):
    text = " / ".join([card.title, card.summary, card.mediation, *(i for s in card.sections for i in s.items)])
    for word in ("agresseur", "agresseuse", "patrouille", "délinquant", "ticket", "!"):
        assert word not in text.lower()
    kinds = {finding.kind for finding in texthelper.find(text)}
    assert kinds.isdisjoint({"name", "phone", "email", "address", "nir"})


def test_only_rules_of_law_that_were_checked_by_hand_are_quoted():
    quoted = {rule.reference for card in CARDS for rule in card.legal}
    assert quoted == {
        "Code pénal, article 223-6",
        "Code pénal, article 434-1",
        "Code pénal, article 434-3",
        "Code du travail, article L. 4131-1",
        "Code de l’action sociale et des familles, article L. 226-3",
        "Convention d’Istanbul, article 48",
    }


def test_violence_within_a_couple_excludes_mediation_between_them():
    (card,) = cards.for_signs([DangerSign.VIOLENCES_COUPLE])
    assert "exclue" in card.mediation
    assert "jamais de médiation" in card.summary
    assert "3919" in [number.code for number in card.numbers]


def test_signs_open_their_cards_in_order_without_double_and_unknown_ones_open_nothing():
    found = cards.for_signs(["suicide", "arme", "arme.local7f3a", "inconnu", ""])
    assert [card.code for card in found] == ["arme", "suicide"]
    assert cards.for_signs([]) == []


@pytest.mark.parametrize("name", ["samia", "claire", "leo"])
def test_every_member_opens_every_card(cast, signed_in, name):
    client = signed_in(cast.people()[name])
    page = client.get("/urgence/cartes").content.decode()
    for card in CARDS:
        assert card.title in page
        answer = client.get(f"/urgence/cartes/{card.code}")
        assert answer.status_code == 200
        assert f'href="{card.numbers[0].href}"' in answer.content.decode()


def test_each_job_has_its_cards_first_and_they_exist():
    assert set(cards.BY_JOB) == set(Job)
    for job in Job:
        assert cards.for_jobs([job])[0].code == cards.GENERAL
        assert set(presets.codes(job, presets.CARDS)) == {card.code for card in cards.for_jobs([job])}
    assert cards.for_jobs(["inconnu"]) == []


def test_the_list_puts_the_cards_of_ones_job_first(cast, signed_in):
    page = signed_in(cast.samia).get("/urgence/cartes").content.decode()
    assert page.index("Arme ou objet dangereux") < page.index("Les autres") < page.index("Violences au sein du couple")


def test_an_unknown_card_is_not_found(cast, signed_in):
    assert signed_in(cast.samia).get("/urgence/cartes/inconnue").status_code == 404


def test_the_card_can_be_put_inside_another_page(cast, signed_in):
    from django.template.loader import render_to_string

    fragment = render_to_string("interventions/card.html#card", {"card": CARDS[1]})
    assert "<html" not in fragment
    assert CARDS[1].sections[0].items[0] in fragment
