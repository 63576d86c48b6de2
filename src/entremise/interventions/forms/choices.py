"""What the page of an act offers to one person, gathered in a few queries."""

import uuid
from collections.abc import Sequence
from typing import Any

from entremise.accounts import queries as accounts
from entremise.core.actor import Actor
from entremise.interventions.commands import ActContent
from entremise.interventions.forms.act import Choices, Sites
from entremise.interventions.forms.catalogue import OUTCOME, QUESTIONS, REGISTERS
from entremise.interventions.presets import OPENS_A_CARD, SENSITIVE, registers_of
from entremise.interventions.queries import Habits, thread_choices
from entremise.places.queries import site_choices, site_names

LISTS = (*(question.reference for question in (REGISTERS, OUTCOME, *QUESTIONS)), "L6", "L7")
NO_LONGER_OFFERED = "Gardé de la fiche"


def choices_for(
    actor: Actor,
    habits: Habits,
    *,
    author_id: uuid.UUID | None,
    team_id: uuid.UUID | None,
    held: ActContent | None = None,
) -> Choices:
    """Lists and places, and what one team gives: its registers, colleagues and threads.

    ``team_id`` is that team when it is one of the actor's, else their first. ``held`` is the act being
    corrected: its team may be another's, and what it holds stays offered.
    """
    teams = list(accounts.list_teams(actor, own_only=True))
    team = _team(actor, teams, team_id, held)
    lists = accounts.choices_for(actor.organisation_id, *LISTS)
    allowed = accounts.allowed_sensitive(actor.organisation_id) if actor.organisation_id else set()
    withheld = [pair for pair in SENSITIVE if pair not in allowed]
    return Choices(
        lists=lists,
        sites=_sites(actor, held),
        teams=[(str(one.pk), one.name) for one in teams],
        team_id=str(team.pk),
        colleagues=_colleagues(actor, team.pk, author_id, held),
        threads=thread_choices(actor, [team.pk]),
        registers=[str(code) for code in registers_of(team.job)],
        not_kept=[lists[reference].label(code) for reference, code in withheld if reference == OPENS_A_CARD],
        not_offered=frozenset((reference, str(code)) for reference, code in withheld if reference != OPENS_A_CARD),
        habits=habits,
    )


def _team(actor: Actor, teams: Sequence[Any], team_id: uuid.UUID | None, held: ActContent | None) -> Any:
    own = next((team for team in teams if team.pk == team_id), None)
    if own is None and held is not None and team_id is not None:
        return accounts.get_team(actor, team_id)
    return own or teams[0]


def _colleagues(
    actor: Actor, team_id: uuid.UUID, author_id: uuid.UUID | None, held: ActContent | None
) -> list[tuple[str, str]]:
    members = [member for member in accounts.list_members(actor, team_ids=[team_id]) if member.pk != author_id]
    found = {str(member.pk): accounts.display_name(member) for member in members}
    second = held.second_author_id if held else None
    if second and str(second) not in found:  # a colleague who left still signed this act
        found[str(second)] = accounts.member_names([second]).get(second, accounts.FORMER_MEMBER)
    return sorted(found.items(), key=lambda pair: (pair[1], pair[0]))


def _sites(actor: Actor, held: ActContent | None) -> Sites:
    sites = site_choices(actor)
    if held is None or any(pk == held.site_id for _, group in sites for pk, _ in group):
        return sites
    closed = [(held.site_id, site_names([held.site_id]).get(held.site_id, ""))]
    return [*sites, (NO_LONGER_OFFERED, closed)]
