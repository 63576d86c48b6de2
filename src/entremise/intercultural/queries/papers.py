"""The texts that never change in an agreement or a letter, in the languages that may be shown here."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.permissions import require
from entremise.intercultural.decks import AGREEMENT, BUTTONS, PAPERS, SOURCE, Deck, decks, keys_of
from entremise.intercultural.queries.cards import Reviews, reviews_of, wording


@dataclass(frozen=True, kw_only=True)
class PaperTexts:
    """Headings and sentences in one language, by name. ``mark`` says that nobody read them again; else it is empty."""

    code: str
    name: str
    french_name: str
    lang: str
    direction: str
    mark: str
    said: Mapping[str, str]

    @property
    def is_source(self) -> bool:
        """True for French."""
        return self.code == SOURCE

    def frame(self) -> list[str]:
        """The sentences that every agreement holds."""
        return [self.said[name] for name in ("libre", "confidentiel", "tiers", "justice")]


def paper_languages(actor: Actor, paper: str = AGREEMENT) -> list[tuple[str, str]]:
    """(code, French name) of each language in which this paper may be given here, French first; one query."""
    require(actor, "intercultural.show_cards")
    reviews = reviews_of(actor)
    return [(code, deck.french_name) for code, deck in decks().items() if _is_shown(deck, paper, reviews[code])]


def paper_texts(actor: Actor, code: str, paper: str = AGREEMENT) -> PaperTexts:
    """The texts of a paper in one language; NotFound when there are none, or none that may be shown here."""
    require(actor, "intercultural.show_cards")
    deck = decks().get(code)
    if deck is None:
        raise NotFound(code)
    reviews = reviews_of(actor, code)[code]
    if not _is_shown(deck, paper, reviews):
        raise NotFound(code)
    told = {name: _said(deck, f"{paper}.{name}", reviews) for name in PAPERS[paper]}
    return PaperTexts(
        code=code,
        name=deck.name,
        french_name=deck.french_name,
        lang=deck.lang,
        direction=deck.direction,
        mark="" if _is_reviewed(deck, paper, reviews) else _said(deck, f"{BUTTONS}.non_relu", reviews),
        said=told,
    )


def paper_texts_or_french(actor: Actor, code: str, paper: str = AGREEMENT) -> PaperTexts:
    """In this language; in French where it has no texts, or none that were read again."""
    try:
        return paper_texts(actor, code, paper)
    except NotFound:
        return paper_texts(actor, SOURCE, paper)


def _is_reviewed(deck: Deck, paper: str, reviews: Reviews) -> bool:
    return deck.is_source or all(key in reviews for key in keys_of(paper))


def _is_shown(deck: Deck, paper: str, reviews: Reviews) -> bool:
    """Reviewed, or in a demonstration that says it is not."""
    return _is_reviewed(deck, paper, reviews) or settings.DEMO


def _said(deck: Deck, key: str, reviews: Reviews) -> str:
    return wording(deck, key, reviews.get(key)).masculine
