"""Contexts of the pages of an act: what each template needs, and nothing a template must work out."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from entremise.accounts import queries as accounts
from entremise.accounts.enums import Role
from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.reflection import gesture_for
from entremise.core.time import local, today
from entremise.core.ui.formats import clock, hours, short_date
from entremise.interventions.enums import Dimension, Link, Party, Status, Tension, Visibility
from entremise.interventions.forms import CONFLICT_FIELDS, ActForm
from entremise.interventions.models import Intervention
from entremise.interventions.presets import CONFLICT_REGISTERS
from entremise.interventions.queries import content_of, signatures, title_of
from entremise.interventions.queries.after import readings_of, return_of
from entremise.interventions.queries.content import CODES
from entremise.interventions.reference.cards import for_signs
from entremise.interventions.reflection import KIND
from entremise.interventions.rules import is_author
from entremise.places.queries import site_names
from entremise.presence.enums import Reception

WHERE = ("site_id", "occurred_at", "second_author_id", "team_id")
PUBLIC = ("people_count", "ages", "genders", "configurations", "publics", "first_meeting")
TIMING = ("duration_choice", "duration_minutes", "origin", "contact_mode")
NEXT = ("actions", "follow_ups", "partners", "thread_id", "visibility")
STATES = {Status.A_VALIDER: "neutral", Status.A_CORRIGER: "bad", Status.VALIDEE: "ok"}
_LISTS = {
    **CODES,
    "origin": "L2",
    "contact_mode": "L3",
    "language_need": "L9",
    "conflict_kind": "L12",
    "history": "L14",
}


def record_page(form: ActForm) -> dict[str, Any]:
    """The form and which folds are open: those with an error, and the first when the place is unknown."""
    return {
        "form": form,
        "where": _where(form),
        "where_open": not form["site_id"].value() or form.wrong_among(WHERE),
        "more_open": form.wrong_among((*PUBLIC, *TIMING, *NEXT)),
        "danger_open": bool(form["dangers"].value()) or form.wrong_among(["dangers"]),
        "conflict_open": form.wrong_among(CONFLICT_FIELDS),
        "has_sites": bool(form.choices.sites),
        "not_kept": form.choices.not_kept,
        "current_url": "",
    }


def opened(form: ActForm) -> dict[str, bool]:
    """Folds kept open when the page is shown again: where the team was chosen, and those that hold an answer."""
    kept = {name for name in form.fields if name != "visibility" and form.initial.get(name) not in (None, "", [])}
    heads = {name for name in ("ages", "genders") if not any(form.initial[name].values())}
    return {
        "where_open": True,
        "more_open": bool((kept - heads) & {*PUBLIC, *TIMING, *NEXT}),
        "conflict_open": bool(kept & {"conflict_kind", "party_a", "party_b", "history", "link"}),
    }


def _where(form: ActForm) -> str:
    """ "Hall 12, rue des Peupliers · 19:42 · avec Samia": the summary of the first fold."""
    sites = {str(pk): label for _, group in form.choices.sites for pk, label in group}
    parts = [sites.get(str(form["site_id"].value() or ""), "")]
    moment = form.cleaned_data.get("occurred_at") if form.is_bound else form.initial.get("occurred_at")
    if isinstance(moment, dt.datetime):
        parts.append(clock(moment) if local(moment).date() == today() else f"{short_date(moment)}, {clock(moment)}")
    if not parts[0]:
        parts[0] = "Où, quand, avec qui"
    name = dict(form.choices.colleagues).get(str(form["second_author_id"].value() or ""))
    parts.append(f"avec {name}" if name else "")
    if "team_id" in form.fields and len(form.choices.teams) > 1:
        parts.append(dict(form.choices.teams).get(str(form["team_id"].value() or ""), ""))
    return " · ".join(part for part in parts if part)


def correct_page(form: ActForm, act: Intervention) -> dict[str, Any]:
    """The same page for an act that exists."""
    return record_page(form) | {"act": act}


def refusal_context(actor: Actor, act: Intervention, typed: Mapping[str, str]) -> dict[str, Any]:
    """Why this act is not open to a correction, who may reopen it, and the words that were being sent."""
    coordinators = accounts.member_lines(actor, role=Role.ENCADRANT, team_id=act.team_id)
    others = [line.name for line in coordinators if line.member.pk not in (act.author_id, act.second_author_id)]
    return {
        "act": act,
        "is_author": is_author(actor, act),
        "is_validated": act.status == Status.VALIDEE,
        "moment": act.validated_at or act.locked_at,
        "validated_by": "".join(accounts.member_names(filter(None, [act.validated_by_id])).values()),
        "coordinators": others,
        "may_ask": can(actor, "interventions.request_correction", act),
        "typed": [text for name in ("party_a", "party_b", "narrative") if (text := typed.get(name, "").strip())],
    }


def recorded_context(actor: Actor, act: Intervention) -> dict[str, Any]:
    """What was kept, what was not, and the signs that open reflex cards."""
    lists = accounts.choices_for(actor.organisation_id, "L8", "L16")
    kept = [row.code for row in act.codes.all() if row.list_reference == "L16"]
    dropped = [code for reference, code in act.dropped if reference == "L16"]
    return {
        "act": act,
        "site": site_names([act.site_id]).get(act.site_id, ""),
        "signs": [lists["L16"].label(code) for code in [*kept, *dropped]],
        "cards": for_signs([*kept, *dropped]),
        "not_recorded": [lists[reference].label(code) for reference, code in act.dropped],
        "state": ("ok", f"Enregistrée à {clock(act.recorded_at)}"),
        "copy_url": copy_url(act),
    }


def detail_context(actor: Actor, act: Intervention) -> dict[str, Any]:
    """One act in the words of the organisation, and what this actor may do with it."""
    lists = accounts.choices_for(actor.organisation_id, *dict.fromkeys((*_LISTS.values(), "L6", "L7", "L18")))
    content = content_of(act)
    members = [member for member in (act.author_id, act.second_author_id, act.validated_by_id) if member]
    names = accounts.member_names(members)
    words = {name: _words(lists[reference], getattr(content, name)) for name, reference in _LISTS.items()}
    in_conflict = any(row.national in CONFLICT_REGISTERS for row in act.codes.all() if row.list_reference == "L1")
    return {
        "act": act,
        "words": words,
        "title": lists["L1"].label(content.registers[0]) if content.registers else "Intervention",
        "outcome": lists["L18"].label(act.outcome),
        "site": site_names([act.site_id]).get(act.site_id, ""),
        "authors": signatures(act, names),
        "validated_by": names.get(act.validated_by_id, "") if act.validated_by_id else "",
        "state": (STATES[Status(act.status)], Status(act.status).label),
        "visibility": Visibility(act.visibility).label,
        "link": Link(act.link).label if act.link else "",
        "first_meeting": dict(Reception.choices).get(act.first_meeting, ""),
        "duration": hours(act.duration_minutes) if act.duration_minutes else "",
        "tensions": _tensions(act),
        "in_conflict": in_conflict,
        "margins": [
            (lists["L6" if band.dimension == Dimension.AGE else "L7"].label(band.code), band)
            for band in act.public.all()
        ],
        "thread_title": title_of(act.thread) if act.thread and act.thread.team_id in actor.team_ids else "",
        "signs": [lists["L16"].label(code) for code in content.dangers],
        "cards": for_signs(content.dangers),
        "may": {
            verb: can(actor, f"interventions.{verb}", act)
            for verb in ("correct", "validate", "request_correction", "lock", "view_history", "use_thread")
        },
        "may_record": can(actor, "interventions.record"),
        "copy_url": copy_url(act),
        "analysis": gesture_for(actor, KIND, act.pk) if is_author(actor, act) else None,
    }


def after_context(actor: Actor, act: Intervention) -> dict[str, Any]:
    """The return visit of a conflict and the readings of its parties, for those who may see them."""
    conflict = any(row.national in CONFLICT_REGISTERS for row in act.codes.all() if row.list_reference == "L1")
    told = conflict and act.visibility != Visibility.AUTEURS
    seen = conflict and can(actor, "interventions.see_readings", act)
    found = readings_of(act) if seen else {}
    return {
        "visit": return_of(act) if told else None,
        "may_plan": told and can(actor, "interventions.use_thread", act),
        "readings": [(party.value, party.label, found.get(party.value)) for party in Party] if seen else [],
        "may_read_parties": conflict and can(actor, "interventions.read_parties", act),
    }


def _words(choices: accounts.ListChoices, value: Any) -> str:
    codes = value if isinstance(value, tuple) else [value]
    return ", ".join(choices.label(code) for code in codes if code)


def _tensions(act: Intervention) -> list[tuple[str, int, str]]:
    noted = (("En arrivant", act.tension_before), ("En repartant", act.tension_after))
    return [(title, value, Tension(value).label) for title, value in noted if value is not None]


def copy_url(act: Intervention) -> str:
    """The page that notes an act starting from this one."""
    return f"{reverse('interventions:record')}?modele={act.pk}"


def identifier(text: str) -> uuid.UUID | None:
    """A UUID from the address, or None."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
