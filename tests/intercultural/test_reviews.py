"""Who reads a translation again says so under a name, text by text, and never breaks what is put in it."""

import pytest
from django.urls import reverse

from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.intercultural import queries, services
from entremise.intercultural.commands import ReviewedText
from entremise.intercultural.decks import KEYS, decks
from entremise.intercultural.models import CardReview
from entremise.journal.models import Entry

pytestmark = pytest.mark.django_db


def as_it_is(code, key):
    text = decks()[code].texts[key]
    return ReviewedText(key=key, feminine=text.feminine, masculine=text.masculine)


def review(person, code, *texts, name="Leïla"):
    return services.review_texts(actor=person.actor, language=code, texts=texts, reviewer_name=name)


def url(code="ar", part="qui"):
    return reverse("intercultural:review", args=[code, part])


def test_every_text_read_again_opens_the_language(cast):
    review(cast.claire, "ar", *(as_it_is("ar", key) for key in KEYS))
    shown = queries.get_deck(cast.samia.actor, "ar")
    assert shown.standing.is_reviewed
    assert shown.standing.by == "Leïla"


def test_a_corrected_text_is_the_one_that_is_shown(cast, shown):
    words = "Ich arbeite für {organisation}."
    review(cast.claire, "en", ReviewedText(key="qui.organisation", feminine=words, masculine=words))
    card = queries.get_deck(cast.samia.actor, "en").card("qui")
    assert "Ich arbeite für Passage commun." in card.plain


def test_a_text_kept_as_it_is_follows_no_copy(cast):
    review(cast.claire, "en", as_it_is("en", "qui.police"))
    kept = CardReview.objects.get()
    assert (kept.feminine, kept.masculine, kept.by_id) == ("", "", cast.claire.member.pk)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("I work.", "accolades"),
        ("I work for {organisation} {n17}.", "accolades"),
        ("I work for {organisation.pk}.", "accolades"),
        ("", "ligne vide"),
        ("x" * 400, "300 signes"),
        ("\x00", "ligne vide"),
    ],
)
def test_what_would_break_a_card_is_refused_beside_its_text(cast, words, said):
    with pytest.raises(InvalidInput) as refused:
        review(cast.claire, "en", ReviewedText(key="qui.organisation", feminine=words, masculine=words))
    assert said in refused.value.errors["qui.organisation"][0]


def test_a_review_is_signed_and_holds_something(cast):
    with pytest.raises(InvalidInput) as refused:
        review(cast.claire, "en", name=" ")
    assert set(refused.value.errors) == {"reviewer_name", "__all__"}


@pytest.mark.parametrize("code", ["fr", "wo"])
def test_french_and_unknown_languages_are_not_reviewed(cast, code):
    with pytest.raises(NotFound):
        review(cast.claire, code, as_it_is("en", "qui.police"))


@pytest.mark.parametrize("name", ["samia", "dora", "leo"])
def test_only_supervisors_and_administrators_review(cast, signed_in, name):
    with pytest.raises(NotAllowed):
        review(vars(cast)[name], "en", as_it_is("en", "qui.police"))
    for address in (reverse("intercultural:reviews"), url(), reverse("intercultural:voices", args=["ar"])):
        assert signed_in(vars(cast)[name]).get(address).status_code == 403


def test_the_page_stands_each_text_beside_its_french(cast, signed_in):
    page = signed_in(cast.alban).get(url()).content.decode()
    assert "Je ne suis pas de la police." in page
    assert "لستُ من الشرطة." in page
    assert 'dir="rtl"' in page


def test_the_page_keeps_what_is_ticked_and_nothing_else(cast, signed_in):
    text = decks()["ar"].texts["qui.police"].masculine
    sent = {"reviewer_name": "Leïla", "qui-police-m": text, "qui-police-lu": "on", "qui-camp-m": "لا"}
    answer = signed_in(cast.claire).post(url(), sent)
    assert answer.status_code == 302
    assert list(CardReview.objects.values_list("key", flat=True)) == ["qui.police"]


def test_a_refused_page_keeps_what_was_typed(cast, signed_in):
    sent = {"reviewer_name": "", "qui-police-m": "كلمات كُتبت", "qui-police-lu": "on"}
    answer = signed_in(cast.claire).post(url(), sent)
    assert answer.status_code == 422
    assert "كلمات كُتبت" in answer.content.decode()
    assert not CardReview.objects.exists()


def test_an_unknown_part_is_not_found(cast, signed_in):
    client = signed_in(cast.claire)
    assert client.get(url(part="rien")).status_code == 404
    assert client.get(url(code="fr")).status_code == 404


def test_the_journal_says_which_texts_and_no_name(cast):
    review(cast.claire, "en", as_it_is("en", "qui.police"))
    lines = [str(vars(entry)) for entry in Entry.objects.filter(name="card.texts_reviewed")]
    assert lines
    assert not any("Leïla" in line for line in lines)


def test_the_list_of_languages_asks_the_same_queries_with_more_reviews(cast, signed_in, django_assert_max_num_queries):
    client = signed_in(cast.claire)
    client.get(reverse("intercultural:reviews"))
    review(cast.claire, "en", *(as_it_is("en", key) for key in KEYS[:3]))
    with django_assert_max_num_queries(7):
        client.get(reverse("intercultural:reviews"))
