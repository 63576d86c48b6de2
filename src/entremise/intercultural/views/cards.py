"""Cards for residents: choose a language, show a card, print them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from entremise.core.errors import NotFound
from entremise.core.http import Request
from entremise.core.permissions import can, require
from entremise.documents.services import ethiopic_font
from entremise.intercultural import printing, queries
from entremise.intercultural.enums import MediatorForm, Paper

FORM_KEY = "cards_form"


def asked_form(request: Request) -> str:
    """As a woman or as a man: what the address asks, else what was last chosen."""
    asked = request.GET.get("forme", "")
    if asked in MediatorForm.values:
        request.session[FORM_KEY] = asked
        return asked
    return str(request.session.get(FORM_KEY, MediatorForm.MASCULINE))


@require_GET
def language_list(request: Request) -> HttpResponse:
    """The languages that have cards, large enough to be pointed at."""
    actor = request.actor
    standings = queries.list_standings(actor)
    context = {
        "form": asked_form(request),
        "forms": MediatorForm.choices,
        "shown": [one for one in standings if one.is_shown],
        "hidden": [one for one in standings if not one.is_shown],
        "may_review": can(actor, "intercultural.review_cards"),
        "may_record": can(actor, "intercultural.record_use"),
    }
    return render(request, "intercultural/languages.html", context)


@require_GET
def deck(request: Request, language: str) -> HttpResponse:
    """The first card of a language; without one, a page that says what to do."""
    require(request.actor, "intercultural.show_cards")
    try:
        found = queries.get_deck(request.actor, language)
    except NotFound:
        return _without_card(request, language)
    return redirect("intercultural:card", language, found.cards[0].code)


def _without_card(request: Request, language: str) -> HttpResponse:
    known = queries.language(language)
    if known is None and language not in queries.card_codes():
        raise Http404
    context = {
        "code": language,
        "known": known is not None,
        "name": known.name if known else language,
        "waits": language in queries.card_codes(),
        "may_record": can(request.actor, "intercultural.record_use"),
    }
    return render(request, "intercultural/without_card.html", context, status=404)


@require_GET
def card(request: Request, language: str, card: str) -> HttpResponse:
    """One card, full screen, beside French."""
    form = asked_form(request)
    try:
        shown, french = queries.get_pair(request.actor, language, form)
    except NotFound:
        return _without_card(request, language)
    return render(request, "intercultural/card.html", card_context(shown, french, card))


def card_context(shown: queries.ShownDeck, french: queries.ShownDeck, code: str) -> dict[str, Any]:
    """A card, the same in French, its neighbours and its rank."""
    current = shown.card(code)
    rank = shown.cards.index(current)
    return {
        "shown": shown,
        "deck": shown.deck,
        "standing": shown.standing,
        "card": current,
        "french": None if shown.deck.is_source else french.card(code),
        "french_title": french.card(code).title,
        "papers": Paper.choices,
        "rank": rank + 1,
        "count": len(shown.cards),
        "before": shown.cards[rank - 1] if rank else None,
        "after": shown.cards[rank + 1] if rank + 1 < len(shown.cards) else None,
    }


@require_GET
def whole_deck(request: Request, language: str) -> HttpResponse:
    """Every card of a language in one piece, for the phone that keeps it."""
    shown, french = queries.get_pair(request.actor, language, asked_form(request))
    cards = [card_context(shown, french, one.code) for one in shown.cards]
    return render(request, "intercultural/_deck.html", {"shown": shown, "deck": shown.deck, "cards": cards})


@require_GET
def paper(request: Request, language: str, paper: str) -> HttpResponse:
    """The cards to print, as a tagged PDF."""
    if paper not in Paper.values:
        raise Http404
    shown, french = queries.get_pair(request.actor, language, asked_form(request))
    if not printing.can_print(shown):
        return render(request, "intercultural/without_font.html", {"deck": shown.deck}, status=409)
    response = HttpResponse(printing.to_pdf(shown, french, paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="cartes-{language}-{paper}.pdf"'
    return response


@require_GET
def font(request: Request) -> HttpResponse:
    """The Ethiopic font of this machine, for the phones that have none."""
    require(request.actor, "intercultural.show_cards")
    path = ethiopic_font()
    if path is None:
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="font/ttf")
