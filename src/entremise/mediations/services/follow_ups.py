"""What became of an agreement, at one week, one month, three months, as each party says it."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.time import today
from entremise.mediations.commands import Answer
from entremise.mediations.enums import Face, Heard, Kept, LinkAfter, Misunderstanding
from entremise.mediations.models import FollowUp, FollowUpAnswer, Party
from entremise.mediations.services.holding import WORDS, held_case, row, written
from entremise.mediations.services.parties import met
from entremise.privacy.services.texts import clean


@transaction.atomic
def record_follow_up(
    *, actor: Actor, case_id: uuid.UUID, follow_up_id: uuid.UUID, kept: str, answers: Sequence[Answer]
) -> FollowUp:
    """Note what was found; a party that was not reached or would not answer is simply absent from ``answers``.

    Noted again, it replaces what was noted; an early look (before the planned day) is welcome.
    """
    case = held_case(actor, case_id)
    follow_up = get_one(FollowUp.objects.select_for_update().filter(case=case, pk=follow_up_id))
    letters = {party.letter: party for party in Party.objects.filter(case=case)}
    _check(kept, answers, letters)
    follow_up.kept, follow_up.done_on = kept, today()
    follow_up.save(update_fields=["kept", "done_on"])
    follow_up.answers.all().delete()
    for one in answers:
        FollowUpAnswer.objects.create(
            **row(
                case,
                follow_up=follow_up,
                party=letters[one.party],
                link=one.link,
                misunderstanding=one.misunderstanding,
                face=one.face,
                heard=one.heard,
                sentence=clean(one.sentence),
            )
        )
    met(actor, [letters[one.party] for one in answers], today())
    written(actor, case, "follow_up")
    return follow_up


def _check(kept: str, answers: Sequence[Answer], letters: dict[str, Party]) -> None:
    errors: dict[str, list[str]] = {}
    if kept not in Kept.values:
        errors["kept"] = ["Dites ce qu’est devenu l’accord."]
    for one in answers:
        if one.party not in letters:
            raise NotFound("party")
        if one.link not in LinkAfter.values or one.misunderstanding not in Misunderstanding.values:
            errors[f"{one.party}-link"] = ["Répondez aux deux questions, ou laissez-les toutes deux de côté."]
        if one.face is not None and one.face not in Face.values:
            errors[f"{one.party}-face"] = ["Choisissez un des trois visages."]
        if one.heard and one.heard not in Heard.values:
            errors[f"{one.party}-heard"] = ["Choisissez une réponse."]
        if len(one.sentence) > WORDS:
            errors[f"{one.party}-sentence"] = [f"Raccourcissez : {WORDS} caractères au plus."]
    if errors:
        raise InvalidInput(errors)
