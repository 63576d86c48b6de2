"""The on-call chain of an organisation, and a member's two codes."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from entremise.accounts.queries import list_members
from entremise.core.actor import Actor
from entremise.core.permissions import require
from entremise.core.text import one_line
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.safety.enums import CodeMeaning
from entremise.safety.events import ChainChanged, CodesChanged
from entremise.safety.models import OnCallRung, SafetyCodes
from entremise.safety.services.checks import Errors, member_of, refuse

RUNGS = 6  # more would call in the middle of the night someone who no longer knows why
LABEL_LENGTH = 60
_PHONE = re.compile(r"^\+?[0-9][0-9 .]{1,18}[0-9]$")
_CODE = re.compile(r"^[0-9]{4,8}$")


@dataclass(frozen=True, kw_only=True)
class RungFacts:
    """One rung as it is typed: a member, a number, or both; ``delay_minutes`` before the next rung."""

    member_id: uuid.UUID | None = None
    label: str = ""
    phone: str = ""
    delay_minutes: int = 5


@transaction.atomic
def set_chain(*, actor: Actor, rungs: Sequence[RungFacts]) -> list[OnCallRung]:
    """Replace the whole chain, in this order. Raises InvalidInput: ``phone-0``, ``member_id-2`` name field and row."""
    require(actor, "safety.set_chain")
    errors: Errors = {}
    present = set(list_members(actor).values_list("pk", flat=True))
    for row, facts in enumerate(rungs):
        errors |= {f"{field}-{row}": found for field, found in _faults(facts, present).items()}
    if len(rungs) > RUNGS:
        errors["__all__"] = [f"{RUNGS} rangs suffisent : gardez ceux qui répondent vraiment."]
    refuse(errors)
    OnCallRung.objects.visible_to(actor).delete()
    made = [
        OnCallRung(
            organisation_id=actor.organisation_id,
            position=position,
            member_id=facts.member_id,
            label=one_line(facts.label),
            phone=" ".join(facts.phone.split()),
            delay_minutes=facts.delay_minutes,
        )
        for position, facts in enumerate(rungs, 1)
    ]
    OnCallRung.objects.bulk_create(made)
    publish(ChainChanged(actor=actor, target_id=actor.organisation_id, codes={"rungs": len(made)}))
    return made


def _faults(facts: RungFacts, present: set[uuid.UUID]) -> Errors:
    errors: Errors = {}
    if not facts.member_id and not facts.phone.strip():
        errors["phone"] = ["Ce rang ne joint personne : donnez un numéro, un membre, ou les deux."]
    if facts.phone.strip() and not _PHONE.match(" ".join(facts.phone.split())):
        errors["phone"] = ["Ce numéro ne se compose pas. Écrivez-le avec des chiffres, par exemple 06 00 00 00 00."]
    if facts.member_id and facts.member_id not in present:
        errors["member_id"] = ["Cette personne n’est plus dans votre organisation. Choisissez-en une autre."]
    if not 1 <= facts.delay_minutes <= 60:
        errors["delay_minutes"] = ["Entre 1 et 60 minutes."]
    if "\x00" in facts.label or len(facts.label) > LABEL_LENGTH:
        errors["label"] = [f"Un nom court : {LABEL_LENGTH} signes au plus."]
    return errors


def forget_member(organisation_id: uuid.UUID, member_id: uuid.UUID) -> None:
    """Someone left: their codes go; a rung without a number goes with them, the other keeps its number."""
    SafetyCodes.objects.filter(organisation_id=organisation_id, member_id=member_id).delete()
    rungs = OnCallRung.objects.filter(organisation_id=organisation_id, member_id=member_id)
    rungs.filter(phone="").delete()
    rungs.update(member_id=None)


@transaction.atomic
def set_codes(*, actor: Actor, end: str, duress: str) -> None:
    """Choose the two codes of one's timer, kept as hashes. Raises InvalidInput (``end``, ``duress``)."""
    require(actor, "safety.alert")
    errors: Errors = {}
    for field, code in (("end", end), ("duress", duress)):
        if not _CODE.match(code):
            errors[field] = ["De quatre à huit chiffres."]
    if not errors and end == duress:
        errors["duress"] = ["Les deux codes doivent être différents, sinon aucun ne donnerait l’alarme."]
    refuse(errors)
    hashes = {"end_hash": make_password(end), "duress_hash": make_password(duress), "set_at": now()}
    SafetyCodes.objects.update_or_create(
        member_id=member_of(actor), defaults={"organisation_id": actor.organisation_id, **hashes}
    )
    publish(CodesChanged(actor=actor, target_id=member_of(actor), codes={"set": True}))


@transaction.atomic
def erase_codes(*, actor: Actor) -> None:
    """Ending a timer will ask for no code. Doing it twice changes nothing."""
    require(actor, "safety.alert")
    if SafetyCodes.objects.filter(member_id=member_of(actor)).delete()[0]:
        publish(CodesChanged(actor=actor, target_id=member_of(actor), codes={"set": False}))


def meaning_of(member_id: uuid.UUID, code: str) -> CodeMeaning:
    """What a typed code says. Both hashes are always computed: the answer takes as long whatever it is."""
    codes = SafetyCodes.objects.filter(member_id=member_id).first()
    if codes is None:
        return CodeMeaning.FIN
    ends, duress = check_password(code, codes.end_hash), check_password(code, codes.duress_hash)
    if ends:
        return CodeMeaning.FIN
    return CodeMeaning.CONTRAINTE if duress else CodeMeaning.FAUX
