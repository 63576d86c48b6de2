"""A party's free agreement to enter: given on a date, taken back whenever it wants, without a reason."""

import datetime as dt
import uuid

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.time import now, today
from entremise.intercultural.queries import language
from entremise.journal.events import Event
from entremise.mediations import process
from entremise.mediations.enums import AlertReason, ConsentManner, ParentalAuthority, Stage
from entremise.mediations.models import Case, Consent, Party, Signature
from entremise.mediations.services.cases import step
from entremise.mediations.services.holding import held_case, held_party, row, written
from entremise.mediations.services.mediators import warned
from entremise.privacy.enums import Purpose
from entremise.privacy.events import AgreementWithdrawn


@transaction.atomic
def give_consent(
    *, actor: Actor, case_id: uuid.UUID, party_id: uuid.UUID, on: dt.date, manner: str, language_code: str
) -> Consent:
    """Note that a party agrees to enter. Given again while it lives, the same one."""
    case = held_case(actor, case_id)
    party = held_party(case, party_id)
    errors: dict[str, list[str]] = {}
    if not case.asked_on <= on <= today():
        errors["on"] = ["Choisissez une date entre la demande et aujourd’hui."]
    if manner not in ConsentManner.values:
        errors["manner"] = ["Choisissez une réponse."]
    if language(language_code) is None:
        errors["language_code"] = ["Cette langue n’est pas dans la liste."]
    if party.authority == ParentalAuthority.REFUSEE:
        errors["on"] = ["L’autorité parentale refuse : cette partie ne peut pas entrer en médiation."]
    if errors:
        raise InvalidInput(errors)
    living = Consent.objects.filter(party=party, withdrawn_at=None).first()
    if living is not None:
        return living
    assert actor.member_id is not None
    consent = Consent.objects.create(
        **row(
            case,
            party=party,
            given_on=on,
            manner=manner,
            language=language_code,
            recorded_at=now(),
            recorded_by_id=actor.member_id,
        )
    )
    written(actor, case, "consent")
    return consent


@transaction.atomic
def withdraw_consent(*, actor: Actor, case_id: uuid.UUID, party_id: uuid.UUID) -> Case:
    """A party takes its agreement back: nobody asks why. The talks stop and the case goes back before them."""
    case = held_case(actor, case_id)
    party = held_party(case, party_id)
    living = Consent.objects.filter(party=party, withdrawn_at=None).first()
    if living is None:
        return case
    _take_back(living)
    written(actor, case, "consent")
    after = process.after_withdrawal(Stage(case.stage))
    if after != case.stage:
        step(actor, case, after)
    return case


def _take_back(consent: Consent) -> None:
    consent.withdrawn_on, consent.withdrawn_at = today(), now()
    consent.save(update_fields=["withdrawn_on", "withdrawn_at"])
    Signature.objects.filter(party=consent.party_id, agreement__concluded_at=None).delete()


def follow_agreement(event: AgreementWithdrawn) -> None:
    """Who withdraws on their fiche the agreement to be in a mediation leaves their open mediations."""
    if event.codes["purpose"] == Purpose.MEDIATION:
        leave_mediations(event)


def leave_mediations(event: Event) -> None:
    """The person of this event takes their agreement back everywhere: the talks stop, and the mediators of each case
    are warned, not told who nor why. A case where nothing was agreed yet is warned too: nobody is to be approached.
    """
    parties = Party.objects.filter(person_id=event.target_id, case__closed_at=None)
    for party in parties.select_related("case").order_by("case_id"):
        case = Case.objects.select_for_update().get(pk=party.case_id)
        living = Consent.objects.filter(party=party, withdrawn_at=None).first()
        if living is not None:
            _take_back(living)
        after = process.after_withdrawal(Stage(case.stage))
        if after != case.stage:
            step(event.actor, case, after)
        warned(event.actor, case, AlertReason.SUSPENDUE, case.mediator_ids)
