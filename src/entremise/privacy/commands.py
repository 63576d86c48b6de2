"""What arrives from outside about a followed person."""

import datetime as dt
import uuid
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """The fiche of a person: a reference is enough, everything else is optional."""

    team_id: uuid.UUID
    birth_year: int | None = None
    age_band: str = ""
    commune_code: str = ""
    speaks: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    name: str = ""
    name_reason: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    contact_reason: str = ""
    contact_way: str = ""
    contact_note: str = ""
    phone_watched: bool = False
    see_again_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class GiveAgreement:
    """An agreement as it was given. The recipient is a partner of the directory, or a few words."""

    person_id: uuid.UUID
    purpose: str
    manner: str
    language: str
    interpreter: str
    happened_on: dt.date
    partner_id: uuid.UUID | None = None
    recipient_label: str = ""
    mandate_quality: str = ""
    mandate_by: str = ""
    notice_explained: bool = False
