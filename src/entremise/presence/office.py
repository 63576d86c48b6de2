"""What waits for an administrator: accounts stand below this module, so their loose ends are told from here."""

from django.urls import reverse

from entremise.accounts import queries as accounts
from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.presence.waiting import WaitingItem


def loose_ends(actor: Actor) -> list[WaitingItem]:
    """Invitations that lapsed, people of the field without a team, teams without anyone; three queries."""
    if not can(actor, "accounts.manage_members"):
        return []
    found = accounts.loose_ends(actor)
    members, teams = reverse("accounts:members"), reverse("accounts:teams")
    unplaced = f"{members}?equipe={accounts.WITHOUT_TEAM}"
    return [
        _item(
            "invitations", found.lapsed_invitations, "invitation expirée", "invitations expirées", members, "Les voir"
        ),
        _item("members", found.without_team, "personne sans équipe", "personnes sans équipe", unplaced, "Les placer"),
        _item("teams", found.empty_teams, "équipe sans membre", "équipes sans membre", teams, "Voir les équipes"),
    ]


def _item(kind: str, count: int, one: str, many: str, url: str, action: str) -> WaitingItem:
    return WaitingItem(label=one if count == 1 else many, count=count, url=url, kind=f"accounts.{kind}", action=action)
