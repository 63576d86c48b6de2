"""Reads of cases. ``get_case`` gives stage and dates; ``get_vault`` opens what was confided."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from entremise.accounts.queries import confidences_closed_until, member_names
from entremise.core.actor import Actor
from entremise.core.db import get_one, open_together
from entremise.core.errors import NotAllowed
from entremise.core.permissions import require
from entremise.mediations.enums import Stage
from entremise.mediations.models import Case, CaseMediator, Party

STATES = ("ouvertes", "closes", "toutes")


class VaultShut(NotAllowed):
    """The vault waits: the way into this account was made anew less than 72 hours ago."""

    def __init__(self, until: dt.datetime) -> None:
        self.until = until
        super().__init__("mediations.vault")


@dataclass(frozen=True, kw_only=True)
class CaseFilters:
    """What a list keeps; empty values keep everything."""

    state: str = "ouvertes"
    stage: str = ""
    outcome: str = ""
    team_id: uuid.UUID | None = None
    mine: bool = False


def list_cases(actor: Actor, filters: CaseFilters | None = None) -> QuerySet[Case]:
    """The actor's cases and, for a coordinator, the stage and dates of the team's; the latest opened first.

    Nothing sealed is loaded: no list can show a word of the vault.
    """
    filters = filters or CaseFilters()
    cases = Case.objects.open_to(actor) if filters.mine else Case.objects.visible_to(actor)
    if filters.state != "toutes":
        cases = cases.filter(closed_at__isnull=filters.state != "closes")
    wanted = {"stage": filters.stage, "outcome": filters.outcome, "team_id": filters.team_id}
    cases = cases.filter(**{name: value for name, value in wanted.items() if value})
    return _without_words(cases).order_by("-opened_at", "-pk")


def _without_words(cases: QuerySet[Case]) -> QuerySet[Case]:
    present = Prefetch("mediators", queryset=CaseMediator.objects.filter(left_at=None).defer("link"))
    return cases.defer("asked_by", "subject", "exact_outcome", "ground").prefetch_related(present)


@dataclass(frozen=True)
class CaseLine:
    """A case as a list shows it."""

    case: Case
    stage: str
    outcome: str
    mediators: str
    is_mine: bool


def case_lines(actor: Actor, cases: Sequence[Case]) -> list[CaseLine]:
    """Lines in a constant number of queries."""
    names = member_names(member for case in cases for member in case.mediator_ids)
    return [
        CaseLine(
            case=case,
            stage=str(Stage(case.stage).label),
            outcome=case.get_outcome_display() if case.outcome else "",
            mediators=", ".join(sorted(names[member] for member in case.mediator_ids)),
            is_mine=actor.member_id in case.mediator_ids,
        )
        for case in cases
    ]


def get_case(actor: Actor, case_id: uuid.UUID) -> Case:
    """A case the actor conducts or supervises, without a word of it; NotFound otherwise."""
    return get_one(_without_words(Case.objects.visible_to(actor)).filter(pk=case_id))


def get_vault(actor: Actor, case_id: uuid.UUID) -> Case:
    """A case with what was confided, for one of its mediators.

    Raises NotFound, NotAllowed (a coordinator), VaultShut (for 72 hours after a new way into the account).
    """
    case = get_one(Case.objects.visible_to(actor).prefetch_related("mediators").filter(pk=case_id))
    require(actor, "mediations.vault", case)
    refuse_shut(actor)
    return case


def refuse_shut(actor: Actor) -> None:
    """VaultShut while what was confided to the actor waits."""
    until = confidences_closed_until(actor.user_id)
    if until is not None:
        raise VaultShut(until)


def parties_of(case: Case) -> list[Party]:
    """The parties by letter, their names opened together."""
    parties = list(Party.objects.filter(case=case).select_related("person").prefetch_related("consents"))
    open_together(parties, "label", "empowered", "supporter", "own_wish")
    open_together([party.person for party in parties if party.person], "name")
    return parties


def name_of(party: Party) -> str:
    """How its mediators call a party: the name it let us keep, its reference, or its label."""
    if party.person is not None and party.person.erased_at is None:
        return party.person.name or f"personne {party.person.reference}"
    return party.label or "(effacée)" if party.kind == "personne" else party.label


def get_party(case: Case, party_id: uuid.UUID) -> Party:
    """A party of this case; NotFound for any other."""
    return get_one(Party.objects.filter(case=case, pk=party_id).select_related("person"))


def by_letter(parties: Iterable[Party]) -> dict[str, Party]:
    """Parties by their letter."""
    return {party.letter: party for party in parties}
