"""The certifier's lists as spreadsheets, with the filters and the order of their pages."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from entremise.certification.enums import DepositState, FeasibilityState
from entremise.certification.filters import (
    CandidateFilters,
    DepositFilters,
    DossierFilters,
    JurorFilters,
    SessionFilters,
)
from entremise.certification.models import Candidacy, Candidate
from entremise.certification.queries.candidates import latest_candidacy, named, open_names
from entremise.certification.queries.notices import results_owed
from entremise.certification.queries.vae import open_dossiers
from entremise.certification.vae_path import TO_DECIDE
from entremise.core.actor import Actor
from entremise.documents.exports import Export
from entremise.documents.services import Column, Params
from entremise.documents.tables import Kind

_CHUNK = 500


def _candidate_rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    """One line a file, read by packets: each packet asks the store of keys once."""
    found = CandidateFilters(params, actor=actor).listed().prefetch_related("candidacies__enrolments")
    candidates = found.iterator(chunk_size=_CHUNK)
    while packet := list(islice(candidates, _CHUNK)):
        open_names(packet)
        for one in packet:
            yield _candidate_row(one, latest_candidacy(one))


def _candidate_row(one: Candidate, candidacy: Candidacy | None) -> Sequence[Any]:
    head = (one.name, one.reference, one.opened_at)
    if candidacy is None:
        return (*head, "", "", None, "")
    blocks = ", ".join(enrolment.block_code for enrolment in candidacy.enrolments.all())
    state = "Close" if candidacy.withdrawn_on else "En cours"
    return (*head, candidacy.get_route_display(), blocks, candidacy.opened_on, state)


def _candidate_count(actor: Actor, params: Params) -> int:
    return CandidateFilters(params, actor=actor).count()


def _session_rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    for one in SessionFilters(params, actor=actor).listed():
        yield (
            one.starts_on,
            one.ends_on,
            one.place,
            one.get_modality_display(),
            one.record_code,
            one.get_state_display(),
        )


def _session_count(actor: Actor, params: Params) -> int:
    return SessionFilters(params, actor=actor).count()


def _juror_rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    for line in named(JurorFilters(params, actor=actor).listed()):
        one = line.juror
        quality, origin = one.get_kind_display(), "Oui" if one.is_external else "Non"
        dates = (one.trained_on, one.confidentiality_on, one.entitled_until)
        yield (line.name, quality, one.function, one.employer, origin, *dates, "Oui" if one.is_active else "Non")


def _juror_count(actor: Actor, params: Params) -> int:
    return JurorFilters(params, actor=actor).count()


def _dossier_rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    """One line a dossier, read by packets as the candidates are."""
    dossiers = DossierFilters(params, actor=actor).listed().iterator(chunk_size=_CHUNK)
    while packet := list(islice(dossiers, _CHUNK)):
        for one in open_dossiers(packet):
            admitted = one.feasibility == FeasibilityState.ADMISSIBLE
            due_on = one.due_on if one.feasibility in TO_DECIDE else None
            second = one.get_validation_display() if admitted else ""
            who = (one.candidate.name, one.candidate.reference)
            yield (*who, one.get_feasibility_display(), due_on, second, one.lapsed_on)


def _dossier_count(actor: Actor, params: Params) -> int:
    return DossierFilters(params, actor=actor).count()


def _deposit_rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    for line in DepositFilters(params, actor=actor).lines(limit=None):
        state = DepositState(line.state).label if line.state else "À envoyer"
        facts = (line.certificate.number, line.certificate.delivered_on, line.due_on, state, line.message)
        yield (line.name, *facts, " ".join(line.faults), " ".join(line.warnings))


def _deposit_count(actor: Actor, params: Params) -> int:
    return len(DepositFilters(params, actor=actor).lines(limit=None))


def _owed_rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    for line in results_owed(actor, limit=None):
        late = "Oui" if line.is_late else "Non"
        yield (line.candidate.name, line.candidate.reference, line.session.ends_on, line.due_on, late)


def _owed_count(actor: Actor, params: Params) -> int:
    return len(results_owed(actor, limit=None))


CANDIDATES = Export(
    "Candidats",
    "certification.follow",
    (
        Column("Candidat", width=32),
        Column("Dossier", width=12),
        Column("Ouvert le", Kind.DATE, 12),
        Column("Voie d’accès", width=36),
        Column("Blocs visés", width=48),
        Column("Candidature du", Kind.DATE, 14),
        Column("Candidature", width=14),
    ),
    _candidate_rows,
    _candidate_count,
    (("Voie d’accès", "Celle de la candidature en cours, sinon de la dernière qui fut close."),),
)
SESSIONS = Export(
    "Sessions de certification",
    "certification.examine",
    (
        Column("Du", Kind.DATE, 12),
        Column("Au", Kind.DATE, 12),
        Column("Lieu", width=40),
        Column("Modalité", width=18),
        Column("Certification", width=14),
        Column("État", width=24),
    ),
    _session_rows,
    _session_count,
)
JURORS = Export(
    "Membres de jury",
    "certification.manage",
    (
        Column("Personne", width=28),
        Column("Siège comme", width=30),
        Column("Fonction", width=32),
        Column("Employeur", width=28),
        Column("Extérieur", width=10),
        Column("Informé le", Kind.DATE, 12),
        Column("Confidentialité", Kind.DATE, 14),
        Column("Habilité jusqu’au", Kind.DATE, 16),
        Column("Siège encore", width=12),
    ),
    _juror_rows,
    _juror_count,
)
DOSSIERS = Export(
    "Dossiers de VAE",
    "certification.manage",
    (
        Column("Candidat", width=32),
        Column("Dossier", width=12),
        Column("Faisabilité", width=18),
        Column("À décider avant le", Kind.DATE, 16),
        Column("Validation", width=14),
        Column("Caduque le", Kind.DATE, 12),
    ),
    _dossier_rows,
    _dossier_count,
)
OWED = Export(
    "Résultats à notifier",
    "certification.manage",
    (
        Column("Candidat", width=32),
        Column("Dossier", width=12),
        Column("Session", Kind.DATE, 12),
        Column("À notifier avant le", Kind.DATE, 16),
        Column("En retard", width=10),
    ),
    _owed_rows,
    _owed_count,
    (("À notifier avant le", "Le délai de la VAE, depuis le sceau du procès-verbal ; les autres voies n’en ont pas."),),
)
DEPOSITS = Export(
    "Dépôt officiel",
    "certification.manage",
    (
        Column("Titulaire", width=32),
        Column("Certificat", width=16),
        Column("Délivré le", Kind.DATE, 12),
        Column("Avant le", Kind.DATE, 12),
        Column("Suite", width=12),
        Column("Message du portail", width=40),
        Column("À corriger d’abord", width=48),
        Column("À vérifier", width=48),
    ),
    _deposit_rows,
    _deposit_count,
    (("Avant le", "Trois mois après la délivrance (code du travail, L. 6113-8)."),),
)
