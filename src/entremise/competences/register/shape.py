"""A record of an export in the shape of the files this module ships: one loader for both."""

import hashlib
import json
from typing import Any

from entremise.competences.commands import LoadRecord
from entremise.competences.register import splitting
from entremise.competences.register.facts import Fiche, FicheBlock, FicheRoute
from entremise.core.errors import Refused

TITLE, BLOCK_TITLE, BLOCK_CODE, CODE = 500, 1000, 30, 10  # signs the tables hold


def shaped(fiche: Fiche) -> LoadRecord:
    """What the loader asks; blocks carry their ``text``, not competences. Refused for blocks nothing could name."""
    codes = [block.code for block in fiche.blocks]
    if not codes or len(set(codes)) != len(codes) or any(not 0 < len(code) <= BLOCK_CODE for code in codes):
        raise Refused(
            f"Les blocs de {fiche.code} manquent ou sont mal numérotés dans cet export : elle n’est pas gardée."
        )
    written = json.dumps(fiche.as_json(), ensure_ascii=False, sort_keys=True).encode()
    return LoadRecord(_content(fiche), hashlib.sha256(written).hexdigest())


def _content(fiche: Fiche) -> dict[str, Any]:
    told = [f"{block.code} : {block.prerequisite}" for block in fiche.blocks if block.prerequisite]
    return {
        "code": fiche.code,
        "title": (fiche.title or fiche.code)[:TITLE],
        "source": f"Fiche {fiche.code} de l’export officiel du répertoire national (France compétences)",
        "level": fiche.level,
        "is_active": fiche.is_active,
        "registered_until": fiche.registered_until,
        "last_delivery": fiche.last_delivery,
        "certifiers": [_cut(one) for one in fiche.certifiers if one["legal_name"]],
        **{name: _codes(fiche, name) for name in ("nsf", "formacodes", "rome")},
        "objectives": fiche.objectives,
        "capacities": fiche.capacities,
        "overall_evaluation": "",
        "acquisition": "",
        "activities": _lines(fiche.activities),
        "sectors": {"introduction": "", "items": [{"text": line} for line in _lines(fiche.sectors)]},
        "jobs": _lines(fiche.jobs),
        "legal_references": fiche.legal,
        "prerequisites": {
            "entry": {"text": fiche.entry, "months": None},
            "validation": {"text": fiche.validation, "hours": None},
        },
        "block_prerequisites": "\n".join(told),
        "overseas": {"new_caledonia": fiche.new_caledonia, "french_polynesia": fiche.french_polynesia, "note": ""},
        "access_routes": [_route(route) for route in fiche.routes],
        "blocks": [_block(block) for block in fiche.blocks],
        "statistics": list({row["year"]: row for row in fiche.statistics}.values()),
        "replaces": [{"code": code, "title": ""} for code in fiche.replaces],
        "successors": fiche.successors,
        "matches": [vars(one) for one in fiche.matches],
    }


def _cut(certifier: dict[str, str]) -> dict[str, str]:
    longest = {"website": 200}
    return {name: text[: longest.get(name, TITLE)] for name, text in certifier.items()}


def _codes(fiche: Fiche, name: str) -> list[dict[str, str]]:
    told = [one for one in fiche.codes.get(name, []) if len(one["code"]) <= CODE]
    return [{"code": one["code"], "label": one["label"][:TITLE]} for one in told]


def _block(block: FicheBlock) -> dict[str, Any]:
    title = (block.title or block.code)[:BLOCK_TITLE]
    return {"code": block.code, "title": title, "evaluation": block.evaluation, "text": block.text}


def _lines(text: str) -> list[str]:
    return list(splitting.split(text).lines)


def _route(route: FicheRoute) -> dict[str, Any]:
    return {
        "code": route.code,
        "label": route.label,
        "open": route.is_open,
        "inferred": route.inferred,
        "jury": list(splitting.split(route.jury).lines),
        "seats": [],
        "last_modified": route.modified,
    }
