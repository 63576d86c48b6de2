"""The shape of what is given to a person who asks for their data, and its documented, versioned JSON form."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from entremise.core.time import local
from entremise.privacy.registry import Item

SCHEMA, VERSION = "entremise.dossier-personne", 1


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """What one part of the product keeps about the person."""

    code: str
    label: str
    items: Sequence[Item]
    lead: str = ""


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """Everything about one person, in words they can read. ``record`` holds the fiche as stable codes."""

    reference: str
    organisation: str
    contact: str
    made_at: dt.datetime
    record: dict[str, Any]
    chapters: Sequence[Chapter]


def as_json(dossier: Dossier) -> dict[str, Any]:
    """The dossier as data; ``JSON_SCHEMA`` describes it."""
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "made_at": local(dossier.made_at).isoformat(timespec="seconds"),
        "organisation": {"name": dossier.organisation, "contact": dossier.contact},
        "reference": dossier.reference,
        "record": dossier.record,
        "chapters": [
            {
                "code": chapter.code,
                "label": chapter.label,
                "items": [
                    {
                        "title": item.title,
                        "at": _iso(item.at),
                        "facts": [{"label": label, "value": value} for label, value in item.facts],
                        "withheld": item.withheld,
                    }
                    for item in chapter.items
                ],
            }
            for chapter in dossier.chapters
        ],
    }


def _iso(at: dt.datetime | dt.date | None) -> str | None:
    if at is None:
        return None
    return local(at).isoformat(timespec="seconds") if isinstance(at, dt.datetime) else at.isoformat()


_TEXT = {"type": "string"}
_FACT = {
    "type": "object",
    "required": ["label", "value"],
    "additionalProperties": False,
    "properties": {"label": _TEXT, "value": _TEXT},
}
_ITEM = {
    "type": "object",
    "required": ["title", "at", "facts", "withheld"],
    "additionalProperties": False,
    "properties": {
        "title": _TEXT,
        "at": {"type": ["string", "null"], "description": "Date, ou date et heure, ISO 8601."},
        "facts": {"type": "array", "items": _FACT},
        "withheld": {**_TEXT, "description": "Ce qui est retenu, et pourquoi ; vide quand rien ne l’est."},
    },
}
JSON_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": f"urn:{SCHEMA}:{VERSION}",
    "title": "Dossier d’une personne",
    "description": "Tout ce qu’une organisation garde sur une personne. Les codes sont ceux du glossaire d’Entremise.",
    "type": "object",
    "required": ["schema", "version", "made_at", "organisation", "reference", "record", "chapters"],
    "additionalProperties": False,
    "properties": {
        "schema": {"const": SCHEMA},
        "version": {"const": VERSION},
        "made_at": {"type": "string", "format": "date-time"},
        "organisation": {
            "type": "object",
            "required": ["name", "contact"],
            "additionalProperties": False,
            "properties": {"name": _TEXT, "contact": _TEXT},
        },
        "reference": _TEXT,
        "record": {"type": "object", "description": "La fiche, champ par champ, en codes stables."},
        "chapters": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "label", "items"],
                "additionalProperties": False,
                "properties": {"code": _TEXT, "label": _TEXT, "items": {"type": "array", "items": _ITEM}},
            },
        },
    },
}
