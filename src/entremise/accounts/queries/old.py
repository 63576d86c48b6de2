"""Reads of accounts that the other modules use."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from entremise.accounts.enums import Role
from entremise.accounts.models import ListItem, Member, Organisation, SensitiveOption, Team, User
from entremise.core import nomenclature
from entremise.core.actor import Actor

FORMER_MEMBER = "(a quitté l’organisation)"


def actor_for(user: User, organisation_id: uuid.UUID | str | None, request_id: str = "") -> Actor | None:
    """The person acting in the chosen organisation, or in the only one; None when there is none."""
    members = list(Member.objects.filter(user=user, left_at=None).prefetch_related("teams").order_by("joined_at"))
    if not members:
        return None
    chosen = next((m for m in members if str(m.organisation_id) == str(organisation_id)), members[0])
    return Actor(
        organisation_id=chosen.organisation_id,
        user_id=user.pk,
        member_id=chosen.pk,
        roles=frozenset(chosen.roles),
        team_ids=frozenset(team.pk for team in chosen.teams.all() if team.is_active),
        request_id=request_id,
    )


def list_organisations_of(user_id: uuid.UUID) -> QuerySet[Organisation]:
    """The organisations a person may switch to."""
    ids = Member.objects.filter(user_id=user_id, left_at=None).values("organisation_id")
    return Organisation.objects.filter(pk__in=ids).order_by("name")


def get_organisation(organisation_id: uuid.UUID) -> Organisation:
    """The organisation; DoesNotExist when there is none."""
    return Organisation.objects.get(pk=organisation_id)


def list_teams(actor: Actor, *, own_only: bool = False) -> QuerySet[Team]:
    """Active teams of the organisation; with ``own_only``, those the actor belongs to."""
    teams = Team.objects.visible_to(actor).filter(is_active=True)
    return teams.filter(pk__in=actor.team_ids) if own_only else teams


def list_members(actor: Actor, *, team_ids: Iterable[uuid.UUID] | None = None) -> QuerySet[Member]:
    """Present members of the organisation, of some teams if given, with their account."""
    members = Member.objects.visible_to(actor).filter(left_at=None).select_related("user")
    return members.filter(teams__in=list(team_ids)).distinct() if team_ids is not None else members


def member_names(member_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """How to write each member: the name while present, the function once gone."""
    names = {}
    for member in Member.objects.filter(pk__in=set(member_ids)).select_related("user"):
        names[member.pk] = display_name(member)
    return names


def display_name(member: Member) -> str:
    """The name of a present member, the function of one who left."""
    if member.user is not None and member.left_at is None:
        return member.user.display_name
    functions = ", ".join(Role(code).label for code in member.roles) or "Membre"
    return f"{functions} {FORMER_MEMBER}"


@dataclass(frozen=True)
class ListChoices:
    """A list as one organisation sees it: (code, label) in order, and labels of every known code."""

    offered: list[tuple[str, str]]
    labels: dict[str, str]

    def label(self, code: str) -> str:
        """The label of a code, of its national parent, or the code itself."""
        return self.labels.get(code) or self.labels.get(nomenclature.national(code)) or code


def choices_for(organisation_id: uuid.UUID | None, *references: str) -> dict[str, ListChoices]:
    """Lists with the organisation's labels, hidden items and completions, in one query."""
    changes: dict[str, dict[str, ListItem]] = {reference: {} for reference in references}
    if organisation_id is not None:
        for item in ListItem.objects.filter(organisation_id=organisation_id, list_reference__in=references):
            changes[item.list_reference][item.code] = item
    return {reference: _merge(reference, changes[reference]) for reference in references}


def _merge(reference: str, changes: dict[str, ListItem]) -> ListChoices:
    offered, labels = [], {}
    for code, national_label in nomenclature.get(reference).choices.choices:
        change = changes.get(code)
        labels[code] = change.label if change and change.label else str(national_label)
        if not (change and change.is_hidden):
            offered.append((code, labels[code]))
        for local, item in sorted(changes.items()):
            if nomenclature.national(local) == code and local != code:
                labels[local] = item.label
                if not item.is_hidden:
                    offered.append((local, item.label))
    return ListChoices(offered, labels)


def allowed_sensitive(organisation_id: uuid.UUID) -> set[tuple[str, str]]:
    """The (list, code) pairs that the data protection officer switched on and did not withdraw."""
    return set(
        SensitiveOption.objects.filter(organisation_id=organisation_id, withdrawn_at=None).values_list(
            "list_reference", "code"
        )
    )


def has_organisations() -> bool:
    """False on an empty installation."""
    return Organisation.objects.exists()
