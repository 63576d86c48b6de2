"""Codes turned into the words of the organisation, places and people into their names."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from entremise.accounts import queries as accounts
from entremise.core.actor import Actor
from entremise.interventions.models import Intervention, InterventionCode
from entremise.places.queries import site_names


@dataclass(frozen=True)
class ActLine:
    """An act as a list shows it: codes only, no text."""

    act: Intervention
    register: str
    other_registers: tuple[str, ...]
    outcome: str
    site: str
    authors: str
    has_danger: bool

    @property
    def tension(self) -> str:
        """ "3 → 1", or nothing when one of the two is unknown."""
        before, after = self.act.tension_before, self.act.tension_after
        return f"{before} → {after}" if before is not None and after is not None else ""


def describe(actor: Actor, acts: Iterable[Intervention]) -> list[ActLine]:
    """Lines for these acts in a constant number of queries (codes, lists, places, members)."""
    acts = list(acts)
    codes: dict[uuid.UUID, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = InterventionCode.objects.filter(intervention__in=[act.pk for act in acts], list_reference__in=("L1", "L16"))
    for row in rows.order_by("rank"):
        codes[row.intervention_id][row.list_reference].append(row.code)
    lists = accounts.choices_for(actor.organisation_id, "L1", "L18")
    sites = site_names({act.site_id for act in acts})
    members = accounts.member_names(
        member for act in acts for member in (act.author_id, act.second_author_id) if member
    )
    return [
        ActLine(
            act=act,
            register=lists["L1"].label(codes[act.pk]["L1"][0]) if codes[act.pk]["L1"] else "",
            other_registers=tuple(lists["L1"].label(code) for code in codes[act.pk]["L1"][1:]),
            outcome=lists["L18"].label(act.outcome),
            site=sites.get(act.site_id, ""),
            authors=signatures(act, members),
            has_danger=bool(codes[act.pk]["L16"]),
        )
        for act in acts
    ]


def signatures(act: Intervention, names: dict[uuid.UUID, str]) -> str:
    """ "Samia" or "Samia et Paul"."""
    people = [names.get(member, "") for member in (act.author_id, act.second_author_id) if member]
    return " et ".join(name for name in people if name)
