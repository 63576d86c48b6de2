"""A record as it arrives from a file, checked; nothing else writes records."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from entremise.competences.enums import Route, SeatKind
from entremise.core.errors import Refused


@dataclass(frozen=True)
class LoadRecord:
    """The content of a file of ``data/`` (or of an import), and the fingerprint that tells whether it changed."""

    content: dict[str, Any]
    fingerprint: str


def read_record(written: bytes) -> LoadRecord:
    """The record of a JSON file; raises Refused, in one sentence, when it is not one."""
    try:
        content = json.loads(written)
        _check(content)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(
            f"Ce fichier n’est pas une fiche lisible ({type(error).__name__}) : rien n’a été chargé."
        ) from error
    return LoadRecord(content, hashlib.sha256(written).hexdigest())


def _check(content: dict[str, Any]) -> None:
    """What the tables would refuse, said before anything is written."""
    codes = [skill["code"] for block in content["blocks"] for skill in block["skills"]]
    if not content["code"] or not content["title"] or not codes or len(codes) != len(set(codes)):
        raise ValueError("codes")
    if any(route["code"] not in Route.values for route in content["access_routes"]):
        raise ValueError("routes")
    seats = [seat for route in content["access_routes"] for seat in route.get("seats", [])]
    if any(seat["kind"] not in SeatKind.values or seat["count"] < 1 for seat in seats):
        raise ValueError("seats")
    for text in (content["registered_until"], *(route["last_modified"] for route in content["access_routes"])):
        if text is not None:
            dt.date.fromisoformat(text)


@dataclass(frozen=True)
class DemandFacts:
    """What the record asks in words, read by a person as counts. None asks for nothing.

    ``professionals``, ``institutions``, ``certifiers``: seats of each kind; ``presides``: the kind of the president.
    """

    professionals: int
    institutions: int
    certifiers: int
    presides: str
    professionals_external: bool = True
    institutions_external: bool = False
    certifiers_independent: bool = True
    entry_months: int | None = None
    validation_hours: int | None = None
