"""Who shows cards, and who says that a translation is right."""

import rules

from entremise.accounts.enums import Role
from entremise.core.actor import Actor


@rules.predicate
def is_member(actor: Actor) -> bool:
    """Cards hold nothing about anyone: every member may show them."""
    return actor.organisation_id is not None and bool(actor.roles)


@rules.predicate
def keeps_cards(actor: Actor) -> bool:
    """Supervisors and administrators review translations and put recorded voices."""
    return actor.organisation_id is not None and actor.has_role(Role.ENCADRANT, Role.ADMINISTRATEUR)


rules.add_perm("intercultural.show_cards", is_member)
rules.add_perm("intercultural.review_cards", keeps_cards)


@rules.predicate
def meets_languages(actor: Actor) -> bool:
    """Those who go out note the interpreters they needed."""
    return actor.organisation_id is not None and actor.has_role(Role.MEDIATEUR, Role.ENCADRANT) and bool(actor.team_ids)


@rules.predicate
def counts_languages(actor: Actor) -> bool:
    """Supervisors and auditors read the totals, small numbers hidden."""
    return actor.organisation_id is not None and actor.has_role(Role.ENCADRANT, Role.LECTEUR)


@rules.predicate
def may_correct_use(actor: Actor, use: object | None) -> bool:
    """Its author, or the supervisor of the team."""
    if not meets_languages(actor) or use is None:
        return False
    if getattr(use, "author_id", None) == actor.member_id:
        return True
    return actor.has_role(Role.ENCADRANT) and getattr(use, "team_id", None) in actor.team_ids


rules.add_perm("intercultural.record_use", meets_languages)
rules.add_perm("intercultural.correct_use", may_correct_use)
rules.add_perm("intercultural.count_uses", counts_languages)
