"""Making a file for the official deposit, making it again, reading the report that comes back."""

import hashlib
import io
import uuid
from collections.abc import Collection

from django.db import transaction

from entremise.certification import deposit_file, deposit_report, deposit_schema
from entremise.certification.deposit_file import Header
from entremise.certification.enums import UNDONE, DepositAction, DepositProfile, DepositState
from entremise.certification.events import DepositMade, DepositReplaced, DepositReported
from entremise.certification.models import Certificate, Deposit, DepositLine
from entremise.certification.queries import deposits as queries
from entremise.certification.queries.certifier import settings_of
from entremise.core.actor import Actor
from entremise.core.db import is_uuid
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import now, today
from entremise.journal.services import publish

_CORRECTED = "Un état civil a été corrigé depuis, ou effacé : ce fichier ne se refait plus à l’identique. "
_CORRECTED += "S’il n’est pas encore déposé, remplacez-le."


@transaction.atomic
def make_deposit(*, actor: Actor, action: str = DepositAction.CREATION) -> Deposit:
    """A file with everything that is to send: never sent, or rejected and mended since. What is faulty stays out.

    With ``SUPPRESSION``, what was accepted and withdrawn since. Refused when the certifier's identifiers miss, when
    nothing is fit to be sent, or when the operator's copy of the official schema refuses the file.
    """
    require(actor, "certification.manage")
    settings = settings_of(actor)
    told = (settings.deposit_client, settings.deposit_certifier, settings.deposit_contract)
    kept = _fit(actor, action)
    faults = deposit_file.header_faults(*told)
    if action == DepositAction.SUPPRESSION and settings.deposit_profile != DepositProfile.SECOND_HAND:
        faults.append("La version 1.1.2 ne sait pas retirer un passage : faites-le sur le portail.")
    if not kept:
        faults.append("Rien n’est à envoyer, ou chaque ligne a un point à corriger d’abord.")
    if faults:
        raise InvalidInput({FORM: faults})
    assert actor.member_id is not None
    deposit = Deposit(
        organisation_id=actor.organisation_id,
        profile=settings.deposit_profile,
        action=action,
        client=told[0],
        certifier=told[1],
        contract=told[2],
        stamped_at=now().replace(microsecond=0),
        made_by_id=actor.member_id,
    )
    content = _written(deposit, kept)
    if refusals := deposit_schema.faults(content, deposit.profile):
        raise InvalidInput({FORM: refusals})
    deposit.digest = hashlib.sha256(content).hexdigest()
    deposit.save(force_insert=True)
    DepositLine.objects.bulk_create(
        DepositLine(deposit=deposit, certificate=one, candidate_id=one.candidate_id, action=action, rank=rank)
        for rank, one in enumerate(kept, 1)
    )
    codes = {"profile": deposit.profile, "action": action, "passages": len(kept), "digest": deposit.digest}
    publish(DepositMade(actor=actor, target_id=deposit.pk, codes=codes))
    return deposit


@transaction.atomic
def remake_deposit(*, actor: Actor, deposit_id: uuid.UUID) -> Deposit:
    """Replace a file that was not sent yet and in which a civil status was corrected; the former sends nothing more."""
    require(actor, "certification.manage")
    queries.get_deposit(actor, deposit_id)
    former = Deposit.objects.select_for_update().get(pk=deposit_id)
    if former.reported_at or former.replaced_at:
        raise InvalidInput(
            {FORM: ["Ce fichier a déjà son compte rendu, ou a déjà été remplacé : préparez-en un autre."]}
        )
    if _again(former) is not None:
        raise InvalidInput({FORM: ["Rien n’a été corrigé depuis : ce fichier est encore bon, téléchargez-le."]})
    former.lines.update(state=DepositState.REPLACED)
    former.replaced_at = now()
    former.save(update_fields=["replaced_at"])
    publish(DepositReplaced(actor=actor, target_id=former.pk))
    return make_deposit(actor=actor, action=former.action)


def deposit_content(*, actor: Actor, deposit_id: uuid.UUID) -> bytes:
    """The file of a deposit, byte for byte as it was made; refused when a civil status was corrected since."""
    content = _again(queries.get_deposit(actor, deposit_id))
    if content is None:
        raise InvalidInput({FORM: [_CORRECTED]})
    return content


@transaction.atomic
def read_report(*, actor: Actor, content: bytes) -> Deposit:
    """Write what a report says of each passage of its file; nothing at all when it names one the file never held."""
    require(actor, "certification.manage")
    report = deposit_report.read(content)
    rows = Deposit.objects.visible_to(actor).select_for_update()
    deposit = rows.filter(pk=report.flux).first() if is_uuid(report.flux) else None
    if deposit is None:
        raise InvalidInput({"file": ["Ce compte rendu parle d’un dépôt que vous n’avez pas fait ici."]})
    if deposit.replaced_at:
        raise InvalidInput({"file": ["Ce fichier a été remplacé par un autre : donnez le compte rendu du nouveau."]})
    lines = {line.certificate_id: line for line in deposit.lines.select_for_update()}
    unknown = report.unreadable + len((report.accepted | report.rejected.keys()) - lines.keys())
    if unknown:
        raise InvalidInput(
            {"file": [f"{unknown} passages de ce compte rendu sont inconnus : rien n’a été enregistré."]}
        )
    mended = [one for one in report.accepted if lines[one].state == DepositState.REJECTED]
    if _sent_again(deposit, mended):
        raise InvalidInput(
            {"file": ["Un de ces passages est reparti dans un autre fichier : rien n’a été enregistré."]}
        )
    deposit.lines.filter(certificate_id__in=report.accepted).update(state=DepositState.ACCEPTED, message="")
    for identifier, message in report.rejected.items():
        lines[identifier].state, lines[identifier].message = DepositState.REJECTED, message[:1000]
        lines[identifier].save(update_fields=["state", "message"])
    deposit.reported_at = now()
    deposit.save(update_fields=["reported_at"])
    codes = {"accepted": len(report.accepted), "rejected": len(report.rejected)}
    publish(DepositReported(actor=actor, target_id=deposit.pk, codes=codes))
    return deposit


def _sent_again(deposit: Deposit, mended: Collection[uuid.UUID]) -> bool:
    """Whether one of these, rejected here before, is carried by a later file: two files would then hold it."""
    later = DepositLine.objects.filter(certificate_id__in=mended, action=deposit.action).exclude(deposit=deposit)
    return later.exclude(state__in=UNDONE).exists()


def _fit(actor: Actor, action: str) -> list[Certificate]:
    """The certificates that wait for a file with this action and have no fault."""
    found = queries.to_take_back if action == DepositAction.SUPPRESSION else queries.to_deposit
    waiting = list(found(actor.organisation_id)[: deposit_file.MOST_PASSAGES])
    passages = queries.passages_of(waiting)
    fit = {one.identifier for one in passages if not deposit_file.passage_faults(one, today())}
    return [one for one in waiting if str(one.pk) in fit]


def _again(deposit: Deposit) -> bytes | None:
    """The file as it was made; None when what it says of somebody changed since, or was erased."""
    lines = list(deposit.lines.select_related("certificate__candidate").order_by("rank"))
    if any(line.certificate.candidate.erased_at for line in lines):
        return None
    content = _written(deposit, [line.certificate for line in lines])
    return content if hashlib.sha256(content).hexdigest() == deposit.digest else None


def _written(deposit: Deposit, certificates: list[Certificate]) -> bytes:
    told = (deposit.client, deposit.certifier, deposit.contract, deposit.profile, deposit.action)
    header = Header(str(deposit.pk), deposit.stamped_at, *told)
    target = io.StringIO()
    deposit_file.write(header, queries.passages_of(certificates), target)
    return target.getvalue().encode()
