"""Making a file for the official deposit, making it again, reading the report that comes back."""

import hashlib
import io
import uuid

from django.db import transaction

from entremise.certification import deposit_file, deposit_report
from entremise.certification.deposit_file import Header
from entremise.certification.enums import DepositState
from entremise.certification.events import DepositMade, DepositReported
from entremise.certification.models import Certificate, Deposit, DepositLine
from entremise.certification.queries import deposits as queries
from entremise.certification.queries.certifier import settings_of
from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import now, today
from entremise.journal.services import publish


@transaction.atomic
def make_deposit(*, actor: Actor) -> Deposit:
    """A file with everything that is to send: never sent, or rejected and mended since. What is faulty stays out.

    Refused when the certifier's identifiers miss, or when nothing is fit to be sent.
    """
    require(actor, "certification.manage")
    settings = settings_of(actor)
    told = (settings.deposit_client, settings.deposit_certifier, settings.deposit_contract)
    faults = deposit_file.header_faults(*told)
    waiting = list(queries.to_deposit(actor.organisation_id)[: deposit_file.MOST_PASSAGES])
    passages = queries.passages_of(waiting)
    fit = {one.identifier for one in passages if not deposit_file.passage_faults(one, today())}
    if not fit:
        faults.append("Rien n’est à envoyer, ou chaque ligne a un point à corriger d’abord.")
    if faults:
        raise InvalidInput({FORM: faults})
    assert actor.member_id is not None
    deposit = Deposit(
        organisation_id=actor.organisation_id,
        profile=deposit_file.PROFILE,
        client=told[0],
        certifier=told[1],
        contract=told[2],
        stamped_at=now().replace(microsecond=0),
        made_by_id=actor.member_id,
    )
    kept = [one for one in waiting if str(one.pk) in fit]
    deposit.digest = hashlib.sha256(_written(deposit, kept)).hexdigest()
    deposit.save(force_insert=True)
    DepositLine.objects.bulk_create(
        DepositLine(deposit=deposit, certificate=one, candidate_id=one.candidate_id, rank=rank)
        for rank, one in enumerate(kept, 1)
    )
    codes = {"profile": deposit.profile, "passages": len(kept), "digest": deposit.digest}
    publish(DepositMade(actor=actor, target_id=deposit.pk, codes=codes))
    return deposit


def deposit_content(*, actor: Actor, deposit_id: uuid.UUID) -> bytes:
    """The file of a deposit, byte for byte as it was made; refused when a civil status was corrected since."""
    deposit = queries.get_deposit(actor, deposit_id)
    lines = deposit.lines.select_related("certificate__candidate").order_by("rank")
    content = _written(deposit, [line.certificate for line in lines])
    if hashlib.sha256(content).hexdigest() != deposit.digest:
        raise InvalidInput({FORM: ["Un état civil a été corrigé depuis : ce fichier ne se refait plus à l’identique."]})
    return content


@transaction.atomic
def read_report(*, actor: Actor, content: bytes) -> Deposit:
    """Write what a report says of each passage of its file; nothing at all when it names one the file never held."""
    require(actor, "certification.manage")
    report = deposit_report.read(content)
    found = Deposit.objects.visible_to(actor).select_for_update()
    deposit = next((one for one in found if str(one.pk) == report.flux), None)
    if deposit is None:
        raise InvalidInput({"file": ["Ce compte rendu parle d’un dépôt que vous n’avez pas fait ici."]})
    lines = {line.certificate_id: line for line in deposit.lines.select_for_update()}
    unknown = report.unreadable + len((report.accepted | report.rejected.keys()) - lines.keys())
    if unknown:
        raise InvalidInput(
            {"file": [f"{unknown} passages de ce compte rendu sont inconnus : rien n’a été enregistré."]}
        )
    for identifier in report.accepted:
        lines[identifier].state, lines[identifier].message = DepositState.ACCEPTED, ""
    for identifier, message in report.rejected.items():
        lines[identifier].state, lines[identifier].message = DepositState.REJECTED, message[:1000]
    for identifier in report.accepted | report.rejected.keys():
        lines[identifier].save(update_fields=["state", "message"])
    deposit.reported_at = now()
    deposit.save(update_fields=["reported_at"])
    codes = {"accepted": len(report.accepted), "rejected": len(report.rejected)}
    publish(DepositReported(actor=actor, target_id=deposit.pk, codes=codes))
    return deposit


def _written(deposit: Deposit, certificates: list[Certificate]) -> bytes:
    header = Header(str(deposit.pk), deposit.stamped_at, deposit.client, deposit.certifier, deposit.contract)
    target = io.StringIO()
    deposit_file.write(header, queries.passages_of(certificates), target)
    return target.getvalue().encode()
