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

__all__ = [
    "Card",
    "Language",
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
    "reviews_of",
]
