"""One layer of predicates (`rules`), asked by services and views in the same words."""

import rules

from entremise.core.actor import Actor
from entremise.core.errors import NotAllowed


def can(actor: Actor, permission: str, target: object | None = None) -> bool:
    """True when ``actor`` may do ``permission`` (``module.verb``) on ``target``.

    An unknown permission raises KeyError instead of answering no: a typo must not look like a refusal.
    """
    if not rules.perm_exists(permission):
        raise KeyError(permission)
    return bool(rules.has_perm(permission, actor, target))


def require(actor: Actor, permission: str, target: object | None = None) -> None:
    """Raise NotAllowed unless ``can``."""
    if not can(actor, permission, target):
        raise NotAllowed(permission)
