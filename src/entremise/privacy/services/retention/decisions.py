"""What the data protection officer decides: durations of the organisation, suspended runs."""

import uuid

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput, NotFound
from entremise.core.permissions import require
from entremise.core.personal import duration_label
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.privacy.enums import RunStatus, Suspension
from entremise.privacy.events_retention import DurationChosen, DurationWithdrawn, RetentionConfirmed
from entremise.privacy.models import RetentionChoice, RetentionRun
from entremise.privacy.queries.durations import duration_of, proposal_of, rule_of
from entremise.privacy.queries.retention import get_run
from entremise.privacy.services.texts import clean_reason

LONGEST = 3653  # days: ten years, the longest proof the trade is asked for


@transaction.atomic
def choose_duration(*, actor: Actor, rule_code: str, days: int, reason: str) -> RetentionChoice:
    """Choose another duration than the code’s, with its reason. Raises InvalidInput (days, reason).

    Longer, it is in force at once: nothing is lost. Shorter, it waits for ``confirm_duration``, its count read.
    """
    require(actor, "privacy.decide_retention")
    rule = rule_of(rule_code)
    errors: dict[str, list[str]] = {}
    reason = clean_reason(reason, errors, "Écrivez pourquoi : ce motif est lu par l’audit.")
    if not rule.is_run or rule.routine or not rule.per_organisation:
        errors[FORM] = ["Cette durée ne se choisit pas : elle est la même pour toute l’installation."]
    if days < rule.floor:
        errors["days"] = [f"Pas moins de {duration_label(rule.floor)} : en dessous, le travail n’est plus possible."]
    elif days > LONGEST:
        errors["days"] = [f"Pas plus de {duration_label(LONGEST)}."]
    elif not errors and days == duration_of(actor.organisation_id, rule_code).days:
        errors["days"] = ["C’est déjà la durée en vigueur."]
    if errors or actor.organisation_id is None or actor.member_id is None:
        raise InvalidInput(errors)
    longer = days > duration_of(actor.organisation_id, rule_code).days
    _withdraw(actor.organisation_id, rule_code, confirmed=longer)
    choice = RetentionChoice(
        organisation_id=actor.organisation_id,
        rule_code=rule_code,
        days=days,
        reason=reason,
        chosen_by_id=actor.member_id,
    )
    if longer:
        choice.confirmed_at, choice.confirmed_by_id = now(), actor.member_id
    choice.save(force_insert=True)
    codes = {"rule": rule_code, "days": days, "in_force": longer}
    publish(DurationChosen(actor=actor, target_id=choice.pk, codes=codes))
    return choice


def _withdraw(organisation_id: uuid.UUID, rule_code: str, *, confirmed: bool) -> None:
    """Close the open proposal; and the choice in force when another takes its place."""
    choices = RetentionChoice.objects.filter(organisation_id=organisation_id, rule_code=rule_code, withdrawn_at=None)
    (choices if confirmed else choices.filter(confirmed_at=None)).update(withdrawn_at=now())


@transaction.atomic
def confirm_duration(*, actor: Actor, rule_code: str) -> RetentionChoice:
    """Put the shorter duration in force: the next night deals with what it makes due."""
    require(actor, "privacy.decide_retention")
    choice = proposal_of(actor.organisation_id, rule_of(rule_code).code)
    if choice is None:
        raise NotFound("proposal")
    in_force = RetentionChoice.objects.filter(organisation_id=actor.organisation_id, rule_code=rule_code)
    in_force.filter(withdrawn_at=None).exclude(pk=choice.pk).update(withdrawn_at=now())
    choice.confirmed_at, choice.confirmed_by_id = now(), actor.member_id
    choice.save(update_fields=["confirmed_at", "confirmed_by"])
    codes = {"rule": rule_code, "days": choice.days, "in_force": True}
    publish(DurationChosen(actor=actor, target_id=choice.pk, codes=codes))
    return choice


@transaction.atomic
def withdraw_duration(*, actor: Actor, rule_code: str) -> None:
    """Give up the organisation’s duration, proposed or in force: the code’s is back.

    When that shortens what is kept, the next run waits for a confirmation, as for any shorter duration.
    """
    require(actor, "privacy.decide_retention")
    code = rule_of(rule_code).code
    choices = RetentionChoice.objects.filter(organisation_id=actor.organisation_id, rule_code=code, withdrawn_at=None)
    for choice in choices:
        choice.withdrawn_at = now()
        choice.save(update_fields=["withdrawn_at"])
        publish(DurationWithdrawn(actor=actor, target_id=choice.pk, codes={"rule": code}))


@transaction.atomic
def confirm_run(*, actor: Actor, run_id: uuid.UUID) -> RetentionRun:
    """Agree to a suspended run, its count read: it goes on the next night. Twice changes nothing."""
    require(actor, "privacy.decide_retention")
    run = get_run(actor, run_id)
    if run.status != RunStatus.SUSPENDU:
        raise InvalidInput({FORM: ["Ce passage n’attend plus de confirmation."]})
    if run.suspension == Suspension.PLANCHER:
        raise InvalidInput({FORM: ["Cette durée est sous le plancher de la règle : elle ne peut pas être appliquée."]})
    if run.confirmed_at is None:
        run.confirmed_at, run.confirmed_by_id = now(), actor.member_id
        run.save(update_fields=["confirmed_at", "confirmed_by"])
        codes = {"rule": run.rule_code, "days": run.days, "due": run.due}
        publish(RetentionConfirmed(actor=actor, target_id=run.pk, codes=codes))
    return run
