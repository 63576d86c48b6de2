"""Who follows breaches in an organisation: its data protection officers; without any, its administrators."""

import uuid

from entremise.accounts.enums import Role
from entremise.accounts.queries import list_members
from entremise.core.actor import Actor, system_actor
from entremise.core.permissions import can


def breach_handlers(organisation_id: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    """(membership, address) of those a breach is told to: one query."""
    members = [one for one in list_members(system_actor(organisation_id)) if one.user is not None]
    for role in (Role.DPD, Role.ADMINISTRATEUR):
        found = [one for one in members if role in one.roles and one.user.is_active]  # type: ignore[union-attr]
        if found:
            return [(one.pk, one.user.email) for one in found]  # type: ignore[union-attr]
    return []


def follows_breaches(actor: Actor) -> bool:
    """The data protection officer; the administrator as long as there is no officer."""
    if not can(actor, "privacy.follow_breaches"):
        return False
    if actor.has_role(Role.DPD):
        return True
    return actor.member_id in {member for member, _ in breach_handlers(actor.organisation_id)}
