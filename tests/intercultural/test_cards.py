"""Cards shown to a resident: hidden until reviewed, in two languages, each in its direction."""

import pytest
from django.urls import reverse

from entremise.core.errors import NotFound
from entremise.core.time import today
from entremise.intercultural import queries
from entremise.intercultural.decks import KEYS, LINES, decks
from entremise.intercultural.models import CardReview

pytestmark = pytest.mark.django_db


def review_all(person, code, **texts):
    deck = decks()[code]
    CardReview.objects.bulk_create(
        CardReview(
            organisation_id=person.actor.organisation_id,
            language=code,
            key=key,
            fingerprint=deck.fingerprint(key),
            reviewer_name="Leïla",
            reviewed_on=today(),
            **texts.get(key, {}),
        )
        for key in KEYS
    )


def page(client, code, card="qui", **query):
    return client.get(reverse("intercultural:card", args=[code, card]), query)


def test_a_language_that_nobody_reviewed_is_not_shown_to_residents(cast, signed_in):
    client = signed_in(cast.samia)
    listed = client.get(reverse("intercultural:cards")).content.decode()
    assert "Pas encore relues" in listed
    assert "ትግርኛ" not in listed
    answer = page(client, "ti")
    assert answer.status_code == 404
    assert "Carte non relue" in answer.content.decode()
    with pytest.raises(NotFound):
        queries.get_deck(cast.samia.actor, "ti")


def test_french_needs_no_review(cast, signed_in):
    assert page(signed_in(cast.samia), "fr").status_code == 200


def test_a_language_reviewed_to_the_last_text_is_shown_with_who_and_when(cast, signed_in):
    review_all(cast.claire, "ti")
    shown = page(signed_in(cast.samia), "ti").content.decode()
    assert "Relu par Leïla" in shown
    assert "Non relu" not in shown
    CardReview.objects.filter(key=KEYS[0]).delete()
    assert page(signed_in(cast.samia), "ti").status_code == 404


def test_another_organisation_s_review_shows_nothing_here(cast, signed_in):
    review_all(cast.clara, "ti")
    assert page(signed_in(cast.samia), "ti").status_code == 404
    assert page(signed_in(cast.ines), "ti").status_code == 200


def test_a_review_of_another_wording_holds_no_longer(cast):
    review_all(cast.claire, "ti")
    CardReview.objects.filter(key="qui.police").update(fingerprint="0" * 16)
    standing = next(one for one in queries.list_standings(cast.samia.actor) if one.deck.code == "ti")
    assert (standing.reviewed, standing.is_reviewed) == (len(KEYS) - 1, False)


def test_the_demonstration_shows_the_mark_and_invents_no_reviewer(cast, signed_in, shown):
    text = page(signed_in(cast.samia), "ti").content.decode()
    assert "Non relu" in text
    assert "Relu par" not in text


def test_each_side_says_its_language_and_its_direction(cast, signed_in, shown):
    text = page(signed_in(cast.samia), "ar").content.decode()
    assert 'lang="ar" dir="rtl"' in text
    assert 'lang="fr" dir="ltr"' in text
    assert '<bdi dir="auto">Passage commun</bdi>' in text
    assert "التالي" in text
    assert "Suivant" in text


def test_the_mediator_is_said_as_a_woman_and_the_choice_is_kept(cast, signed_in, shown):
    client = signed_in(cast.samia)
    assert "أنا وسيطة اجتماعية" in page(client, "ar", forme="f").content.decode()
    assert "Je suis médiatrice sociale" in page(client, "ar").content.decode()
    assert "Je suis médiateur social" in page(client, "ar", forme="m").content.decode()
    assert "Je suis médiateur social" in page(client, "ar", forme="autre").content.decode()


def test_numbers_come_from_their_reference(cast, signed_in, shown):
    text = page(signed_in(cast.samia), "ar", "numeros").content.decode()
    assert 'href="tel:3919"' in text
    assert "{n17}" not in page(signed_in(cast.samia), "ar", "limites").content.decode()


def test_a_language_without_a_card_says_what_to_do(cast, signed_in):
    client = signed_in(cast.samia)
    answer = client.get(reverse("intercultural:deck", args=["wo"]))
    assert answer.status_code == 404
    assert "appelez un interprète" in answer.content.decode()
    assert client.get(reverse("intercultural:deck", args=["klingon"])).status_code == 404
    assert page(client, "fr", "inconnue").status_code == 404


def test_the_first_page_of_a_language_is_its_first_card(cast, signed_in, shown):
    answer = signed_in(cast.samia).get(reverse("intercultural:deck", args=["en"]))
    assert answer.url == reverse("intercultural:card", args=["en", "qui"])


def test_cards_ask_for_a_sign_in(client):
    assert client.get(reverse("intercultural:cards")).status_code == 302


@pytest.mark.parametrize("name", ["samia", "claire", "alban", "dora", "leo"])
def test_every_member_may_show_a_card(cast, signed_in, name):
    assert page(signed_in(vars(cast)[name]), "fr").status_code == 200


def test_the_whole_deck_holds_each_card_once(cast, signed_in, shown):
    text = signed_in(cast.samia).get(reverse("intercultural:whole_deck", args=["ti"])).content.decode()
    assert text.count("<article ") == len(LINES)


def test_what_a_reviewer_types_is_text_and_never_markup(cast, signed_in):
    bad = {"feminine": "<b>{organisation.__class__}</b>", "masculine": "<b>{organisation.__class__}</b>"}
    review_all(cast.claire, "en", **{"qui.organisation": bad})
    text = page(signed_in(cast.samia), "en").content.decode()
    assert "&lt;b&gt;{organisation.__class__}&lt;/b&gt;" in text


def test_a_card_asks_the_same_queries_whatever_the_language(cast, signed_in, shown, django_assert_max_num_queries):
    client = signed_in(cast.samia)
    page(client, "ar")
    with django_assert_max_num_queries(10):
        page(client, "ti", "numeros")
