"""What happens to partners."""

from dataclasses import dataclass

from entremise.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class PartnerCreated(Event):
    name = "partner.created"
    target_type = "partner"


@dataclass(frozen=True, kw_only=True)
class PartnerUpdated(Event):
    name = "partner.updated"
    target_type = "partner"


@dataclass(frozen=True, kw_only=True)
class PartnerChecked(Event):
    """Someone made sure that the sheet is still right."""

    name = "partner.checked"
    target_type = "partner"


@dataclass(frozen=True, kw_only=True)
class OwnerNamed(Event):
    """A partner is to be warned of defects at a site or in a sector."""

    name = "owner.named"
    target_type = "site_owner"


@dataclass(frozen=True, kw_only=True)
class OwnerRemoved(Event):
    name = "owner.removed"
    target_type = "site_owner"
