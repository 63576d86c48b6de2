"""Twelve months after an act, its words are read again: made anonymous, or kept once more for a written reason."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.permissions import require
from entremise.core.time import now, today
from entremise.interventions.events import InterventionMadeAnonymous, InterventionTextKept
from entremise.interventions.models import Intervention, InterventionRevision, PartyReading
from entremise.interventions.models.act import WORDS
from entremise.interventions.services.anonymity import identifying
from entremise.interventions.services.correct import locked_act
from entremise.interventions.services.texts import clean
from entremise.journal.services import publish

LONGEST = dt.timedelta(days=366)
REASON_LENGTH = 300  # characters


def clear_words(act_ids: Sequence[uuid.UUID]) -> int:
    """Make acts anonymous, in the caller's transaction: words, former versions and readings go, figures stay."""
    InterventionRevision.objects.filter(intervention_id__in=act_ids).delete()
    PartyReading.objects.filter(act_id__in=act_ids).delete()
    emptied = dict.fromkeys((*WORDS, "text_kept_reason"), "")
    acts = Intervention.objects.filter(pk__in=act_ids)
    return acts.update(has_words=False, text_cleared_at=now(), text_kept_until=None, **emptied)


@transaction.atomic
def make_anonymous(*, actor: Actor, intervention_id: uuid.UUID) -> Intervention:
    """A coordinator read the words again and lets them go. Twice changes nothing."""
    act = locked_act(actor, intervention_id)
    require(actor, "interventions.reread", act)
    if act.has_words:
        clear_words([act.pk])
        publish(InterventionMadeAnonymous(actor=actor, target_id=act.pk))
        act.refresh_from_db()
    return act


@transaction.atomic
def keep_words(*, actor: Actor, intervention_id: uuid.UUID, reason: str, until: dt.date) -> Intervention:
    """Keep the words once more, for a written reason, a year at most. Raises InvalidInput (reason, until)."""
    act = locked_act(actor, intervention_id)
    require(actor, "interventions.reread", act)
    errors: dict[str, list[str]] = {}
    reason = clean(reason)
    if not reason:
        errors["reason"] = ["Écrivez pourquoi ce récit est encore nécessaire."]
    elif len(reason) > REASON_LENGTH:
        errors["reason"] = [f"Gardez une raison courte : {REASON_LENGTH} caractères au plus."]
    elif identifying(reason):
        errors["reason"] = ["Cette raison désigne quelqu’un. Écrivez-la sans nom, sans numéro, sans adresse."]
    if not today() < until <= today() + LONGEST:
        errors["until"] = ["Choisissez une date entre demain et dans un an."]
    if act.text_kept_until is not None:
        errors["until"] = ["Ce récit a déjà été gardé une fois : il ne l’est pas davantage."]
    if errors:
        raise InvalidInput(errors)
    act.text_kept_until, act.text_kept_reason = until, reason
    act.save(update_fields=["text_kept_until", "text_kept_reason"])
    publish(InterventionTextKept(actor=actor, target_id=act.pk, codes={"until": until.isoformat()}))
    return act
