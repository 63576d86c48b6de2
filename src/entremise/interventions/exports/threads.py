"""The list of threads as a spreadsheet: references and dates, never the label a team gave."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from entremise.accounts.queries import list_teams
from entremise.core.actor import Actor
from entremise.documents.services import Column, Export, Params
from entremise.documents.tables import Kind
from entremise.interventions.filters import ThreadFilterForm
from entremise.interventions.queries import acts_of_threads

EXPORT = "fils"
CHUNK = 500
COLUMNS = (
    Column("Référence", width=11),
    Column("Équipe", width=24),
    Column("Ouvert le", Kind.DATE, 12),
    Column("Interventions que vous pouvez lire", Kind.NUMBER, 16),
    Column("Rappel le", Kind.DATE, 12),
    Column("Clos le", Kind.DATE, 12),
)
DEFINITIONS = (
    ("Fil", "Interventions qui parlent de la même chose. Ce n’est pas une personne."),
    ("Ce qui ne sort pas", "Le repère donné par l’équipe et l’objet du rappel."),
)


def _threads(actor: Actor, params: Params) -> Any:
    return ThreadFilterForm(params, actor=actor).listed()


def count(actor: Actor, params: Params) -> int:
    """How many lines the export will have."""
    return int(_threads(actor, params).order_by().count())


def rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    """The lines, read by packets."""
    teams = {team.pk: team.name for team in list_teams(actor, with_closed=True)}
    threads = _threads(actor, params).defer("label", "reminder_note").iterator(chunk_size=CHUNK)
    while packet := list(islice(threads, CHUNK)):
        acts = acts_of_threads(actor, [thread.pk for thread in packet])
        for thread in packet:
            yield (
                thread.reference,
                teams.get(thread.team_id, ""),
                thread.opened_at,
                acts.get(thread.pk, 0),
                thread.reminder_on,
                thread.closed_at,
            )


export = Export("Fils et rappels", "interventions.record", COLUMNS, rows, count, DEFINITIONS)
