"""What arrives from a phone, as plain values."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class SendBatch:
    """A batch of sealed operations. ``known`` maps devices to the last rank each was told received;
    ``device`` is the one the batch comes from, ``seen`` the updates it has read.
    """

    batch: str
    ops: tuple[Any, ...]
    device: uuid.UUID | None = None
    seen: tuple[uuid.UUID, ...] = ()
    known: Mapping[uuid.UUID, int] = field(default_factory=dict)
    epoch: str = ""


@dataclass(frozen=True, kw_only=True)
class EnrolDevice:
    """A phone that will write for the signed-in member. Public keys are raw points, base64url.

    ``device`` is given by a phone that the server has forgotten (a restored backup): it comes back as it was.
    """

    signing_public: str
    reading_public: str
    name: str = ""
    device: uuid.UUID | None = None
