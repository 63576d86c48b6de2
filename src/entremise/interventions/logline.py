"""The words of an act in the team log, built from the codes of its line and its present state."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from entremise.accounts import queries as accounts
from entremise.core.actor import Actor
from entremise.core.nomenclature import national
from entremise.interventions.enums import FollowUp, Outcome, Status
from entremise.interventions.presets import CONFLICT_REGISTERS, TELLING_OBJECTS
from entremise.interventions.queries import statuses_of
from entremise.presence.log import LogLine

_CONFLICT_TITLES = {
    Outcome.APAISE: "Conflit apaisé sur place",
    Outcome.ACCORD_ORAL: "Conflit : accord oral",
    Outcome.ACCORD_ECRIT: "Conflit : accord écrit",
    Outcome.DIALOGUE_RETABLI: "Conflit : dialogue rétabli",
}
_FOLLOW_UPS = {
    FollowUp.REPASSAGE: "Repasser.",
    FollowUp.CONSIGNE: "Consigne à l’équipe suivante.",
    FollowUp.RDV: "Rendez-vous fixé.",
    FollowUp.RELANCE_PARTENAIRE: "Relancer un partenaire.",
    FollowUp.ENCADREMENT: "À traiter par l’encadrement.",
    FollowUp.INSTANCE: "À porter en instance.",
}
_STATES = {Status.A_VALIDER: "neutral", Status.A_CORRIGER: "bad", Status.VALIDEE: "ok"}


def render(actor: Actor, entries: Sequence[Any]) -> dict[uuid.UUID, LogLine]:
    """Words for lines about acts: two queries, whatever their number."""
    lists = accounts.choices_for(actor.organisation_id, "L1", "L13", "L18")
    states = statuses_of(actor, [entry.subject_id for entry in entries])
    lines = {}
    for entry in entries:
        status = states.get(entry.subject_id)
        lines[entry.pk] = LogLine(
            title=_title(entry.codes, lists),
            detail=_detail(entry.codes, lists),
            url=reverse("interventions:detail", args=[entry.subject_id]) if status else "",
            state_kind=_STATES[Status(status)] if status else "",
            state_label=Status(status).label if status else "",
        )
    return lines


def is_conflict(entry: Any) -> bool:
    """True for a line about a conflict (the chip of the log)."""
    return national(entry.codes.get("register", "")) in CONFLICT_REGISTERS


def _title(codes: dict[str, Any], lists: dict[str, accounts.ListChoices]) -> str:
    if national(codes["register"]) in CONFLICT_REGISTERS:
        known = _CONFLICT_TITLES.get(codes["outcome"])
        return known or f"Conflit : {_lower(lists['L18'].label(codes['outcome']))}"
    return lists["L1"].label(codes["register"])


def _detail(codes: dict[str, Any], lists: dict[str, accounts.ListChoices]) -> str:
    parts = []
    objects = [code for code in codes.get("objects", []) if national(code) not in TELLING_OBJECTS]
    if objects:
        labels = [lists["L13"].label(code) for code in objects]
        parts.append(f"{labels[0]}{''.join(f', {_lower(label)}' for label in labels[1:])}.")
    if national(codes["register"]) not in CONFLICT_REGISTERS:
        parts.append(f"{lists['L18'].label(codes['outcome'])}.")
    if "tension" in codes:
        parts.append("Tension {} → {}.".format(*codes["tension"]))
    parts += [_FOLLOW_UPS[code] for code in map(national, codes.get("follow_ups", [])) if code in _FOLLOW_UPS]  # type: ignore[index]
    return " ".join(parts)


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
