"""The published table of insertion, one line a wave of a promotion, with its counts beside each rate."""

from collections.abc import Iterator, Sequence
from typing import Any

from entremise.certification.queries.certifier import record_of
from entremise.certification.queries.surveys import promotions
from entremise.core.actor import Actor
from entremise.documents.exports import Export
from entremise.documents.services import Column, Params
from entremise.documents.tables import Kind

_DEFINITIONS = (
    ("Interrogés", "Les titulaires de l’année, toutes voies d’accès, à qui la question a été posée."),
    (
        "Neutralisés",
        "Études, alternance, incapacité de travailler, activité hors de France : ni au-dessus ni au-dessous.",
    ),
    (
        "Insertion (%)",
        "En emploi, sur les répondants moins les neutralisés ; en pour cent entiers, la moitié au-dessus.",
    ),
    ("Métier visé (%)", "Dans un emploi que vise la certification, sur les mêmes."),
)


def rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    """The lines of the page; a promotion nobody was asked about yet has one line without counts."""
    for one in promotions(actor, record_of(actor).code):
        head = (one.year, one.certified, one.certified_vae)
        if not one.waves:
            yield (*head, "", None, None, None, None, None, None, None)
        for wave in one.waves:
            said = wave.tally
            counts = (said.surveyed, said.respondents, said.neutralised, said.employed, said.in_target_job)
            yield (*head, str(wave.wave.label), *counts, said.insertion, said.target_job)


def count(actor: Actor, params: Params) -> int:
    """How many lines there will be."""
    return sum(max(1, len(one.waves)) for one in promotions(actor, record_of(actor).code))


INSERTION = Export(
    "Insertion des titulaires",
    "certification.manage",
    (
        Column("Année", Kind.NUMBER, 10),
        Column("Certifiés", Kind.NUMBER, 12),
        Column("dont VAE", Kind.NUMBER, 12),
        Column("Vague", width=16),
        Column("Interrogés", Kind.NUMBER, 12),
        Column("Répondants", Kind.NUMBER, 12),
        Column("Neutralisés", Kind.NUMBER, 12),
        Column("En emploi", Kind.NUMBER, 12),
        Column("Métier visé", Kind.NUMBER, 12),
        Column("Insertion (%)", Kind.NUMBER, 14),
        Column("Métier visé (%)", Kind.NUMBER, 14),
    ),
    rows,
    count,
    _DEFINITIONS,
)
