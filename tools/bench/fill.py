"""Fifty organisations over five years: lifelike proportions, drawn from a fixed seed."""

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from entremise.accounts import services as accounts
from entremise.accounts.enums import Job, Role
from entremise.accounts.models import Member, Organisation, Team
from entremise.accounts.queries import actor_for
from entremise.core.actor import system_actor
from entremise.core.db import seal_for
from entremise.core.ids import short_reference, uuid7_at
from entremise.interventions import models as acts
from entremise.places import services as places
from entremise.places.enums import SpaceType
from entremise.presence import models as presence
from entremise.statistics.commands import ConventionFacts
from entremise.statistics.enums import FunderKind, Template
from entremise.statistics.models import Convention
from entremise.statistics.services import record_convention
from tools.bench.rows import insert

ORGANISATIONS = 50
YEARS = 5
END = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
START = END - dt.timedelta(days=365 * YEARS)
CHUNK = 20_000
NARRATIVE = "Deux adultes et un adolescent ; échange tendu sur le bruit ; accord de baisser le son ; repasser jeudi."

REGISTERS = ["presence_active", "conflit_temps_reel", "mise_en_relation", "veille_sociale", "sensibilisation"]
OUTCOMES = ["apaise", "accord_oral", "dialogue_retabli", "info_donnee", "demande_satisfaite", "sans_effet", "refus"]
ORIGINS = ["initiative_mediateur"] * 8 + ["habitant", "bailleur", "appel", "collegue"]
PUBLICS = ["habitant", "jeune", "senior", "parent_eleve", "commercant", "non_communique"]
OBJECTS = ["bruit", "regroupement", "proprete", "parties_communes", "insultes", "stationnement"]
ACTIONS = ["dialogue", "presence", "desamorcage", "orientation", "rappel_regles", "information"]
BANDS = ["douze_dix_huit", "dix_huit_vingt_quatre", "vingt_cinq_trente_neuf", "quarante_cinquante_neuf"]
SPACES = [SpaceType.HALL, SpaceType.PIED_IMMEUBLE, SpaceType.PLACE, SpaceType.PARC, SpaceType.ESCALIER_PALIER]


@dataclass
class Tenant:
    """What the filling needs to know of one organisation."""

    organisation_id: uuid.UUID
    weight: float
    teams: list[uuid.UUID] = field(default_factory=list)
    authors: dict[uuid.UUID, list[uuid.UUID]] = field(default_factory=dict)
    sites: list[uuid.UUID] = field(default_factory=list)
    people: dict[str, Any] = field(default_factory=dict)
    convention: uuid.UUID | None = None


@transaction.atomic
def tenants(dice: random.Random) -> list[Tenant]:
    """Fifty organisations, from one large federation member to many small associations."""
    return [_tenant(number, dice) for number in range(ORGANISATIONS)]


def _tenant(number: int, dice: random.Random) -> Tenant:
    organisation = accounts.create_organisation(name=f"Organisation {number:02}")
    actor = system_actor(organisation.pk, "command")
    tenant = Tenant(organisation.pk, weight=1 / (number + 10))
    boss = accounts.get_or_create_user(email=f"encadrante{number}@exemple.test", display_name=f"Encadrante {number}")
    for rank in range(3):
        team = accounts.create_team(actor=actor, name=f"Équipe {rank}", job=Job.ESPACES_PUBLICS)
        tenant.teams.append(team.pk)
        tenant.authors[team.pk] = []
        for seat in range(3):
            user = accounts.get_or_create_user(email=f"m{number}-{rank}-{seat}@exemple.test", display_name=f"M{seat}")
            member = accounts.add_member(actor=actor, user=user, roles=[Role.MEDIATEUR], team_ids=[team.pk])
            tenant.authors[team.pk].append(member.pk)
            tenant.people.setdefault("mediator", user)
    accounts.add_member(actor=actor, user=boss, roles=[Role.ENCADRANT, Role.MEDIATEUR], team_ids=tenant.teams)
    tenant.people["supervisor"] = boss
    supervisor = actor_for(boss, organisation.pk)
    _sites(tenant, supervisor, dice)
    tenant.convention = record_convention(actor=supervisor, facts=_convention(tenant)).pk
    return tenant


def known_tenants() -> list[Tenant]:
    """The organisations of a database filled before (``--keep``)."""
    found = []
    for number, organisation in enumerate(Organisation.objects.order_by("name")):
        tenant = Tenant(organisation.pk, weight=1 / (number + 10))
        members = list(Member.objects.filter(organisation=organisation).select_related("user"))
        tenant.people["supervisor"] = next(m.user for m in members if Role.ENCADRANT in m.roles)
        tenant.people["mediator"] = next(m.user for m in members if Role.ENCADRANT not in m.roles)
        tenant.teams = list(
            Team.objects.filter(organisation=organisation).order_by("name").values_list("pk", flat=True)
        )
        tenant.convention = Convention.objects.get(organisation=organisation).pk
        found.append(tenant)
    return found


def _convention(tenant: Tenant) -> ConventionFacts:
    return ConventionFacts(
        funder_name="Financeur",
        funder_kind=FunderKind.COMMUNE,
        starts_on=START.date(),
        ends_on=END.date() + dt.timedelta(days=365),
        template=Template.RAPPORT_ACTIVITE,
        site_ids=tuple(tenant.sites[:30]),
    )


def _sites(tenant: Tenant, actor: Any, dice: random.Random) -> None:
    for sector_number in range(4):
        sector = places.create_sector(actor=actor, name=f"Secteur {sector_number}")
        for number in range(10):
            site = places.create_site(
                actor=actor, name=f"Lieu {sector_number}-{number}", space_type=dice.choice(SPACES), sector_id=sector.pk
            )
            tenant.sites.append(site.pk)


def fill(tenants: list[Tenant], size: int, dice: random.Random, say: Any = print) -> None:
    """``size`` acts with their codes, head counts and log lines, then rounds, stops, tallies and defects."""
    step = (END - START) / size
    batch: list[tuple[dt.datetime, Tenant]] = []
    weights = [tenant.weight for tenant in tenants]
    for number in range(size):
        batch.append((START + step * number, dice.choices(tenants, weights)[0]))
        if len(batch) == CHUNK or number == size - 1:
            with transaction.atomic():
                _chunk(batch, dice)
            batch = []
            say(f"  {number + 1:>9,} acts", end="\r", flush=True)
    say("")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _chunk(batch: list[tuple[dt.datetime, Tenant]], dice: random.Random) -> None:
    rows = [_act(at, tenant, dice) for at, tenant in batch]
    insert(acts.Intervention, rows)
    insert(acts.InterventionCode, (code for row in rows for code in _codes(row, dice)))
    insert(acts.PublicCount, (count for row in rows for count in _heads(row, dice)))
    insert(presence.LogEntry, (_line(row) for row in rows))
    rounds = [_round(at, tenant, dice) for at, tenant in batch[::10]]
    insert(presence.Round, rounds)
    stops = [stop for row in rounds for stop in _stops(row, dice)]
    insert(presence.Stop, stops)
    insert(presence.Tally, (tally for stop in stops for tally in _tallies(stop, dice)))
    insert(presence.Defect, (_defect(at, tenant, dice) for at, tenant in batch[::20]))


def _identifier(at: dt.datetime) -> uuid.UUID:
    return uuid7_at(int(at.timestamp() * 1000))


def _act(at: dt.datetime, tenant: Tenant, dice: random.Random) -> dict[str, Any]:
    identifier = _identifier(at)
    team = dice.choice(tenant.teams)
    conflict = dice.random() < 0.2
    validated = at < END - dt.timedelta(days=7)
    author = dice.choice(tenant.authors[team])
    row: dict[str, Any] = {
        "id": identifier,
        "organisation_id": tenant.organisation_id,
        "team_id": team,
        "reference": short_reference(identifier),
        "site_id": dice.choice(tenant.sites),
        "occurred_at": at,
        "recorded_at": at,
        "author_id": author,
        "duration_minutes": dice.choice([15, 30, 45, 60]),
        "origin": dice.choice(ORIGINS),
        "outcome": dice.choice(OUTCOMES),
        "people_count": dice.randint(2, 8),
        "status": "validee" if validated else "a_valider",
        "register": "conflit_temps_reel" if conflict else dice.choice(REGISTERS),
    }
    if conflict:
        row |= {"conflict_kind": "voisins", "tension_before": dice.randint(2, 4), "tension_after": dice.randint(0, 2)}
    if validated:
        row |= {"locked_at": at, "validated_at": at, "validated_by_id": tenant.authors[team][0]}
    if dice.random() < 0.5:
        draft = acts.Intervention(pk=identifier, organisation_id=tenant.organisation_id)
        row |= {"narrative": seal_for(draft, "narrative", NARRATIVE), "has_words": True}
    return row


def _codes(row: dict[str, Any], dice: random.Random) -> Iterator[dict[str, Any]]:
    chosen = [("L1", row["register"]), ("L8", dice.choice(PUBLICS)), ("L11", "voisinage")]
    chosen += [("L17", code) for code in dice.sample(ACTIONS, 2)]
    if "tension_before" in row:
        chosen.append(("L13", dice.choice(OBJECTS)))
    for reference, code in chosen:
        yield {
            "organisation_id": row["organisation_id"],
            "intervention_id": row["id"],
            "list_reference": reference,
            "code": code,
            "national": code,
            "rank": 0,
        }


def _heads(row: dict[str, Any], dice: random.Random) -> Iterator[dict[str, Any]]:
    yield {
        "organisation_id": row["organisation_id"],
        "intervention_id": row["id"],
        "dimension": "age",
        "code": dice.choice(BANDS),
        "count": dice.randint(1, 2),
        "estimated": True,
    }


def _line(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": _identifier(row["occurred_at"]),
        "organisation_id": row["organisation_id"],
        "team_id": row["team_id"],
        "kind": "evenement",
        "occurred_at": row["occurred_at"],
        "recorded_at": row["occurred_at"],
        "author_id": row["author_id"],
        "site_id": row["site_id"],
        "subject_type": "intervention",
        "subject_id": row["id"],
        "codes": {"register": row["register"], "outcome": row["outcome"]},
    }


def _round(at: dt.datetime, tenant: Tenant, dice: random.Random) -> dict[str, Any]:
    team = dice.choice(tenant.teams)
    return {
        "id": _identifier(at),
        "organisation_id": tenant.organisation_id,
        "team_id": team,
        "kind": "tournee",
        "status": "terminee",
        "started_at": at,
        "begins_at": at,
        "ended_at": at + dt.timedelta(hours=3),
        "minutes": 180,
        "created_by_id": tenant.authors[team][0],
        "created_at": at,
        "sites": dice.sample(tenant.sites, 4),
    }


def _stops(row: dict[str, Any], dice: random.Random) -> Iterator[dict[str, Any]]:
    for rank, site in enumerate(row["sites"]):
        at = row["started_at"] + dt.timedelta(minutes=40 * rank)
        yield {
            "id": _identifier(at),
            "organisation_id": row["organisation_id"],
            "round_id": row["id"],
            "site_id": site,
            "arrived_at": at,
            "left_at": at + dt.timedelta(minutes=30),
            "atmosphere": dice.choice(["ras", "ras", "anime", "tendu"]),
        }


def _tallies(stop: dict[str, Any], dice: random.Random) -> Iterator[dict[str, Any]]:
    for band in dice.sample(BANDS, 2):
        yield {
            "id": _identifier(stop["arrived_at"]),
            "stop_id": stop["id"],
            "age_band": band,
            "count": dice.randint(1, 9),
            "counted_at": stop["arrived_at"],
        }


def _defect(at: dt.datetime, tenant: Tenant, dice: random.Random) -> dict[str, Any]:
    team = dice.choice(tenant.teams)
    solved = dice.random() < 0.7
    return {
        "id": _identifier(at),
        "organisation_id": tenant.organisation_id,
        "team_id": team,
        "site_id": dice.choice(tenant.sites),
        "category": dice.choice(["eclairage", "acces", "encombrants", "proprete"]),
        "urgency": "normal",
        "status": "resolu" if solved else "signale",
        "reported_at": at,
        "resolved_at": at + dt.timedelta(days=dice.randint(1, 20)) if solved else None,
        "author_id": tenant.authors[team][0],
        "created_at": at,
    }
