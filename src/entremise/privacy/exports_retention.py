"""What is due and what was purged, as spreadsheets: counts and proofs, never a name."""

from collections.abc import Iterator
from typing import Any

from entremise.core import personal
from entremise.core.actor import Actor
from entremise.documents.exports import Export
from entremise.documents.services import Column
from entremise.documents.tables import Kind
from entremise.privacy.forms.retention import RunFilterForm
from entremise.privacy.queries.retention import lines, list_runs, run_lines


def _rule_rows(actor: Actor, params: Any) -> Iterator[tuple[Any, ...]]:
    for line in lines(actor):
        state, last = line.state, line.last
        yield (
            line.rule.label,
            line.duration,
            line.rule.starts,
            line.follows,
            line.basis,
            line.rule.source,
            state.due if state else None,
            state.due_soon if state else None,
            state.held if state else None,
            state.counted_at if state else None,
            last.started_at if last else None,
            last.done if last else None,
            last.proof if last else "",
        )


def _rules(actor: Actor, params: Any) -> int:
    return len(personal.rules())


def _runs(actor: Actor, params: Any) -> Any:
    chosen = RunFilterForm(params, rules=[(one.code, one.label) for one in personal.rules()]).chosen
    return list_runs(actor, chosen["regle"], chosen["etat"])


def _run_rows(actor: Actor, params: Any) -> Iterator[tuple[Any, ...]]:
    for line in run_lines(_runs(actor, params).iterator(chunk_size=500)):
        run = line.run
        yield (
            line.label,
            run.started_at,
            line.state[1],
            line.duration,
            run.limit,
            run.due,
            run.done,
            run.held,
            run.failed,
            run.proof,
        )


_PROOF = (
    "SHA-256 des identifiants traités, un par ligne, dans l’ordre. Qui garde une ancienne sauvegarde la refait et "
    "vérifie que ces fiches-là, et aucune autre, ont été traitées."
)
RULES = Export(
    "À purger",
    "privacy.view_retention",
    (
        Column("Donnée", width=34),
        Column("Durée", width=26),
        Column("À partir de", width=40),
        Column("Ensuite", width=34),
        Column("Base légale", width=26),
        Column("D’où vient la durée", width=50),
        Column("Échues", Kind.NUMBER, 10),
        Column("Dans 30 jours", Kind.NUMBER, 12),
        Column("Gelées", Kind.NUMBER, 10),
        Column("Comptées le", Kind.DATETIME, 18),
        Column("Dernier passage", Kind.DATETIME, 18),
        Column("Traitées", Kind.NUMBER, 10),
        Column("Empreinte", width=66),
    ),
    _rule_rows,
    _rules,
    (("Empreinte", _PROOF),),
)
RUNS = Export(
    "Passages de conservation",
    "privacy.view_retention",
    (
        Column("Donnée", width=34),
        Column("Commencé", Kind.DATETIME, 18),
        Column("État", width=30),
        Column("Durée", width=14),
        Column("Délai courant depuis avant", Kind.DATETIME, 24),
        Column("Échues", Kind.NUMBER, 10),
        Column("Traitées", Kind.NUMBER, 10),
        Column("Gelées", Kind.NUMBER, 10),
        Column("En échec", Kind.NUMBER, 10),
        Column("Empreinte", width=66),
    ),
    _run_rows,
    lambda actor, params: _runs(actor, params).order_by().count(),
    (("Empreinte", _PROOF),),
)
