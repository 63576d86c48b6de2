"""What a new act starts from: the round in progress, the last place, or an act to copy."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from entremise.core.actor import Actor
from entremise.core.db import is_uuid
from entremise.core.errors import NotFound
from entremise.core.time import now
from entremise.interventions.queries.content import CODES, MARGINS, PLAIN, content_of
from entremise.interventions.queries.habits import Habits
from entremise.interventions.queries.lists import get_intervention
from entremise.interventions.queries.threads import get_thread
from entremise.places.queries import get_site
from entremise.presence import queries as presence

# A copy keeps what repeats itself; what was felt, said and decided belongs to each act.
_NOT_COPIED = frozenset(
    {"occurred_at", "narrative", "party_a", "party_b", "tension_before", "tension_after", "link", "dangers"}
)


@dataclass(frozen=True)
class Prefill:
    """Values by field of the content, and what the act hangs on."""

    values: dict[str, Any] = field(default_factory=dict)
    team_id: uuid.UUID | None = None
    round_id: uuid.UUID | None = None
    thread_id: uuid.UUID | None = None
    duplicated_from_id: uuid.UUID | None = None


def prefill(actor: Actor, asked: Mapping[str, str], habits: Habits) -> Prefill:
    """Answers ``?modele=`` (act to copy), ``?lieu=`` (place), ``?fil=`` (thread) and ``?round=``.

    NotFound for those of others.
    """
    found = started = _from_round(actor, habits, _identifier(asked, "round"))
    if original_id := _identifier(asked, "modele"):
        found = _copy(actor, original_id, found)
    if site_id := _identifier(asked, "lieu"):
        found.values["site_id"] = get_site(actor, site_id).pk
    if thread_id := _identifier(asked, "fil"):
        thread = get_thread(actor, thread_id)
        found = replace(found, team_id=thread.team_id, thread_id=thread.pk)
    # The round in progress is not the other team's.
    return found if found.team_id == started.team_id else replace(found, round_id=None)


def round_of(actor: Actor, asked: uuid.UUID | None, team_id: uuid.UUID) -> uuid.UUID | None:
    """The round an act of this team belongs to: the one asked for, unless another team of the actor walks it."""
    if asked is None:
        return None
    try:
        walked = presence.get_round(actor, asked)
    except NotFound:
        return asked  # refused by the service
    return asked if walked.team_id == team_id else round_in_progress(actor, team_id)


def round_in_progress(actor: Actor, team_id: uuid.UUID) -> uuid.UUID | None:
    """The actor's round in progress when this team walks it."""
    current = presence.current_round(actor)
    return current.pk if current is not None and current.team_id == team_id else None


def _identifier(asked: Mapping[str, str], key: str) -> uuid.UUID | None:
    value = asked.get(key, "")
    if value and not is_uuid(value):
        raise NotFound(key)
    return uuid.UUID(value) if value else None


def _from_round(actor: Actor, habits: Habits, round_id: uuid.UUID | None) -> Prefill:
    values: dict[str, Any] = {"occurred_at": now()}
    in_progress = presence.get_round(actor, round_id) if round_id else presence.current_round(actor)
    if in_progress is None:
        if habits.last_site_id:
            values["site_id"] = habits.last_site_id
        return Prefill(values, habits.last_team_id)
    stop = presence.current_stop(in_progress)
    site_id = stop.site_id if stop else habits.last_site_id
    if site_id:
        values["site_id"] = site_id
    others = [member for member in presence.people_of([in_progress])[in_progress.pk] if member != actor.member_id]
    if len(others) == 1:
        values["second_author_id"] = others[0]
    return Prefill(values, in_progress.team_id, in_progress.pk)


def _copy(actor: Actor, original_id: uuid.UUID, found: Prefill) -> Prefill:
    original = get_intervention(actor, original_id)
    content = content_of(original)
    copied = {name: getattr(content, name) for name in (*PLAIN, *CODES, *MARGINS) if name not in _NOT_COPIED}
    if original.second_author_id == actor.member_id:
        copied["second_author_id"] = original.author_id if original.author_id != actor.member_id else None
    team_id = original.team_id if original.team_id in actor.team_ids else found.team_id
    return Prefill({**found.values, **copied}, team_id, found.round_id, original.thread_id, original.pk)
