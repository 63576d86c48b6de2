"""Pages of those who keep the cards: texts read beside French, recorded voices."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.accounts.queries import member_names
from entremise.core.http import Request
from entremise.core.permissions import require
from entremise.core.ui.saving import posted, saved
from entremise.intercultural import queries, services
from entremise.intercultural.decks import AGREEMENT, BUTTONS, LETTER, LINES, SOURCE, Deck, decks, keys_of
from entremise.intercultural.forms import ReviewForm, VoiceForm
from entremise.intercultural.queries.voices import get_voice, list_voices, voice_content

CARDS = {code: decks()[SOURCE].texts[f"{code}.titre"].masculine for code in LINES}
PARTS = CARDS | {BUTTONS: "Les boutons", AGREEMENT: "L’accord de médiation, sur papier", LETTER: "Les courriers"}


@require_GET
def review_list(request: Request) -> HttpResponse:
    """Every language, how much of it was read again, by whom."""
    require(request.actor, "intercultural.review_cards")
    standings = [one for one in queries.list_standings(request.actor) if not one.deck.is_source]
    return render(request, "intercultural/reviews.html", {"standings": standings})


@require_http_methods(["GET", "POST"])
def review(request: Request, language: str, part: str) -> HttpResponse:
    """The texts of one card beside their French: kept or corrected, one by one."""
    actor = request.actor
    require(actor, "intercultural.review_cards")
    deck = _deck(language)
    if part not in PARTS or deck.is_source:
        raise Http404
    reviews = queries.reviews_of(actor, language)[language]
    form = ReviewForm(posted(request), deck=deck, part=part, reviews=reviews, initial=_reviewer(request))

    def keep() -> int:
        name = form.cleaned_data["reviewer_name"]
        return services.review_texts(actor=actor, language=language, texts=form.texts(), reviewer_name=name)

    kept = saved(form, keep, form.names())
    if kept:
        messages.success(request, f"{kept} texte{'s' if kept > 1 else ''} relu{'s' if kept > 1 else ''}.")
        return redirect("intercultural:review", language, _next(part) if len(form.keys) == kept else part)
    context = {"deck": deck, "part": part, "form": form, "rows": _rows(form), "parts": _parts(reviews)}
    return render(request, "intercultural/review.html", context, status=422 if form.errors else 200)


def _deck(language: str) -> Deck:
    found = decks().get(language)
    if found is None:
        raise Http404
    return found


def _reviewer(request: Request) -> dict[str, str]:
    member = request.actor.member_id
    return {"reviewer_name": member_names([member]).get(member, "") if member else ""}


def _rows(form: ReviewForm) -> list[dict[str, Any]]:
    source = decks()[SOURCE].texts
    return [{**row, "french": source[row["key"]]} for row in form.rows()]


def _parts(reviews: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "title": title,
            "done": sum(key in reviews for key in keys_of(code)),
            "total": len(keys_of(code)),
        }
        for code, title in PARTS.items()
    ]


def _next(part: str) -> str:
    codes = list(PARTS)
    return codes[(codes.index(part) + 1) % len(codes)]


@require_http_methods(["GET", "POST"])
def voice_list(request: Request, language: str) -> HttpResponse:
    """The recorded voices of a language, and a form to add one."""
    actor = request.actor
    require(actor, "intercultural.review_cards")
    deck = _deck(language)
    cards = list(CARDS.items())
    form = VoiceForm(posted(request), request.FILES or None, cards=cards)

    def keep() -> object:
        return services.keep_voice(actor=actor, language=language, **form.cleaned_data)

    if saved(form, keep):
        messages.success(request, "La voix est enregistrée : elle s’écoute avec la carte.")
        return redirect("intercultural:voices", language)
    voices = [{"voice": one, "title": CARDS[one.card]} for one in list_voices(actor, language) if one.card in CARDS]
    context = {"deck": deck, "form": form, "voices": voices}
    return render(request, "intercultural/voices.html", context, status=422 if form.errors else 200)


@require_POST
def voice_remove(request: Request, voice_id: uuid.UUID) -> HttpResponse:
    """Remove a voice with its file."""
    removed = services.remove_voice(actor=request.actor, voice_id=voice_id)
    messages.success(request, "La voix est effacée.")
    return redirect("intercultural:voices", removed.language)


@require_GET
def voice(request: Request, voice_id: uuid.UUID) -> StreamingHttpResponse:
    """The recording itself."""
    found = get_voice(request.actor, voice_id)
    require(request.actor, "intercultural.show_cards")
    return StreamingHttpResponse(voice_content(found), content_type=found.media_type)
