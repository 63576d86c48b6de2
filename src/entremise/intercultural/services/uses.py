"""Needs of interpreting: noted, corrected, removed."""

import uuid
from typing import Any

from django.db import transaction

from entremise.accounts.queries import list_teams
from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.permissions import require
from entremise.core.text import one_line
from entremise.core.time import today
from entremise.intercultural.commands import UseFacts
from entremise.intercultural.enums import InterpreterKind, Modality, Need, Understanding
from entremise.intercultural.events import InterpreterUseCorrected, InterpreterUseRecorded, InterpreterUseRemoved
from entremise.intercultural.links import act_link
from entremise.intercultural.models import InterpreterUse
from entremise.intercultural.presets import LANGUAGES
from entremise.intercultural.queries.uses import get_use
from entremise.journal.services import publish

SERVICE_MAX = 120
MINUTES_MAX = 1440
COST_MAX = 100_000
_CODES = frozenset(one.code for one in LANGUAGES)


def need_of(facts: UseFacts) -> Need:
    """What is counted. A child who translated, or nobody to do it, is a need without answer whatever was understood."""
    if facts.child_translated or facts.kind == InterpreterKind.AUCUN or facts.understanding == Understanding.NON:
        return Need.SANS_REPONSE
    return Need.EN_PARTIE if facts.understanding == Understanding.EN_PARTIE else Need.COUVERT


@transaction.atomic
def record_use(*, actor: Actor, facts: UseFacts) -> InterpreterUse:
    """Note a need of interpreting, met or not. Raises InvalidInput."""
    require(actor, "intercultural.record_use")
    _check(actor, facts)
    use = InterpreterUse(organisation_id=actor.organisation_id, author_id=actor.member_id, **_values(facts))  # type: ignore[misc]
    use.save()
    publish(InterpreterUseRecorded(actor=actor, target_id=use.pk, codes={"need": use.need}))
    return use


@transaction.atomic
def correct_use(*, actor: Actor, use_id: uuid.UUID, facts: UseFacts) -> InterpreterUse:
    """Correct a need noted. Raises NotFound, NotAllowed, InvalidInput."""
    use = get_use(actor, use_id)
    require(actor, "intercultural.correct_use", use)
    _check(actor, facts)
    for name, value in _values(facts).items():
        setattr(use, name, value)
    use.save()
    publish(InterpreterUseCorrected(actor=actor, target_id=use.pk, codes={"need": use.need}))
    return use


@transaction.atomic
def remove_use(*, actor: Actor, use_id: uuid.UUID) -> None:
    """Remove a need noted by mistake. Raises NotFound, NotAllowed."""
    use = get_use(actor, use_id)
    require(actor, "intercultural.correct_use", use)
    use.delete()
    publish(InterpreterUseRemoved(actor=actor, target_id=use_id, codes={}))


def _values(facts: UseFacts) -> dict[str, Any]:
    present = facts.kind != InterpreterKind.AUCUN
    return {
        "team_id": facts.team_id,
        "used_on": facts.used_on,
        "language": facts.language,
        "kind": facts.kind,
        "modality": facts.modality if present else "",
        "service": one_line(facts.service) if present else "",
        "minutes": facts.minutes if present else None,
        "cost": facts.cost if present else None,
        "understanding": facts.understanding,
        "child_translated": facts.child_translated,
        "need": need_of(facts),
        "act_id": facts.act_id,
    }


def _check(actor: Actor, facts: UseFacts) -> None:
    errors = {**_choice_errors(actor, facts), **_figure_errors(facts)}
    if facts.act_id is not None and act_link(actor, facts.act_id) is None:
        errors["act_id"] = ["Cette intervention n’existe pas, ou vous ne pouvez pas la lire."]
    if errors:
        raise InvalidInput(errors)


def _choice_errors(actor: Actor, facts: UseFacts) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if facts.team_id not in {team.pk for team in list_teams(actor, own_only=True)}:
        errors["team_id"] = ["Choisissez l’une de vos équipes."]
    if facts.used_on is None:
        errors["used_on"] = ["Indiquez le jour."]
    elif facts.used_on > today():
        errors["used_on"] = ["Ce jour n’est pas encore arrivé : indiquez le jour où la langue a manqué."]
    elif facts.used_on.year < 2001:
        errors["used_on"] = ["Vérifiez l’année."]
    if facts.language not in _CODES - {"fr"}:
        errors["language"] = ["Choisissez la langue dans la liste."]
    if facts.kind not in InterpreterKind.values:
        errors["kind"] = ["Dites qui a interprété, ou que personne ne l’a fait."]
    if facts.modality and facts.modality not in Modality.values:
        errors["modality"] = ["Choisissez dans la liste comment l’interprète était là."]
    if facts.understanding not in Understanding.values:
        errors["understanding"] = ["Dites si l’on s’est compris."]
    return errors


def _figure_errors(facts: UseFacts) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if len(one_line(facts.service)) > SERVICE_MAX:
        errors["service"] = [f"Raccourcissez le nom du service : {SERVICE_MAX} signes au plus."]
    if facts.minutes is not None and not 0 < facts.minutes <= MINUTES_MAX:
        errors["minutes"] = ["Indiquez une durée d’une minute à vingt-quatre heures."]
    if facts.cost is not None and not 0 <= facts.cost < COST_MAX:
        errors["cost"] = ["Indiquez un montant en euros, zéro si c’était gratuit."]
    return errors
