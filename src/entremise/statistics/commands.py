"""What arrives from a form, as plain values."""

import datetime as dt
import uuid
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ConventionFacts:
    """Everything a coordinator says of a convention. Empty registers or places mean all of them."""

    funder_name: str
    funder_kind: str
    starts_on: dt.date
    ends_on: dt.date
    template: str
    number: str = ""
    registers: tuple[str, ...] = ()
    site_ids: tuple[uuid.UUID, ...] = ()
    planned_registers: tuple[str, ...] = ()
    post: str = ""
    missions: str = ""
    is_active: bool = True


@dataclass(frozen=True, kw_only=True)
class ReportText:
    """What a coordinator writes around the figures. ``base_version`` is the one read before writing (0: none)."""

    highlights: str = ""
    situations: str = ""
    outlook: str = ""
    base_version: int = 0
