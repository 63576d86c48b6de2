"""Reads of this module: languages, cards for residents."""

from entremise.intercultural.queries.cards import (
    Card,
    ShownDeck,
    Standing,
    card_codes,
    get_deck,
    get_pair,
    list_standings,
    offered_decks,
    reviews_of,
)
from entremise.intercultural.queries.languages import (
    Language,
    language,
    language_choices,
    language_names,
    languages,
)
from entremise.intercultural.queries.papers import (
    PaperTexts,
    paper_languages,
    paper_texts,
    paper_texts_or_french,
)

__all__ = [
    "Card",
    "Language",
    "PaperTexts",
    "ShownDeck",
    "Standing",
    "card_codes",
    "get_deck",
    "get_pair",
    "language",
    "language_choices",
    "language_names",
    "languages",
    "list_standings",
    "offered_decks",
    "paper_languages",
    "paper_texts",
    "paper_texts_or_french",
    "reviews_of",
]
