"""The registers as spreadsheets: numbers, dates, counts and whole seals; no holder, no candidate."""

from collections.abc import Iterator, Sequence
from typing import Any

from entremise.certification.register_filters import CertificateFilters, DepositRegisterFilters, MinutesFilters
from entremise.core.actor import Actor
from entremise.documents.exports import Export
from entremise.documents.services import Column, Params
from entremise.documents.tables import Kind


def _minutes_rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    for one in MinutesFilters(params, actor=actor).listed():
        state = "Texte effacé" if one.erased_at else "Lisible"
        yield (one.number, one.session.ends_on, one.sealed_at, one.digest, one.previous, one.seal, state)


def _minutes_count(actor: Actor, params: Params) -> int:
    return MinutesFilters(params, actor=actor).count()


def _certificate_rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    for one in CertificateFilters(params, actor=actor).listed():
        what = (one.number, one.get_kind_display(), one.record_code, one.block_code)
        yield (*what, one.acquired_on, one.delivered_on, one.copies, one.revoked_at, one.digest)


def _certificate_count(actor: Actor, params: Params) -> int:
    return CertificateFilters(params, actor=actor).count()


def _deposit_rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    for one in DepositRegisterFilters(params, actor=actor).listed():
        counts = (one.sent, one.accepted, one.rejected)
        yield (one.stamped_at, one.get_action_display(), one.profile, *counts, one.reported_at, one.digest)


def _deposit_count(actor: Actor, params: Params) -> int:
    return DepositRegisterFilters(params, actor=actor).count()


MINUTES = Export(
    "Procès-verbaux scellés",
    "certification.audit",
    (
        Column("Numéro", width=18),
        Column("Session", Kind.DATE, 12),
        Column("Scellé", Kind.DATETIME, 18),
        Column("Empreinte du texte", width=66),
        Column("Sceau précédent", width=66),
        Column("Sceau", width=66),
        Column("Texte", width=14),
    ),
    _minutes_rows,
    _minutes_count,
    (("Sceau", "SHA-256 du sceau précédent, du numéro et de l’empreinte du texte : un octet changé se voit."),),
)
CERTIFICATES = Export(
    "Certificats et attestations",
    "certification.audit",
    (
        Column("Numéro", width=18),
        Column("Nature", width=24),
        Column("Certification", width=14),
        Column("Bloc", width=18),
        Column("Acquis le", Kind.DATE, 12),
        Column("Délivré le", Kind.DATE, 12),
        Column("Exemplaires", Kind.NUMBER, 12),
        Column("Retiré", Kind.DATETIME, 18),
        Column("Empreinte", width=66),
    ),
    _certificate_rows,
    _certificate_count,
    (("Exemplaires", "Combien de fois ce certificat a été imprimé ; chaque duplicata est au journal."),),
)
DEPOSIT_FILES = Export(
    "Fichiers du dépôt officiel",
    "certification.audit",
    (
        Column("Préparé", Kind.DATETIME, 18),
        Column("Demande", width=14),
        Column("Format", width=10),
        Column("Passages", Kind.NUMBER, 10),
        Column("Acceptés", Kind.NUMBER, 10),
        Column("Rejetés", Kind.NUMBER, 10),
        Column("Compte rendu lu", Kind.DATETIME, 18),
        Column("Empreinte du fichier", width=66),
    ),
    _deposit_rows,
    _deposit_count,
    (("Passages", "Les certifications entières de ce fichier, acceptées ou non par la suite."),),
)
