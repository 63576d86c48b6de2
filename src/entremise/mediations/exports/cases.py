"""The list of mediations as a spreadsheet: stages and dates, nothing of what was confided."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from entremise.accounts.queries import list_teams
from entremise.core.actor import Actor
from entremise.documents.services import Column, Export, Params
from entremise.documents.tables import Kind
from entremise.mediations.filters import CaseFilterForm
from entremise.mediations.queries.cases import case_lines

EXPORT = "mediations"
CHUNK = 500
COLUMNS = (
    Column("Référence", width=11),
    Column("Équipe", width=24),
    Column("Médiateurs", width=30),
    Column("Demandée le", Kind.DATE, 12),
    Column("Premier contact le", Kind.DATE, 12),
    Column("Étape", width=28),
    Column("Étape depuis", Kind.DATE, 12),
    Column("Close le", Kind.DATE, 12),
    Column("Issue", width=36),
)
DEFINITIONS = (
    ("Étape", "Une des onze étapes d’une médiation formelle."),
    ("Issue", "Celle que tous peuvent lire : ni le motif d’un arrêt, ni qui s’est retiré n’y figurent."),
    ("Ce qui ne sort pas", "Les parties, ce qu’elles ont confié, l’accord, les notes."),
)


def count(actor: Actor, params: Params) -> int:
    """How many lines the export will have."""
    return CaseFilterForm(params, actor=actor).count()


def rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    """The lines, read by packets."""
    teams = {team.pk: team.name for team in list_teams(actor, with_closed=True)}
    cases = CaseFilterForm(params, actor=actor).listed().iterator(chunk_size=CHUNK)
    while packet := list(islice(cases, CHUNK)):
        for found in case_lines(actor, packet):
            case = found.case
            yield (
                case.reference,
                teams.get(case.team_id, ""),
                found.mediators,
                case.asked_on,
                case.first_contact_on,
                found.stage,
                case.moved_at,
                case.closed_at,
                found.outcome,
            )


export = Export("Médiations formelles", "mediations.use", COLUMNS, rows, count, DEFINITIONS)
