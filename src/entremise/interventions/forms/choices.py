"""What the page of an act offers to one person, gathered in a few queries."""

import uuid
from collections.abc import Collection

from entremise.accounts import queries as accounts
from entremise.core.actor import Actor
from entremise.interventions.enums import Register
from entremise.interventions.forms.act import Choices
from entremise.interventions.forms.catalogue import OUTCOME, QUESTIONS, REGISTERS
from entremise.interventions.presets import REGISTERS_BY_JOB, SENSITIVE
from entremise.interventions.queries import Habits, thread_choices
from entremise.places.queries import site_choices

LISTS = (*(question.reference for question in (REGISTERS, OUTCOME, *QUESTIONS)), "L6", "L7")


def choices_for(actor: Actor, habits: Habits, *, author_id: uuid.UUID | None, team_id: uuid.UUID | None) -> Choices:
    """Lists, places, colleagues and threads; ``team_id`` limits them to one team (a correction)."""
    teams = list(accounts.list_teams(actor, own_only=True))
    kept = [team for team in teams if team.pk == team_id] or teams
    ids = [team.pk for team in kept]
    members = [member for member in accounts.list_members(actor, team_ids=ids) if member.pk != author_id]
    colleagues = sorted((accounts.display_name(member), str(member.pk)) for member in members)
    lists = accounts.choices_for(actor.organisation_id, *LISTS)
    return Choices(
        lists=lists,
        sites=site_choices(actor),
        teams=[(str(team.pk), team.name) for team in kept],
        colleagues=[(pk, name) for name, pk in colleagues],
        threads=thread_choices(actor, ids),
        registers=_registers({team.job for team in kept}),
        not_kept=_not_kept(actor, lists["L16"]),
        habits=habits,
    )


def _not_kept(actor: Actor, signs: accounts.ListChoices) -> list[str]:
    allowed = accounts.allowed_sensitive(actor.organisation_id) if actor.organisation_id else set()
    return [
        signs.label(code) for reference, code in SENSITIVE if reference == "L16" and (reference, code) not in allowed
    ]


def _registers(jobs: Collection[str]) -> list[str]:
    """The registers of these jobs, in the order of the first; every register when a job is unknown."""
    found: dict[str, None] = {}
    for job in sorted(jobs):
        found.update(dict.fromkeys(REGISTERS_BY_JOB.get(job, tuple(Register))))  # type: ignore[call-overload]
    return [str(code) for code in found] or list(Register.values)
