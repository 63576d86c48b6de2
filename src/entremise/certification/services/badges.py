"""Signing the badge of a certificate, withdrawing it, tying it to its holder's address, changing the key."""

import base64
import os
import secrets
import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from entremise.accounts.services import take_turn
from entremise.certification import minutes_text
from entremise.certification.enums import CertificateKind
from entremise.certification.events import BadgeIssued, BadgeKeyMade, BadgeWithdrawn
from entremise.certification.models import Badge, BadgeKey, Certificate
from entremise.certification.openbadges import credential, proof, status_list
from entremise.certification.openbadges.credential import Achievement, Issuer, Target
from entremise.certification.queries.badges import did_of
from entremise.certification.queries.certificates import get_certificate, read_certificate
from entremise.certification.services.texts import clean
from entremise.competences.queries import RecordFacts, record_facts
from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput, NotAllowed
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.journal.services import publish

_FULLEST = status_list.LENGTH // 2  # beyond, drawing a free place would take long: a new key brings a new list
_REGISTER = "https://www.francecompetences.fr/recherche"


@transaction.atomic
def issue_badge(*, actor: Actor, certificate_id: uuid.UUID) -> Badge:
    """The badge of a certificate in force: the one it has, or a new one."""
    require(actor, "certification.manage")
    certificate = held_certificate(actor, certificate_id)
    return Badge.objects.filter(certificate=certificate, withdrawn_at=None).first() or _sign(actor, certificate)


@transaction.atomic
def tie_badge(*, actor: Actor, certificate_id: uuid.UUID, address: str) -> Badge:
    """Sign the badge again with the fingerprint of an address, the holder's own choice; the former one is withdrawn.

    The address itself is kept nowhere. An empty one gives a badge tied to nobody again.
    """
    certificate = held_certificate(actor, certificate_id)
    if actor.member_id is None or certificate.candidate.member_id != actor.member_id:
        raise NotAllowed("certification.tie_badge")
    words = clean(address)
    if words:
        try:
            validate_email(words)
        except ValidationError as error:
            raise InvalidInput({"address": ["Écrivez une adresse entière, comme prenom@exemple.fr."]}) from error
    take_turn(actor.organisation_id)  # before any key: a delivery takes both in this order
    withdraw_badge(actor, certificate)
    return _sign(actor, certificate, words)


@transaction.atomic
def change_key(*, actor: Actor) -> BadgeKey:
    """A new key for the badges to come. Those already signed stay true: their key keeps signing their list."""
    require(actor, "certification.manage")
    take_turn(actor.organisation_id)
    former = BadgeKey.objects.select_for_update().filter(organisation_id=actor.organisation_id, retired_at=None).first()
    if former:
        former.retired_at = now()
        former.save(update_fields=["retired_at"])
    return _make_key(actor, former)


def held_certificate(actor: Actor, certificate_id: uuid.UUID) -> Certificate:
    """A certificate the actor reads, locked: withdrawn meanwhile, it gets no badge that its withdrawal would miss."""
    found = get_certificate(actor, certificate_id)
    return Certificate.objects.select_for_update(of=("self",)).select_related("candidate").get(pk=found.pk)


def withdraw_badge(actor: Actor, certificate: Certificate) -> None:
    """Part of withdrawing a certificate or of signing its badge again: the list says so from now on."""
    for badge in Badge.objects.filter(certificate=certificate, withdrawn_at=None):
        badge.withdrawn_at = now()
        badge.save(update_fields=["withdrawn_at"])
        key = BadgeKey.objects.select_for_update().get(pk=badge.key_id)
        _write_list(key)
        key.save(update_fields=["withdrawn"])
        publish(BadgeWithdrawn(actor=actor, target_id=certificate.pk, codes={"badge": str(badge.pk)}))


def _sign(actor: Actor, certificate: Certificate, address: str = "") -> Badge:
    if certificate.revoked_at is not None or not certificate.content:
        raise InvalidInput({FORM: ["Ce certificat a été retiré ou effacé : il n’a plus de badge."]})
    key = _key_of(actor)
    badge = Badge(
        organisation_id=certificate.organisation_id,
        certificate=certificate,
        candidate_id=certificate.candidate_id,
        key=key,
        position=_free_place(key),
        issued_at=now().replace(microsecond=0),
        is_tied=bool(address),
    )
    signed = proof.sign(_document(badge, certificate, address), _seed(key), credential.instant(badge.issued_at))
    badge.content = minutes_text.canonical(signed)
    badge.digest = minutes_text.digest_of(badge.content)
    badge.save(force_insert=True)
    codes = {"badge": str(badge.pk), "key": key.public, "digest": badge.digest}
    publish(BadgeIssued(actor=actor, target_id=certificate.pk, codes=codes))
    return badge


def _document(badge: Badge, certificate: Certificate, address: str) -> dict[str, object]:
    told = read_certificate(certificate)
    salt = secrets.token_hex(16)
    page = settings.BASE_URL + reverse("certification:badge_key", args=[badge.key.public])
    numbers = ", ".join(sorted({one["minutes"] for one in told["blocks"]}))
    return credential.document(
        credential.Badge(
            identifier=badge.pk,
            issuer=Issuer(did_of(badge.key), told["body"], page),
            achievement=_achievement(certificate, record_facts(certificate.record_code)),
            acquired_on=certificate.acquired_on,
            issued_at=badge.issued_at,
            proven_by=f"Décision d’un jury collégial, procès-verbal signé et scellé : {numbers}.",
            list_url=badge.key.list_url,
            position=badge.position,
            holder=(salt, credential.hashed_address(address, salt)) if address else None,
        )
    )


def _achievement(certificate: Certificate, record: RecordFacts) -> Achievement:
    """What the record prints of the certification, or of the block."""
    kind, number = (record.code[:4], record.code[4:]) if record.code.startswith("RNCP") else ("RS", record.code[2:])
    page = f"{_REGISTER}/{kind.lower()}/{number}/"
    whole = certificate.kind == CertificateKind.FULL
    blocks = [one for one in record.blocks if whole or one.code == certificate.block_code]
    level = f", niveau {record.level}" if record.level is not None else ""
    entire = f"Certification {record.code}{level} : {record.title}."
    competences = " ; ".join(one.text for block in blocks for one in block.competences)
    return Achievement(
        code=record.code if whole else certificate.block_code,
        title=record.title if whole else blocks[0].title,
        description=entire if whole else f"Bloc de compétences. {entire} {competences}",
        criteria="\n".join(f"{block.title} : {block.evaluation}" for block in blocks),
        is_whole=whole,
        targets=[Target(record.code, record.title, page), *(Target(one.code, one.title, page) for one in blocks)],
    )


def _key_of(actor: Actor) -> BadgeKey:
    """The key of today, locked so that two badges never take one place; made when there is none or its list is full."""
    take_turn(actor.organisation_id)  # two first badges at once would make two keys
    found = BadgeKey.objects.select_for_update().filter(organisation_id=actor.organisation_id, retired_at=None).first()
    if found is None:
        return _make_key(actor, None)
    if Badge.objects.filter(key=found).count() < _FULLEST:
        return found
    found.retired_at = now()
    found.save(update_fields=["retired_at"])
    return _make_key(actor, found)


def _make_key(actor: Actor, former: BadgeKey | None) -> BadgeKey:
    seed = os.urandom(proof.SEED_BYTES)
    public = proof.did_of(seed).removeprefix(proof.DID)
    key = BadgeKey(
        organisation_id=actor.organisation_id,
        public=public,
        seed=base64.b64encode(seed).decode(),
        list_url=settings.BASE_URL + reverse("certification:badge_list", args=[public]),
    )
    _write_list(key)
    key.save(force_insert=True)
    codes = {"key": public, "replaces": former.public if former else ""}
    publish(BadgeKeyMade(actor=actor, target_id=key.pk, codes=codes))
    return key


def _write_list(key: BadgeKey) -> None:
    gone = Badge.objects.filter(key_id=key.pk).exclude(withdrawn_at=None).values_list("position", flat=True)
    signed = status_list.signed_list(key.list_url, gone, _seed(key), credential.instant(now()))
    key.withdrawn = minutes_text.canonical(signed)


def _free_place(key: BadgeKey) -> int:
    taken = set(Badge.objects.filter(key=key).values_list("position", flat=True))
    while (place := secrets.randbelow(status_list.LENGTH)) in taken:
        continue
    return place


def _seed(key: BadgeKey) -> bytes:
    return base64.b64decode(key.seed)
