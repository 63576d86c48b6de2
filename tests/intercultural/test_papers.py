"""The texts of an agreement's paper: hidden until read again, apart from the cards; corrected where they were."""

import pytest
from django.urls import reverse

from entremise.core.errors import NotFound
from entremise.intercultural import queries, services
from entremise.intercultural.commands import ReviewedText
from entremise.intercultural.decks import CODES, PAPERS, decks, keys_of

pytestmark = pytest.mark.django_db


def review(cast, code, paper="entente", **changed):
    texts = []
    for key in keys_of(paper):
        said = changed.get(key.split(".")[1], decks()[code].texts[key].masculine)
        texts.append(ReviewedText(key=key, feminine=said, masculine=said))
    return services.review_texts(actor=cast.claire.actor, language=code, texts=texts, reviewer_name="Leïla")


def test_french_alone_is_shown_until_someone_reads_a_language_again(cast):
    assert queries.paper_languages(cast.samia.actor) == [("fr", "Français")]
    for code in ("ar", "xx"):
        with pytest.raises(NotFound):
            queries.paper_texts(cast.samia.actor, code)
    review(cast, "ar", titre="اتفاق")
    assert [code for code, _ in queries.paper_languages(cast.samia.actor)] == ["fr", "ar"]
    texts = queries.paper_texts(cast.samia.actor, "ar")
    assert (texts.said["titre"], texts.mark, texts.direction) == ("اتفاق", "", "rtl")
    assert [code for code, _ in queries.paper_languages(cast.ines.actor)] == ["fr"]  # each organisation its reviewers


def test_the_cards_and_the_paper_are_read_again_apart(cast):
    review(cast, "ar")
    with pytest.raises(NotFound):
        queries.get_deck(cast.samia.actor, "ar")
    (standing,) = [one for one in queries.list_standings(cast.samia.actor) if one.deck.code == "ar"]
    assert standing.reviewed == 0


def test_each_paper_is_read_again_apart(cast):
    review(cast, "ru", "courrier")
    assert [code for code, _ in queries.paper_languages(cast.samia.actor, "courrier")] == ["fr", "ru"]
    assert queries.paper_texts_or_french(cast.samia.actor, "ru", "courrier").code == "ru"
    assert queries.paper_texts_or_french(cast.samia.actor, "ru").code == "fr"


def test_the_demonstration_shows_every_language_with_its_mark(cast, shown):
    assert [code for code, _ in queries.paper_languages(cast.samia.actor)] == list(CODES)
    for code in CODES:
        for paper in PAPERS:
            assert bool(queries.paper_texts(cast.samia.actor, code, paper).mark) == (code != "fr")
        assert len(queries.paper_texts(cast.samia.actor, code).frame()) == 4


def test_they_have_their_own_page_of_review_and_no_voice(cast, signed_in, shown):
    client = signed_in(cast.claire)
    page = client.get(reverse("intercultural:review", args=["ti", "entente"])).content.decode()
    assert "L’accord de médiation, sur papier" in page
    assert "ናይ መንጎኛነት ስምምዕ" in page
    assert 'value="entente"' not in client.get(reverse("intercultural:voices", args=["ti"])).content.decode()
