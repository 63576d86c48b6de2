"""What a phone may keep for a week: places, partners, the day's log. No identity, nothing confidential."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from entremise.accounts.queries import choices_for, list_teams
from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.time import day_bounds, now, today
from entremise.directory.queries import PartnerLine, list_partners, partner_lines
from entremise.places.queries import label_of, list_sites, site_names
from entremise.presence.enums import AgeBand
from entremise.presence.queries import (
    Contacts,
    Line,
    contacts_of,
    current_round,
    current_stops,
    day_log,
    instructions_for_sites,
    instructions_to_read,
    is_left_open,
    last_passages,
    open_rounds,
    overlapping_rounds,
    worded,
)
from entremise.presence.queries.carnet import last_words, sectors_walked, title_at
from entremise.sync.registry import register_mirror

INSTRUCTIONS, ROUNDS = 30, 12
WALKED = dt.timedelta(days=90)  # a team's ground changes with the season, not with the week
PARTNERS = 300  # more would not be read on a phone; the office has them all


def register() -> None:
    """Called once, when the applications are ready."""
    for code, collect in (("context", context), ("sites", sites), ("partners", partners), ("log", log)):
        register_mirror(code, collect)


def context(actor: Actor) -> dict[str, Any]:
    """Teams of the member; rounds that are out, with where they stand and what was counted there; those to compare."""
    if not can(actor, "notebook.use"):
        return {"teams": [], "rounds": [], "overlaps": []}
    out = [one for one in open_rounds(actor)[:ROUNDS] if not is_left_open(one)]
    stops = current_stops(out)
    contacts = contacts_of([stop.pk for stop in stops.values()])
    return {
        "teams": [{"id": str(team.pk), "name": team.name} for team in list_teams(actor, own_only=True)],
        "rounds": [
            {
                "id": str(one.pk),
                "team": str(one.team_id),
                "title": title_at(one.kind, one.begins_at),
                "started_at": one.begins_at.isoformat(),
                "stop": _counted(stops.get(one.pk), contacts),
            }
            for one in out
        ],
        "overlaps": _overlaps(actor),
    }


def _counted(stop: Any, contacts: Mapping[uuid.UUID, Contacts]) -> dict[str, Any] | None:
    """The counter of a round, for the second phone that reads it."""
    if stop is None:
        return None
    counted = contacts[stop.pk]
    return {
        "id": str(stop.pk),
        "site_id": str(stop.site_id),
        "arrived_at": stop.arrived_at.isoformat(),
        "total": counted.total,
        "bands": {**counted.by_band, "": counted.by_band.get(AgeBand.NON_COMMUNIQUE, 0)},
        "atmosphere": stop.atmosphere,
        "reception": stop.reception,
    }


def _overlaps(actor: Actor) -> list[dict[str, str]]:
    """Rounds of the team that run at the same time as the member's: perhaps the same, which someone decides."""
    outing = current_round(actor)
    if outing is None:
        return []
    return [
        {
            "started_at": one.outing.begins_at.isoformat(),
            "url": reverse("presence:merge", args=[outing.pk, one.outing.pk]),
        }
        for one in overlapping_rounds(actor, outing)
    ]


def sites(actor: Actor) -> list[dict[str, Any]]:
    """Open places in the order of the walk, with what the next ones should know of them."""
    if not can(actor, "notebook.use"):
        return []
    found = sorted(list_sites(actor), key=lambda site: site.position or 100_000)
    atmospheres = choices_for(actor.organisation_id, "L24")["L24"]
    ids = [site.pk for site in found]
    passages = last_passages(actor, ids, before=now())
    asked = instructions_for_sites(actor, ids)
    return [
        {
            "id": str(site.pk),
            "label": label_of(site),
            "sector": str(site.sector_id or ""),
            "last": last_words(passages.get(site.pk), atmospheres),
            "instruction": asked[site.pk].text if site.pk in asked else "",
        }
        for site in found
    ]


def partners(actor: Actor) -> list[dict[str, str]]:
    """Partners of the sectors where the member's teams go, and those that serve every sector: what they do, how to
    call, who to call instead. Before the teams have gone anywhere, all of them.
    """
    if not can(actor, "notebook.use"):
        return []
    known = list_partners(actor, sector_ids=sectors_walked(actor, since=now() - WALKED))
    lines = partner_lines(actor, known.select_related("fallback")[:PARTNERS])
    return [
        {
            "name": line.partner.name,
            "kind": line.type_label,
            "hours": line.partner.hours,
            "phone": line.phone,
            "tel": line.tel,
            "instead": _instead(line),
        }
        for line in lines
    ]


def _instead(line: PartnerLine) -> str:
    fallback = line.partner.fallback
    return f"À défaut : {fallback.name} {line.fallback_phone}" if fallback else ""


def log(actor: Actor) -> dict[str, Any]:
    """The running page of the member's teams for today, the latest first, and the instructions still to be read."""
    if not can(actor, "notebook.use"):
        return {"day": "", "lines": [], "instructions": []}
    start, _ = day_bounds(today())
    before = worded(actor, list(instructions_to_read(actor).filter(occurred_at__lt=start)[:INSTRUCTIONS]))
    lines = day_log(actor, None, today())
    places = site_names({line.entry.site_id for line in (*lines, *before) if line.entry.site_id})
    return {
        "day": start.isoformat(),
        "lines": [_log_line(actor, line, places) for line in lines],
        "instructions": [_log_line(actor, line, places) for line in before],
    }


def _log_line(actor: Actor, line: Line, sites: Mapping[uuid.UUID, str]) -> dict[str, Any]:
    asked = line.is_instruction and not line.read_by_me and line.entry.author_id != actor.member_id
    return {
        "id": str(line.entry.pk),
        "at": line.entry.occurred_at.isoformat(),
        "words": " · ".join(filter(None, (line.words.title, line.words.detail))),
        "site": sites.get(line.entry.site_id, "") if line.entry.site_id else "",
        "instruction": asked,
    }
