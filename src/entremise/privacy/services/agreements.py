"""Giving and withdrawing an agreement; asking for one before acting."""

import uuid
from collections import defaultdict
from dataclasses import replace

from django.db import transaction

from entremise.accounts.queries import is_anonymous_team
from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput, NotFound
from entremise.core.text import one_line
from entremise.core.time import now, today
from entremise.directory.queries import get_partner
from entremise.intercultural.queries import language
from entremise.journal.services import publish
from entremise.privacy.commands import GiveAgreement
from entremise.privacy.enums import AgreementKind, InterpreterHelp, MandateQuality, Manner, Purpose
from entremise.privacy.events import AgreementGiven, AgreementWithdrawn
from entremise.privacy.models import Agreement, Person
from entremise.privacy.queries.agreements import NEEDS_PARTNER_OR_WORDS, NEEDS_WORDS, Recipient, get_agreement, in_force
from entremise.privacy.services.persons import held_person, note_contact, refuse_restricted
from entremise.privacy.services.texts import clean, too_long

LABEL_LENGTH = 80
MANDATE_LENGTH = 120
Errors = defaultdict[str, list[str]]


class NoAgreement(InvalidInput):
    """What was asked needs an agreement that the person has not given, or has withdrawn."""

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose
        label = Purpose(purpose).label
        super().__init__(
            {FORM: [f"Il manque l’accord de la personne : « {label} ». Demandez-le-lui, puis notez-le sur sa fiche."]}
        )


@transaction.atomic
def give_agreement(*, actor: Actor, command: GiveAgreement) -> Agreement:
    """Note an agreement. Raises NotFound, NotAllowed, InvalidInput (one already in force included)."""
    person = held_person(actor, command.person_id)
    refuse_restricted(person)
    command = _checked(actor, person, command)
    assert actor.member_id is not None  # who follows persons belongs to a team
    event = Agreement.objects.create(
        organisation_id=person.organisation_id,
        person=person,
        kind=AgreementKind.DONNE,
        purpose=command.purpose,
        partner_id=command.partner_id,
        recipient_label=command.recipient_label,
        manner=command.manner,
        mandate_quality=command.mandate_quality,
        mandate_by=command.mandate_by,
        language=command.language,
        interpreter=command.interpreter,
        notice_explained=command.notice_explained,
        happened_on=command.happened_on,
        recorded_at=now(),
        recorded_by_id=actor.member_id,
    )
    codes = _codes(event) | {"manner": event.manner}
    publish(AgreementGiven(actor=actor, target_id=person.pk, codes=codes))
    note_contact(actor=actor, person_id=person.pk, on=command.happened_on)
    return event


@transaction.atomic
def withdraw_agreement(*, actor: Actor, person_id: uuid.UUID, agreement_id: uuid.UUID) -> Agreement:
    """Withdraw an agreement, today, without asking why; withdrawn twice, it is withdrawn once.

    ``agreement.withdrawn`` is published in the same transaction: whoever acted on this agreement stops there.
    """
    person = held_person(actor, person_id)
    given = get_agreement(actor, person, agreement_id)
    known = Agreement.objects.filter(withdraws=given).first()
    if known is not None:
        return known
    assert actor.member_id is not None  # who follows persons belongs to a team
    event = Agreement.objects.create(
        organisation_id=person.organisation_id,
        person=person,
        kind=AgreementKind.RETIRE,
        purpose=given.purpose,
        partner_id=given.partner_id,
        recipient_label=given.recipient_label,
        happened_on=today(),
        recorded_at=now(),
        recorded_by_id=actor.member_id,
        withdraws=given,
    )
    if given.purpose == Purpose.SUIVI and person.see_again_on is not None:
        person.see_again_on = None
        person.save(update_fields=["see_again_on"])
    publish(AgreementWithdrawn(actor=actor, target_id=person.pk, codes=_codes(given)))
    return event


def require_agreement(person_id: uuid.UUID, purpose: str, recipient: Recipient = None) -> Agreement:
    """The agreement in force, or NoAgreement, or InvalidInput when the person asked that their data lie unused.

    Call it inside the transaction of what needs it: the person's row is held until its end, so that a withdrawal
    comes either before, and is obeyed, or after.
    """
    person = Person.objects.select_for_update().only("restricted_at").filter(pk=person_id, erased_at=None).first()
    if person is None:
        raise NoAgreement(purpose)
    refuse_restricted(person)
    found = in_force(person_id, purpose, recipient)
    if found is None:
        raise NoAgreement(purpose)
    return found


def _codes(event: Agreement) -> dict[str, str]:
    partner = str(event.partner_id) if event.partner_id else ""
    return {"agreement": str(event.pk), "purpose": event.purpose, "partner": partner}


def _checked(actor: Actor, person: Person, command: GiveAgreement) -> GiveAgreement:
    errors: Errors = defaultdict(list)
    command = _cleaned(command)
    _check_choices(command, errors)
    _check_recipient(actor, command, errors)
    _check_mandate(command, is_anonymous_team(person.team_id), errors)
    if command.happened_on > today():
        errors["happened_on"].append("Cette date est dans le futur. Écrivez le jour où l’accord a été donné.")
    elif command.happened_on.year < today().year - 5:
        errors["happened_on"].append("Cette date est trop ancienne : un accord se redemande. Vérifiez l’année.")
    if not errors:
        recipient = command.partner_id or command.recipient_label or None
        if in_force(person.pk, command.purpose, recipient) is not None:
            errors[FORM].append("Cet accord est déjà donné. Retirez-le d’abord s’il doit être redemandé.")
    if errors:
        raise InvalidInput(errors)
    return command


def _cleaned(command: GiveAgreement) -> GiveAgreement:
    label = one_line(clean(command.recipient_label))
    mandate = command.manner == Manner.MANDAT
    named = command.purpose in NEEDS_PARTNER_OR_WORDS
    return replace(
        command,
        partner_id=command.partner_id if named else None,
        recipient_label=label if named or command.purpose in NEEDS_WORDS else "",
        mandate_by=one_line(clean(command.mandate_by)) if mandate else "",
        mandate_quality=command.mandate_quality if mandate else "",
    )


def _check_choices(command: GiveAgreement, errors: Errors) -> None:
    if command.purpose not in Purpose.values:
        errors["purpose"].append("Choisissez ce que la personne accepte.")
    if command.manner not in Manner.values:
        errors["manner"].append("Dites comment l’accord est donné.")
    if language(command.language) is None:
        errors["language"].append("Dites dans quelle langue cela a été expliqué.")
    if command.interpreter not in InterpreterHelp.values:
        errors["interpreter"].append("Dites s’il y avait un interprète.")


def _check_recipient(actor: Actor, command: GiveAgreement, errors: Errors) -> None:
    if refusal := too_long(command.recipient_label, LABEL_LENGTH):
        errors["recipient_label"].append(refusal)
    if command.partner_id is not None:
        try:
            get_partner(actor, command.partner_id)
        except NotFound:
            errors["partner_id"].append("Ce partenaire n’est pas dans l’annuaire. Choisissez-en un autre.")
        if command.recipient_label:
            errors["recipient_label"].append("Un seul destinataire par accord : effacez ces mots, ou le partenaire.")
    elif command.purpose in NEEDS_PARTNER_OR_WORDS and not command.recipient_label:
        errors["partner_id"].append("À qui ? Choisissez le partenaire, ou écrivez un destinataire.")
    elif command.purpose in NEEDS_WORDS and not command.recipient_label:
        errors["recipient_label"].append("Pour quel usage ? Écrivez-le en quelques mots.")


def _check_mandate(command: GiveAgreement, anonymous: bool, errors: Errors) -> None:
    if command.manner != Manner.MANDAT:
        return
    if command.mandate_quality not in MandateQuality.values:
        errors["mandate_quality"].append("Dites en quelle qualité cette personne donne l’accord.")
    if anonymous:
        if command.mandate_by:
            errors["mandate_by"].append("Votre équipe ne garde aucun nom : la qualité suffit. Laissez ce champ vide.")
        return
    if refusal := too_long(command.mandate_by, MANDATE_LENGTH):
        errors["mandate_by"].append(refusal)
    elif not command.mandate_by:
        errors["mandate_by"].append("Écrivez qui donne l’accord au nom de la personne.")
