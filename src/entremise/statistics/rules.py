"""Who may read figures, take them away, and answer funders. Predicates on an Actor."""

import rules

from entremise.accounts.enums import Role
from entremise.core.actor import Actor


@rules.predicate
def can_view(actor: Actor) -> bool:
    """Those who do the work, those who supervise it and those who audit it; hidden counts are hidden to all."""
    return actor.organisation_id is not None and actor.has_role(Role.MEDIATEUR, Role.ENCADRANT, Role.LECTEUR)


@rules.predicate
def can_download(actor: Actor) -> bool:
    """What leaves the screen leaves through a coordinator, or an auditor."""
    return actor.organisation_id is not None and actor.has_role(Role.ENCADRANT, Role.LECTEUR)


@rules.predicate
def can_manage(actor: Actor) -> bool:
    """Coordinators keep the conventions, write the text of a report and send it."""
    return actor.organisation_id is not None and actor.has_role(Role.ENCADRANT)


rules.add_perm("statistics.view", can_view)
rules.add_perm("statistics.download", can_download)
rules.add_perm("statistics.manage", can_manage)
