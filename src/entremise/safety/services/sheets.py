"""Write an incident sheet, follow it, close it."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from entremise.accounts.queries import list_members
from entremise.core.actor import Actor
from entremise.core.errors import Conflict, InvalidInput, NotFound
from entremise.core.permissions import can, require
from entremise.core.time import now, today
from entremise.journal.services import publish
from entremise.safety.enums import IncidentKind, Support
from entremise.safety.events import SheetClosed, SheetFollowed, SheetWritten
from entremise.safety.models import IncidentSheet, SheetPerson
from entremise.safety.queries.alerts import get_alert
from entremise.safety.services.checks import Errors, member_of, own_site, own_team, refuse

TEXT_LIMIT = 4000
EARLIEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
DATES = ("told_on", "complaint_on", "accident_on", "listened_on")


@dataclass(frozen=True, kw_only=True)
class SheetFacts:
    """What its author writes. ``facts`` is required; ``person_ids`` are members of the organisation."""

    kind: str
    happened_at: dt.datetime
    facts: str
    done: str = ""
    team_id: uuid.UUID | None = None
    site_id: uuid.UUID | None = None
    person_ids: tuple[uuid.UUID, ...] = ()


@transaction.atomic
def write_sheet(
    *, actor: Actor, facts: SheetFacts, act_id: uuid.UUID | None = None, alert_id: uuid.UUID | None = None
) -> IncidentSheet:
    """Note what happened to the team. Raises InvalidInput, NotFound (team, place, alert of others)."""
    team = own_team(actor, facts.team_id)
    sheet = IncidentSheet(
        organisation_id=actor.organisation_id,
        team_id=team,
        author_id=member_of(actor),
        site_id=own_site(actor, facts.site_id),
        alert=get_alert(actor, alert_id) if alert_id else None,
        act_id=act_id,
        **_checked(actor, facts),
    )
    sheet.save(force_insert=True)
    _concern(sheet, facts.person_ids)
    publish(SheetWritten(actor=actor, target_id=sheet.pk, codes={"kind": sheet.kind}))
    return sheet


@transaction.atomic
def correct_sheet(*, actor: Actor, sheet_id: uuid.UUID, facts: SheetFacts, version: int) -> IncidentSheet:
    """Its author says it better while it is open. Raises Conflict when it changed since it was read."""
    sheet = _held(actor, sheet_id)
    if sheet.author_id != actor.member_id or sheet.closed_at is not None:
        raise InvalidInput({"facts": ["Seul son auteur corrige une fiche, tant qu’elle est ouverte."]})
    if sheet.version != version:
        raise Conflict("the sheet changed since it was read")
    for name, value in _checked(actor, facts).items():
        setattr(sheet, name, value)
    sheet.site_id, sheet.version = own_site(actor, facts.site_id), sheet.version + 1
    sheet.save()
    _concern(sheet, facts.person_ids)
    publish(SheetWritten(actor=actor, target_id=sheet.pk, codes={"kind": sheet.kind, "version": sheet.version}))
    return sheet


def _checked(actor: Actor, facts: SheetFacts) -> dict[str, Any]:
    errors: Errors = {}
    if facts.kind not in IncidentKind:
        errors["kind"] = ["Choisissez une des réponses proposées."]
    if facts.happened_at > now() + dt.timedelta(minutes=2):
        errors["happened_at"] = ["Cette heure n’est pas encore passée. Indiquez l’heure réelle."]
    elif facts.happened_at < EARLIEST:
        errors["happened_at"] = ["Cette date est trop ancienne. Vérifiez l’année."]
    told = checked_texts(errors, facts=facts.facts, done=facts.done)
    if not told["facts"] and "facts" not in errors:
        errors["facts"] = ["Écrivez les faits en quelques phrases : ce que vous avez vu et entendu."]
    checked_people(actor, errors, facts.person_ids)
    refuse(errors)
    return {"kind": facts.kind, "happened_at": facts.happened_at, **told}


def checked_texts(errors: Errors, **texts: str) -> dict[str, str]:
    """The trimmed texts; an error beside each one that is too long or cannot be read."""
    found = {}
    for name, value in texts.items():
        text = value.strip()
        if "\x00" in text:
            errors[name] = ["Ce texte contient un caractère illisible. Retirez-le, puis enregistrez."]
        elif len(text) > TEXT_LIMIT:
            errors[name] = [f"Ce texte compte {len(text)} signes ; gardez l’essentiel en {TEXT_LIMIT} signes au plus."]
        found[name] = text
    return found


def checked_people(actor: Actor, errors: Errors, person_ids: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Members of the organisation; an unknown one is an error."""
    wanted = list(dict.fromkeys(person_ids))
    if list_members(actor).filter(pk__in=wanted).count() != len(wanted):
        errors["person_ids"] = ["Une de ces personnes n’est plus dans votre organisation. Choisissez-la de nouveau."]
    return wanted


def _concern(sheet: IncidentSheet, person_ids: Sequence[uuid.UUID]) -> None:
    SheetPerson.objects.filter(incidentsheet=sheet).delete()
    SheetPerson.objects.bulk_create(SheetPerson(incidentsheet=sheet, member_id=pk) for pk in dict.fromkeys(person_ids))


@transaction.atomic
def follow_sheet(
    *, actor: Actor, sheet_id: uuid.UUID, support: Sequence[str], close: bool = False, **dates: dt.date | None
) -> IncidentSheet:
    """Note what was offered and what followed: ``told_on``, ``complaint_on``, ``accident_on``, ``listened_on``.

    A coordinator may close it at the same time. Raises InvalidInput.
    """
    sheet = _held(actor, sheet_id)
    errors: Errors = {}
    if set(support) - set(Support.values):
        errors["support"] = ["Choisissez parmi les réponses proposées."]
    for name in DATES:
        if (found := dates.get(name)) and not EARLIEST.date() <= found <= today():
            errors[name] = ["Indiquez la date réelle, aujourd’hui au plus tard."]
    if close and not can_close(actor, sheet):
        errors["close"] = ["L’encadrement de l’équipe clôt la fiche."]
    if sheet.closed_at is not None:
        errors["support"] = ["Cette fiche est close."]
    refuse(errors)
    changed = [name for name in DATES if getattr(sheet, name) != dates.get(name)]
    changed += ["support"] if list(support) != sheet.support else []
    for name in DATES:
        setattr(sheet, name, dates.get(name))
    sheet.support, sheet.version = list(dict.fromkeys(support)), sheet.version + 1
    if close:
        sheet.closed_at, sheet.closed_by_id = now(), member_of(actor)
    sheet.save()
    publish(SheetFollowed(actor=actor, target_id=sheet.pk, codes={"fields": changed}))
    if close:
        publish(SheetClosed(actor=actor, target_id=sheet.pk))
    return sheet


def can_close(actor: Actor, sheet: IncidentSheet) -> bool:
    """A coordinator of its team."""
    return can(actor, "safety.supervise", sheet)


def _held(actor: Actor, sheet_id: uuid.UUID) -> IncidentSheet:
    """The sheet, locked until the end of the transaction; NotFound when it is not the actor's to read."""
    require(actor, "safety.read_sheets")
    if not IncidentSheet.objects.visible_to(actor).filter(pk=sheet_id).exists():
        raise NotFound("sheet")
    return IncidentSheet.objects.select_for_update().get(pk=sheet_id)
