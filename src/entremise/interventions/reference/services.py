"""Writes: verify a number to call, record a request refused in the name of the Charter."""

from django.db import transaction

from entremise.accounts.queries import choices_for
from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.permissions import require
from entremise.core.time import today
from entremise.interventions.models.reference import CharterRefusal, NumberCheck
from entremise.interventions.reference import numbers
from entremise.interventions.reference.commands import RecordRefusal
from entremise.interventions.reference.enums import Principle, RefusedRequest
from entremise.interventions.reference.events import CharterRequestRefused, NumberChecked
from entremise.journal.services import publish

HOURS_MAX = 120
CIRCUMSTANCES_MAX = 500


@transaction.atomic
def check_number(*, actor: Actor, code: str, hours: str) -> NumberCheck:
    """Say that a number was verified today, with the hours it was told; raises InvalidInput, NotFound."""
    require(actor, "interventions.check_number")
    if numbers.get(code) is None:
        raise NotFound(code)
    hours = hours.strip()
    if not hours or "\x00" in hours:
        raise InvalidInput({"hours": ["Écrivez les horaires que l’on vous a donnés, par exemple « de 9 h à 17 h »."]})
    if len(hours) > HOURS_MAX:
        raise InvalidInput({"hours": [f"Raccourcissez les horaires : {HOURS_MAX} signes au plus."]})
    check, _ = NumberCheck.objects.update_or_create(
        organisation_id=actor.organisation_id,
        number_code=code,
        defaults={"verified_on": today(), "hours": hours, "by_id": actor.member_id},  # type: ignore[misc]
    )
    publish(NumberChecked(actor=actor, target_id=check.pk, codes={"number": code}))
    return check


@transaction.atomic
def record_refusal(*, actor: Actor, command: RecordRefusal) -> CharterRefusal:
    """Keep a refused request, without the name of whoever asked; raises InvalidInput."""
    require(actor, "interventions.record_refusal")
    errors = _refusal_errors(actor, command)
    if errors or command.asked_on is None:
        raise InvalidInput(errors)
    refusal = CharterRefusal(  # type: ignore[misc]
        organisation_id=actor.organisation_id,
        author_id=actor.member_id,
        asked_on=command.asked_on,
        asker_type=command.asker_type,
        kind=command.kind,
        principle=command.principle,
        circumstances=command.circumstances.strip(),
    )
    refusal.save()
    codes = {"asker": command.asker_type, "kind": command.kind, "principle": command.principle}
    publish(CharterRequestRefused(actor=actor, target_id=refusal.pk, codes=codes))
    return refusal


def _refusal_errors(actor: Actor, command: RecordRefusal) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    if command.asked_on is None:
        errors["asked_on"] = ["Indiquez le jour de la demande."]
    elif command.asked_on > today():
        errors["asked_on"] = ["Ce jour n’est pas encore arrivé : indiquez le jour où la demande a été faite."]
    elif command.asked_on.year < 2001:
        errors["asked_on"] = ["La Charte date d’octobre 2001 : vérifiez l’année."]
    if command.asker_type not in choices_for(actor.organisation_id, "L20")["L20"].labels:
        errors["asker_type"] = ["Choisissez dans la liste qui a fait la demande."]
    if command.kind not in RefusedRequest.values:
        errors["kind"] = ["Choisissez dans la liste ce qui était demandé."]
    if command.principle not in Principle.values:
        errors["principle"] = ["Choisissez le principe de la Charte qui fonde le refus."]
    if "\x00" in command.circumstances:
        errors["circumstances"] = ["Le texte contient un signe illisible : retapez-le."]
    elif len(command.circumstances) > CIRCUMSTANCES_MAX:
        errors["circumstances"] = [f"Raccourcissez les précisions : {CIRCUMSTANCES_MAX} signes au plus."]
    return errors
