"""Delivering certificates and block attestations, printing them again, withdrawing one."""

import uuid

from django.db import transaction
from django.db.models import Max

from entremise.accounts.queries import get_organisation
from entremise.accounts.services import take_turn
from entremise.certification import minutes_text
from entremise.certification.enums import CertificateKind
from entremise.certification.events import CertificateCopied, CertificateDelivered, CertificateRevoked
from entremise.certification.models import Candidacy, Candidate, Certificate
from entremise.certification.prerequisites import missing_before_certification
from entremise.certification.queries.candidates import latest_candidacy, proofs_of
from entremise.certification.queries.certifier import choices_of, record_of, settings_of
from entremise.certification.queries.results import Acquired, acquired_blocks
from entremise.certification.services.badges import held_certificate, issue_badge, withdraw_badge
from entremise.certification.services.candidates import held_candidate
from entremise.certification.services.texts import WORDS, check_lengths, clean
from entremise.competences.enums import Route
from entremise.competences.queries import RecordFacts
from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import now, today
from entremise.journal.services import publish


@transaction.atomic
def deliver_certificate(*, actor: Actor, candidate_id: uuid.UUID, block_code: str = "") -> Certificate:
    """The whole certification or, with ``block_code``, the attestation of one acquired block.

    The whole asks every block, from whatever session and whatever version the certifier holds as equivalent, what the
    route must prove, and a record that is still delivered. An attestation says what was acquired in its time: it may
    be asked for life. Delivered twice, the same one.
    """
    require(actor, "certification.manage")
    candidate = held_candidate(actor, candidate_id)
    record = record_of(actor)
    acquired = acquired_blocks(candidate, record.code)
    candidacy = latest_candidacy(candidate)
    if candidacy is None:
        raise InvalidInput({FORM: ["Ce dossier n’a pas de candidature."]})
    faults = _block_faults(record, acquired, block_code) if block_code else _faults(actor, record, candidacy, acquired)
    if not block_code and (lapsed := record.delivery_fault(today())):
        faults = [lapsed]
    if faults:
        raise InvalidInput({FORM: faults})
    kind = CertificateKind.BLOCK if block_code else CertificateKind.FULL
    told = {"candidate": candidate, "kind": kind, "record_code": record.code, "block_code": block_code}
    known = Certificate.objects.filter(**told, revoked_at=None).first()
    if known is not None:
        return known
    proofs = [acquired[block_code]] if block_code else [acquired[block.code] for block in record.blocks]
    certificate = Certificate(
        organisation_id=actor.organisation_id,
        route=candidacy.route,
        acquired_on=max(one.decided_on for one in proofs),
        delivered_on=today(),
        **told,
    )
    _number(actor, certificate)
    certificate.content = minutes_text.canonical(_content(actor, certificate, candidate, record, proofs))
    certificate.digest = minutes_text.digest_of(certificate.content)
    certificate.save(force_insert=True)
    codes = {"number": certificate.number, "kind": kind, "digest": certificate.digest}
    publish(CertificateDelivered(actor=actor, target_id=certificate.pk, codes=codes))
    issue_badge(actor=actor, certificate_id=certificate.pk)
    return certificate


@transaction.atomic
def record_copy(*, actor: Actor, certificate_id: uuid.UUID) -> Certificate:
    """One more paper of the same certificate: the first is the original, each after it a duplicate in the journal."""
    certificate = held_certificate(actor, certificate_id)
    if certificate.revoked_at is not None or not certificate.content:
        raise InvalidInput({FORM: ["Ce certificat a été retiré ou effacé : il ne s’imprime plus."]})
    certificate.copies += 1
    certificate.save(update_fields=["copies"])
    publish(CertificateCopied(actor=actor, target_id=certificate.pk, codes={"copy": certificate.copies}))
    return certificate


@transaction.atomic
def revoke_certificate(*, actor: Actor, certificate_id: uuid.UUID, reason: str) -> Certificate:
    """Withdraw a certificate: its verification page says so; another may be delivered."""
    require(actor, "certification.manage")
    certificate = held_certificate(actor, certificate_id)
    words = clean(reason)
    check_lengths({"reason": (words, WORDS)})
    if not words:
        raise InvalidInput({"reason": ["Dites pourquoi ce certificat est retiré."]})
    if certificate.revoked_at is None:
        certificate.revoked_at, certificate.revocation = now(), words
        certificate.save(update_fields=["revoked_at", "revocation"])
        withdraw_badge(actor, certificate)
        publish(CertificateRevoked(actor=actor, target_id=certificate.pk, codes={"number": certificate.number}))
    return certificate


def _block_faults(record: RecordFacts, acquired: dict[str, Acquired], block_code: str) -> list[str]:
    if record.block(block_code) is None:
        return ["Ce bloc n’est pas de cette certification."]
    found = acquired.get(block_code)
    if found is None:
        return ["Ce bloc n’est pas acquis : il n’a pas d’attestation."]
    if found.rests_on:
        return [f"Ce bloc compte par correspondance : l’attestation est celle de {', '.join(found.rests_on)}."]
    return []


def _faults(actor: Actor, record: RecordFacts, candidacy: Candidacy, acquired: dict[str, Acquired]) -> list[str]:
    choices = choices_of(settings_of(actor))
    return missing_before_certification(record, choices, proofs_of(candidacy), acquired)


def _number(actor: Actor, certificate: Certificate) -> None:
    take_turn(certificate.organisation_id)
    certificate.year = today().year
    known = Certificate.objects.filter(organisation_id=actor.organisation_id, year=certificate.year)
    certificate.rank = (known.aggregate(last=Max("rank"))["last"] or 0) + 1
    certificate.number = f"{settings_of(actor).number_prefix}-{certificate.year}-{certificate.rank:05d}"


def _content(
    actor: Actor, certificate: Certificate, candidate: Candidate, record: RecordFacts, proofs: list[Acquired]
) -> dict[str, object]:
    """Everything the paper says; names as civil status writes them."""
    settings = settings_of(actor)
    titles = {block.code: block.title for block in record.blocks}
    return {
        "number": certificate.number,
        "kind": certificate.kind,
        "record": {"code": record.code, "title": record.title, "level": record.level},
        "registered_until": record.registered_until.isoformat() if record.registered_until else "",
        "certifiers": list(record.certifiers),
        "body": get_organisation(certificate.organisation_id).name,
        "city": settings.city,
        "holder": {
            "birth_name": candidate.birth_name,
            "usage_name": candidate.usage_name,
            "first_names": candidate.first_names,
            "born_on": candidate.born_on,
            "birth_place": candidate.birth_place,
            "birth_country": candidate.birth_country,
        },
        "route": Route(certificate.route).label,
        "blocks": [
            {
                "code": one.block_code,
                "title": titles[one.block_code],
                "acquired_on": one.decided_on.isoformat(),
                "minutes": one.minutes_number,
                **({"rests_on": list(one.rests_on)} if one.rests_on else {}),
            }
            for one in proofs
        ],
        "delivered_on": certificate.delivered_on.isoformat(),
    }
