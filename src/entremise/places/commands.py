"""What arrives from outside to describe a site."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class SiteFacts:
    """Everything a person may say of a site; empty text means unknown."""

    name: str
    space_type: str
    sector_id: uuid.UUID | None = None
    parent_id: uuid.UUID | None = None
    address: str = ""
    commune_code: str = ""
    qpv_code: str = ""
    iris_code: str = ""
    position: int = 0
