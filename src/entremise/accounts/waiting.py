"""What waits for an administrator: what nobody else will settle."""

from django.urls import reverse

from entremise.accounts import queries
from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.waiting import WaitingItem


def loose_ends(actor: Actor) -> list[WaitingItem]:
    """Invitations that lapsed, people of the field without a team, teams without anyone; three queries."""
    if not can(actor, "accounts.manage_members"):
        return []
    found = queries.loose_ends(actor)
    members, teams = reverse("accounts:members"), reverse("accounts:teams")
    unplaced = f"{members}?equipe={queries.WITHOUT_TEAM}"
    return [
        _item(
            "invitations", found.lapsed_invitations, "invitation expirée", "invitations expirées", members, "Les voir"
        ),
        _item("members", found.without_team, "personne sans équipe", "personnes sans équipe", unplaced, "Les placer"),
        _item("teams", found.empty_teams, "équipe sans membre", "équipes sans membre", teams, "Voir les équipes"),
    ]


def _item(kind: str, count: int, one: str, many: str, url: str, action: str) -> WaitingItem:
    return WaitingItem(label=one if count == 1 else many, count=count, url=url, kind=f"accounts.{kind}", action=action)
