"""The cards as one organisation may show them: texts as reviewed, numbers from their reference."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from entremise.accounts.queries import get_organisation
from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.permissions import require
from entremise.intercultural import calls
from entremise.intercultural.decks import (
    BUTTON_NAMES,
    BUTTONS,
    CALLS,
    KEYS,
    LINES,
    NUMBERS,
    PLACEHOLDERS,
    SOURCE,
    Deck,
    Text,
    decks,
    pictogram,
)
from entremise.intercultural.enums import MediatorForm
from entremise.intercultural.models import CardReview, CardVoice
from entremise.intercultural.queries.voices import voices_of

Reviews = Mapping[str, CardReview]
_PLACEHOLDER = re.compile("(" + "|".join(map(re.escape, PLACEHOLDERS)) + ")")


@dataclass(frozen=True)
class Call:
    """A number to call and what it is for, in the resident's words."""

    number: str
    href: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """One card in one language."""

    code: str
    title: str
    lines: tuple[SafeString, ...]
    plain: tuple[str, ...]
    calls: tuple[Call, ...]
    pictogram: SafeString
    voice: CardVoice | None

    @property
    def spoken(self) -> str:
        """What the device's voice reads."""
        said = [self.title, *self.plain, *(f"{call.number}: {call.words}" for call in self.calls)]
        return ". ".join(words.rstrip(".。።") for words in said)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the review of a language stands. ``by`` and ``on`` are those of the latest review."""

    deck: Deck
    reviewed: int
    total: int
    by: str
    on: dt.date | None

    @property
    def is_reviewed(self) -> bool:
        """True when each text was read again as it stands; French is the text of reference."""
        return self.deck.is_source or self.reviewed == self.total

    @property
    def is_shown(self) -> bool:
        """True when residents may be shown it: reviewed, or in a demonstration that says it is not."""
        return self.is_reviewed or settings.DEMO


@dataclass(frozen=True, kw_only=True)
class ShownDeck:
    """The cards of a language, ready to be shown or printed."""

    standing: Standing
    form: str
    buttons: dict[str, str]
    cards: tuple[Card, ...]

    @property
    def deck(self) -> Deck:
        """The language."""
        return self.standing.deck

    def card(self, code: str) -> Card:
        """One card; NotFound when there is none of this code."""
        found = next((one for one in self.cards if one.code == code), None)
        if found is None:
            raise NotFound(code)
        return found


def reviews_of(actor: Actor, code: str = "") -> dict[str, dict[str, CardReview]]:
    """The reviews that still hold, by language then key; one query."""
    rows = CardReview.objects.visible_to(actor)
    found: dict[str, dict[str, CardReview]] = {known: {} for known in decks()}
    for review in rows.filter(language=code) if code else rows:
        deck = decks().get(review.language)
        if deck is not None and review.key in deck.texts and review.fingerprint == deck.fingerprint(review.key):
            found[review.language][review.key] = review
    return found


def card_codes() -> tuple[str, ...]:
    """The code of every language that has cards, shown or not."""
    return tuple(decks())


def list_standings(actor: Actor) -> list[Standing]:
    """Every language that has cards, in order, with where its review stands; one query."""
    require(actor, "intercultural.show_cards")
    reviews = reviews_of(actor)
    return [standing_of(deck, reviews[code]) for code, deck in decks().items()]


def offered_decks(actor: Actor) -> list[dict[str, str]]:
    """What a phone needs to offer a language and to keep it: names, address of the whole deck, font of its script."""
    return [
        {
            "code": one.deck.code,
            "name": one.deck.name,
            "french": one.deck.french_name,
            "lang": one.deck.lang,
            "dir": one.deck.direction,
            "url": reverse("intercultural:whole_deck", args=[one.deck.code]),
            **_font_of(one.deck),
        }
        for one in list_standings(actor)
        if one.is_shown
    ]


def _font_of(deck: Deck) -> dict[str, str]:
    if deck.is_rtl:
        return {"font": static("fonts/NotoSansArabic[wdth,wght].ttf"), "font_name": "Noto Sans Arabic"}
    if deck.lang == "ti":
        return {"font": reverse("intercultural:font"), "font_name": "Entremise Ethiopic"}
    return {"font": "", "font_name": ""}


def standing_of(deck: Deck, reviews: Reviews) -> Standing:
    """Where one language stands, given its reviews."""
    known = [reviews[key] for key in KEYS if key in reviews]  # the paper of an agreement is read again apart
    last = max(known, key=lambda review: (review.reviewed_on, review.created_at), default=None)
    return Standing(
        deck=deck,
        reviewed=len(known),
        total=len(KEYS),
        by=last.reviewer_name if last else "",
        on=last.reviewed_on if last else None,
    )


def get_deck(actor: Actor, code: str, form: str = MediatorForm.MASCULINE) -> ShownDeck:
    """The cards of a language; NotFound when it has none, or none that may be shown here."""
    require(actor, "intercultural.show_cards")
    deck = decks().get(code)
    if deck is None:
        raise NotFound(code)
    reviews = reviews_of(actor, code)[code]
    standing = standing_of(deck, reviews)
    if not standing.is_shown:
        raise NotFound(code)
    return _shown(actor, standing, reviews, form)


def get_pair(actor: Actor, code: str, form: str) -> tuple[ShownDeck, ShownDeck]:
    """The cards of a language, and the same in French."""
    shown = get_deck(actor, code, form)
    return shown, shown if shown.deck.is_source else get_deck(actor, SOURCE, form)


def wording(deck: Deck, key: str, review: CardReview | None) -> Text:
    """A text as it is said here: corrected by its reviewer, or as the software carries it."""
    if review is None or not review.masculine:
        return deck.texts[key]
    return Text(review.feminine, review.masculine)


def _shown(actor: Actor, standing: Standing, reviews: Reviews, form: str) -> ShownDeck:
    voices = voices_of(actor, standing.deck.code, form)
    said = {key: wording(standing.deck, key, reviews.get(key)).said(form) for key in KEYS}
    fillings = {name: calls.number(code).number for name, code in PLACEHOLDERS.items() if code}
    fillings["{organisation}"] = get_organisation(actor.organisation_id).name
    return ShownDeck(
        standing=standing,
        form=form,
        buttons={name: said[f"{BUTTONS}.{name}"] for name in BUTTON_NAMES},
        cards=tuple(_card(code, said, fillings, voices.get(code)) for code in LINES),
    )


def _card(code: str, said: Mapping[str, str], fillings: Mapping[str, str], voice: CardVoice | None) -> Card:
    texts = [said[f"{code}.{line}"] for line in LINES[code]]
    return Card(
        code=code,
        title=said[f"{code}.titre"],
        lines=tuple(_marked(text, fillings) for text in texts),
        plain=tuple(_filled(text, fillings) for text in texts),
        calls=tuple(_call(said, number) for number in CALLS) if code == NUMBERS else (),
        pictogram=mark_safe(pictogram(code)),  # noqa: S308 - our own file
        voice=voice,
    )


def _call(said: Mapping[str, str], code: str) -> Call:
    known = calls.number(code)
    return Call(known.number, known.href, said[f"{NUMBERS}.{code}"])


def _filled(text: str, fillings: Mapping[str, str]) -> str:
    for name, words in fillings.items():
        text = text.replace(name, words)
    return text


def _marked(text: str, fillings: Mapping[str, str]) -> SafeString:
    """As HTML: what is inserted keeps its own direction, whatever the sentence around it."""
    pieces = (_isolated(fillings[piece]) if piece in fillings else piece for piece in _PLACEHOLDER.split(text))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _isolated(words: str) -> SafeString:
    return format_html('<bdi dir="auto">{}</bdi>', words)
