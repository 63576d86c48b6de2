"""The cards on paper: what the PDF's template is given."""

from typing import Any

from entremise.documents.services import can_draw, render_pdf
from entremise.intercultural.decks import pictogram
from entremise.intercultural.enums import Paper
from entremise.intercultural.queries import Card, ShownDeck

_INK = "#0b5c5a"


def can_print(shown: ShownDeck) -> bool:
    """False when no font of this machine draws the script of this language."""
    return can_draw("".join(card.title + "".join(card.plain) for card in shown.cards))


def to_pdf(shown: ShownDeck, french: ShownDeck, paper: str) -> bytes:
    """A6: a card a page, to fold in a pocket. A4: every card, to put on a wall. Tagged (PDF/UA)."""
    alone = shown.deck.is_source
    data = {
        "lang": shown.deck.lang,
        "dir": shown.deck.direction,
        "name": shown.deck.name,
        "mark": "" if shown.standing.is_reviewed else shown.buttons["non_relu"],
        "mark_french": "" if shown.standing.is_reviewed else french.buttons["non_relu"],
        "cards": [
            {
                "code": card.code,
                "own": _side(card),
                "french": None if alone else _side(french.card(card.code)),
            }
            for card in shown.cards
        ],
    }
    template = "cards_a6" if paper == Paper.A6 else "cards_a4"
    drawings = {card.code: pictogram(card.code).replace("currentColor", _INK) for card in shown.cards}
    title = f"{french.cards[0].title} · {shown.deck.name}"
    return render_pdf(template, data, title=title, lang=shown.deck.lang, drawings=drawings)


def _side(card: Card) -> dict[str, Any]:
    return {
        "title": card.title,
        "lines": list(card.plain),
        "calls": [[call.number, call.words] for call in card.calls],
    }
