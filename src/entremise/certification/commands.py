"""What arrives from the forms of this module."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class CivilStatus:
    """A person as their birth certificate names them; ``first_names`` in order, separated by commas."""

    sex: str
    birth_name: str
    first_names: str
    born_on: str
    birth_place: str
    birth_code: str = ""
    birth_country: str = ""
    usage_name: str = ""
    email: str = ""
    employer: str = ""
    accommodations: str = ""
    extra_time: str = ""
    member_id: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class CandidacyFacts:
    """A way to the certification and what was seen of its proofs."""

    route: str
    block_codes: Sequence[str]
    experience_months: int | None = None
    experience_nature: str = ""
    internship_hours: int | None = None


@dataclass(frozen=True, kw_only=True)
class CompanionFacts:
    """Somebody who went with a candidate: an account of the certifier, or a name."""

    kind: str
    member_id: uuid.UUID | None = None
    name: str = ""
    structure: str = ""


@dataclass(frozen=True, kw_only=True)
class JurorFacts:
    """Someone of the roster of juries."""

    member_id: uuid.UUID
    kind: str
    is_external: bool
    function: str = ""
    employer: str = ""
    trained_on: dt.date | None = None
    confidentiality_on: dt.date | None = None
    entitled_until: dt.date | None = None
    is_active: bool = True


@dataclass(frozen=True, kw_only=True)
class TieFacts:
    """A link between a member of the roster and a candidate; ``session_id`` where it is said about one session."""

    juror_id: uuid.UUID
    candidate_id: uuid.UUID
    kind: str
    reason: str = ""
    session_id: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class SettingsFacts:
    """What the certifier decides once."""

    record_code: str
    city: str = ""
    number_prefix: str = "CERT"
    strict_ties: bool = True
    quorum: int = 4
    tie_break: str = "president"
    vae_entry: bool = False
    vae_hours: bool = False
    deposit_client: str = ""
    deposit_certifier: str = ""
    deposit_contract: str = ""
    deposit_profile: str = "1.1.2"


@dataclass(frozen=True, kw_only=True)
class SessionFacts:
    """Dates and place of a session."""

    starts_on: dt.date
    ends_on: dt.date
    place: str
    postal_code: str = ""
    modality: str = "EN_PRESENTIEL"


@dataclass(frozen=True, kw_only=True)
class MarkFacts:
    """What a member saw: a level for each competence code of the block, and a verdict."""

    levels: Mapping[str, str]
    verdict: str
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class ResultFacts:
    """What the jury decided of a block."""

    outcome: str
    reason: str = ""
    advice: str = ""


@dataclass(frozen=True, kw_only=True)
class AddendumFacts:
    """A correction: its words and, where it bears on a result, the result that now counts."""

    text: str
    sitting_id: uuid.UUID | None = None
    outcome: str = ""


@dataclass(frozen=True, kw_only=True)
class TimetableFacts:
    """How the days of a session are held; lengths in minutes, ``lasts`` by block."""

    opens: dt.time
    closes: dt.time
    lasts: Mapping[str, int]
    pause_from: dt.time | None = None
    pause_to: dt.time | None = None
    between: int = 10
    rest: int = 20
    order: str = "drawn"
    turn: str = "block"
    room: str = ""


@dataclass(frozen=True, kw_only=True)
class SlotFacts:
    """An hour given by hand: the day and the clock of the place, a length in minutes."""

    day: dt.date
    clock: dt.time
    minutes: int
    room: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerFacts:
    """What a holder does today; ``in_target_job`` is "yes", "no", or empty when they are not in employment."""

    situation: str
    in_target_job: str = ""


@dataclass(frozen=True, kw_only=True)
class VaeSettingsFacts:
    """The certifier's delays for the VAE, in days, and the link with the national service."""

    admissibility: int = 60
    warning: int = 15
    jury: int = 90
    notification: int = 15
    idle_before: int = 60
    idle_after: int = 165
    lapse: int = 180
    service_open: bool = False
    service_token: str = ""


@dataclass(frozen=True, kw_only=True)
class VaeDecision:
    """What the certifier decided of a dossier of the VAE; ``valid_until`` where an admissibility has an end."""

    decision: str
    reason: str = ""
    valid_until: dt.date | None = None


@dataclass(frozen=True)
class GridFacts:
    """What an examination looks for: by competence, its criteria (one a line) and what each level looks like."""

    instructions: str = ""
    criteria: dict[str, str] = field(default_factory=dict)
    levels: dict[str, dict[str, str]] = field(default_factory=dict)
