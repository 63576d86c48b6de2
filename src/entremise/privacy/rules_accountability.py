"""Who reads and writes the registers of data protection. Predicates on an Actor."""

import rules

from entremise.accounts.enums import Role
from entremise.core.actor import Actor


@rules.predicate
def is_dpo(actor: Actor) -> bool:
    """Protects the organisation's data."""
    return actor.member_id is not None and actor.has_role(Role.DPD)


@rules.predicate
def is_administrator(actor: Actor) -> bool:
    """Runs the organisation's account."""
    return actor.member_id is not None and actor.has_role(Role.ADMINISTRATEUR)


@rules.predicate
def is_auditor(actor: Actor) -> bool:
    """Reads, never writes."""
    return actor.member_id is not None and actor.has_role(Role.LECTEUR)


@rules.predicate
def is_member(actor: Actor) -> bool:
    """Anyone of the organisation."""
    return actor.member_id is not None


rules.add_perm("privacy.view_register", is_dpo | is_administrator | is_auditor)
rules.add_perm("privacy.write_register", is_dpo)
rules.add_perm("privacy.write_impact", is_dpo)
rules.add_perm("privacy.write_processors", is_dpo | is_administrator)
rules.add_perm("privacy.report_breach", is_member)
rules.add_perm("privacy.view_breaches", is_dpo | is_administrator | is_auditor)
# What a breach says of persons, in words: never the auditor.
rules.add_perm("privacy.read_breach_words", is_dpo | is_administrator)
# The administrator follows breaches only while the organisation has no data protection officer (services.breaches).
rules.add_perm("privacy.follow_breaches", is_dpo | is_administrator)
