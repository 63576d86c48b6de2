"""The certifier's lists as spreadsheets, with the filters and the order of their pages."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from entremise.certification.filters import CandidateFilters, SessionFilters
from entremise.certification.models import Candidacy, Candidate
from entremise.certification.queries.candidates import latest_candidacy, open_names
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
