"""The register of requests as a spreadsheet: codes and dates, no word of anyone."""

from collections.abc import Iterator
from typing import Any

from entremise.core.actor import Actor
from entremise.documents.exports import Export
from entremise.documents.services import Column
from entremise.documents.tables import Kind
from entremise.privacy.forms.requests import RequestFilterForm
from entremise.privacy.queries.requests import list_requests


def rows(actor: Actor, params: Any) -> Iterator[tuple[Any, ...]]:
    """One line a request."""
    form = RequestFilterForm(params)
    for found in list_requests(actor, form.filters()).order_by(*form.order()).iterator(chunk_size=500):
        yield (
            found.reference,
            found.right,
            found.person.reference if found.person else found.get_match_display(),
            found.received_on,
            found.get_channel_display(),
            found.get_identity_display(),
            found.due_on,
            found.get_extension_reason_display() if found.extended_on else "",
            found.get_status_display(),
            found.answered_on,
            found.get_outcome_display() if found.outcome else "",
            found.get_refusal_ground_display() if found.refusal_ground else "",
            found.clock_label,
        )


def count(actor: Actor, params: Any) -> int:
    """How many lines."""
    return list_requests(actor, RequestFilterForm(params).filters()).order_by().count()


_DEADLINE = (
    "Un mois après la réception (RGPD, art. 12.3), compté comme le règlement 1182/71 : même quantième, ou dernier jour "
    "du mois ; reporté au jour ouvrable suivant. Trois mois si la réponse est prolongée."
)
REQUESTS = Export(
    "Demandes d’exercice de droits",
    "privacy.view_requests",
    (
        Column("Demande", width=12),
        Column("Droit", width=22),
        Column("Fiche", width=22),
        Column("Reçue le", Kind.DATE, 12),
        Column("Arrivée par", width=20),
        Column("Identité", width=34),
        Column("Réponse avant le", Kind.DATE, 14),
        Column("Prolongation", width=26),
        Column("État", width=20),
        Column("Répondue le", Kind.DATE, 12),
        Column("Réponse", width=30),
        Column("Fondement", width=44),
        Column("Délai", width=26),
    ),
    rows,
    count,
    (
        (
            "Réponse avant le",
            _DEADLINE,
        ),
        ("Ce qui ne sort pas", "Les mots de la demande et de la réponse, qui sont chiffrés."),
    ),
)
