"""Members and teams as spreadsheets: who works here and where, never how to reach them."""

from collections.abc import Iterator, Sequence
from typing import Any

from entremise.accounts.forms.members import MemberFilterForm, TeamFilterForm
from entremise.core.actor import Actor
from entremise.documents.exports import Export
from entremise.documents.services import Column, Params
from entremise.documents.tables import Kind

Rows = Iterator[Sequence[Any]]


def _member_rows(actor: Actor, params: Params) -> Rows:
    for line in MemberFilterForm(params, actor=actor).lines():
        member = line.member
        yield (line.name, ", ".join(line.roles), ", ".join(line.teams), member.joined_at, member.left_at)


def _members(actor: Actor, params: Params) -> int:
    return len(MemberFilterForm(params, actor=actor).lines())


def _team_rows(actor: Actor, params: Params) -> Rows:
    for team in TeamFilterForm(params, actor=actor).listed():
        state = "Ouverte" if team.is_active else "Fermée"
        yield (team.name, team.get_job_display(), team.size, state, "Oui" if team.is_anonymous else "")


def _teams(actor: Actor, params: Params) -> int:
    return TeamFilterForm(params, actor=actor).listed().order_by().count()


MEMBERS = Export(
    "Membres",
    "accounts.view_members",
    (
        Column("Nom", width=28),
        Column("Rôles", width=32),
        Column("Équipes", width=36),
        Column("Arrivée", Kind.DATE, 12),
        Column("Départ", Kind.DATE, 12),
    ),
    _member_rows,
    _members,
    (("Ce qui ne sort pas", "Les adresses, et le nom de ceux qui ont quitté l’organisation : leur fonction demeure."),),
)
TEAMS = Export(
    "Équipes",
    "accounts.view_teams",
    (
        Column("Équipe", width=28),
        Column("Métier", width=44),
        Column("Membres", Kind.NUMBER, 10),
        Column("État", width=12),
        Column("Public anonyme", width=16),
    ),
    _team_rows,
    _teams,
)
