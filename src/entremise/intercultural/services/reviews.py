"""Say that texts of a card are right, or put them right."""

import re
from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.permissions import require
from entremise.core.text import one_line
from entremise.core.time import now, today
from entremise.intercultural.commands import ReviewedText
from entremise.intercultural.decks import SOURCE, Deck, decks
from entremise.intercultural.events import CardTextsReviewed
from entremise.intercultural.models import CardReview
from entremise.journal.services import publish

TEXT_MAX = 300
NAME_MAX = 80
_BRACES = re.compile(r"\{\w+\}|[{}]")


@transaction.atomic
def review_texts(*, actor: Actor, language: str, texts: Sequence[ReviewedText], reviewer_name: str) -> int:
    """Keep these texts as read again today by ``reviewer_name``; gives how many. French itself is not reviewed.

    Raises NotFound for an unknown language, InvalidInput under the key of each text that cannot be kept.
    """
    require(actor, "intercultural.review_cards")
    deck = decks().get(language)
    if deck is None or deck.is_source:
        raise NotFound(language)
    errors = _errors(deck, texts, reviewer_name)
    if errors:
        raise InvalidInput(errors)
    for text in texts:
        _keep(actor, deck, text, one_line(reviewer_name))
    codes = {"language": language, "texts": sorted(text.key for text in texts)}
    publish(CardTextsReviewed(actor=actor, target_id=actor.organisation_id, codes=codes))
    return len(texts)


def _errors(deck: Deck, texts: Sequence[ReviewedText], reviewer_name: str) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    name = one_line(reviewer_name)
    if not name:
        errors["reviewer_name"] = ["Écrivez le nom de la personne qui a relu, tel qu’elle accepte de le voir."]
    elif len(name) > NAME_MAX:
        errors["reviewer_name"] = [f"Raccourcissez le nom : {NAME_MAX} signes au plus."]
    if not texts:
        errors["__all__"] = ["Cochez au moins un texte relu."]
    for text in texts:
        found = _faults(deck, text)
        if found:
            errors[text.key] = found
    return errors


def _faults(deck: Deck, text: ReviewedText) -> list[str]:
    if text.key not in deck.texts:
        raise NotFound(text.key)
    wanted = Counter(_BRACES.findall(decks()[SOURCE].texts[text.key].masculine))
    for said in (text.feminine, text.masculine):
        if not one_line(said):
            return ["Écrivez le texte : une carte n’a pas de ligne vide."]
        if len(one_line(said)) > TEXT_MAX:
            return [f"Raccourcissez le texte : {TEXT_MAX} signes au plus."]
        braces = Counter(_BRACES.findall(said))
        if braces != wanted and not (deck.lang == decks()[SOURCE].lang and braces <= wanted):
            told = ", ".join(wanted) or "aucune accolade"
            return [f"Gardez tels quels les mots entre accolades : {told}. Un nom ou un numéro y est mis."]
    return []


def _keep(actor: Actor, deck: Deck, text: ReviewedText, name: str) -> None:
    own = deck.texts[text.key]
    said = {"feminine": one_line(text.feminine), "masculine": one_line(text.masculine)}
    corrected = (own.feminine, own.masculine) != (said["feminine"], said["masculine"])
    CardReview.objects.update_or_create(
        organisation_id=actor.organisation_id,
        language=deck.code,
        key=text.key,
        defaults={
            "fingerprint": deck.fingerprint(text.key),
            "feminine": said["feminine"] if corrected else "",
            "masculine": said["masculine"] if corrected else "",
            "reviewer_name": name,
            "reviewed_on": today(),
            "by_id": actor.member_id,
            "created_at": now(),
        },
    )
