"""What arrives from outside to describe a partner."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PartnerFacts:
    """Everything the sheet of a partner holds; empty text means unknown."""

    name: str
    partner_type: str
    phone: str = ""
    email: str = ""
    address: str = ""
    commune_code: str = ""
    hours: str = ""
    fallback_id: uuid.UUID | None = None
    call_instead: str = ""
    note: str = ""
    sector_ids: tuple[uuid.UUID, ...] = ()
