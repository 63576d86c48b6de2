"""Reads of rounds and stops."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from entremise.accounts.queries import member_names
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import NotFound
from entremise.core.time import now
from entremise.presence.enums import AgeBand, RoundStatus
from entremise.presence.models import Observation, Round, RoundMember, Stop, Tally

LEFT_OPEN_AFTER = dt.timedelta(hours=14)  # longer than any shift: the round was forgotten


def list_rounds(actor: Actor) -> QuerySet[Round]:
    """Rounds of the actor's teams, the latest first."""
    return Round.objects.visible_to(actor).select_related("team", "sector").order_by("-begins_at", "-id")


def stopping_at(rounds: QuerySet[Round], site_ids: Iterable[uuid.UUID]) -> QuerySet[Round]:
    """Those of these rounds that stopped at one of these places, as reports count them."""
    return rounds.filter(pk__in=Stop.objects.filter(site_id__in=list(site_ids)).values("round_id"))


def counting(rounds: QuerySet[Round], band: str, site_ids: Iterable[uuid.UUID] | None = None) -> QuerySet[Round]:
    """Those of these rounds that counted somebody of this age band, at one of these places (None: anywhere)."""
    tallies = Tally.objects.filter(stop__round_id=OuterRef("pk"), age_band=band, count__gt=0)
    if site_ids is not None:
        tallies = tallies.filter(stop__site_id__in=list(site_ids))
    return rounds.filter(Exists(tallies))


def get_round(actor: Actor, round_id: uuid.UUID) -> Round:
    """A round of the actor's teams; NotFound otherwise."""
    return get_one(Round.objects.visible_to(actor).select_related("team", "sector").filter(pk=round_id))


def standing_round(actor: Actor, round_id: uuid.UUID) -> Round:
    """The round, or the one it was merged into; NotFound otherwise."""
    found = get_round(actor, round_id)
    for _ in range(5):
        if found.merged_into_id is None:
            break
        found = get_round(actor, found.merged_into_id)
    return found


def get_stop(actor: Actor, stop_id: uuid.UUID) -> Stop:
    """A stop of a round of the actor's teams; NotFound otherwise."""
    found = Stop.objects.select_related("round").filter(pk=stop_id, organisation_id=actor.organisation_id).first()
    if found is None or found.round.team_id not in actor.team_ids:
        raise NotFound("stop")
    return found


def current_round(actor: Actor) -> Round | None:
    """The open round the actor is part of, the latest when there are several."""
    if actor.member_id is None:
        return None
    rounds = Round.objects.visible_to(actor).filter(status=RoundStatus.OUVERTE, people__member_id=actor.member_id)
    return rounds.select_related("team", "sector").order_by("-started_at").first()


def current_stops(rounds: Iterable[Round]) -> dict[uuid.UUID, Stop]:
    """Where each of these rounds stands now, in one query; one that is between two places is absent."""
    stops = Stop.objects.filter(round__in=list(rounds), left_at=None).order_by("arrived_at", "id")
    return {stop.round_id: stop for stop in stops}


def current_stop(outing: Round) -> Stop | None:
    """Where the round stands now: its latest stop, unless it has left it."""
    return outing.stops.filter(left_at=None).order_by("-arrived_at", "-id").first()


def list_stops(outing: Round) -> QuerySet[Stop]:
    """Stops of a round in the order of the walk."""
    return outing.stops.order_by("arrived_at", "id")


def open_rounds(actor: Actor) -> QuerySet[Round]:
    """Rounds of the actor's teams that are out now."""
    rounds = Round.objects.visible_to(actor).filter(status=RoundStatus.OUVERTE)
    return rounds.select_related("team", "sector").order_by("-started_at")


def planned_rounds(actor: Actor, *, until: dt.datetime) -> QuerySet[Round]:
    """Rounds planned from yesterday up to ``until``, the soonest first: those that can be opened."""
    since = now() - dt.timedelta(hours=12)
    rounds = Round.objects.visible_to(actor).filter(status=RoundStatus.PREVUE)
    return (
        rounds.filter(begins_at__gte=since, begins_at__lt=until)
        .select_related("team", "sector")
        .order_by("begins_at", "id")
    )


def rounds_left_open(actor: Actor) -> QuerySet[Round]:
    """Rounds opened more than ``LEFT_OPEN_AFTER`` ago and never closed."""
    return open_rounds(actor).filter(started_at__lt=now() - LEFT_OPEN_AFTER)


def is_left_open(outing: Round) -> bool:
    """True for a round that someone probably forgot to close."""
    return outing.is_open and outing.started_at is not None and outing.started_at < now() - LEFT_OPEN_AFTER


def people_of(rounds: Iterable[Round]) -> dict[uuid.UUID, list[uuid.UUID]]:
    """The members of each round, in one query."""
    found: dict[uuid.UUID, list[uuid.UUID]] = {outing.pk: [] for outing in rounds}
    for row in RoundMember.objects.filter(round_id__in=list(found)).order_by("id"):
        found[row.round_id].append(row.member_id)
    return found


def names_of(rounds: Iterable[Round]) -> dict[uuid.UUID, list[str]]:
    """The names of the people of each round, in two queries."""
    people = people_of(rounds)
    names = member_names({member for members in people.values() for member in members})
    return {round_id: [names[member] for member in members] for round_id, members in people.items()}


@dataclass(frozen=True)
class Overlap:
    """Another round of the same team at the same time; ``likely`` when people or sector are shared."""

    outing: Round
    likely: bool


def overlapping_rounds(actor: Actor, outing: Round) -> list[Overlap]:
    """Other rounds of the team that ran, or run, at the same time: candidates for merging."""
    if outing.started_at is None or outing.status not in (RoundStatus.OUVERTE, RoundStatus.TERMINEE):
        return []
    end = outing.ended_at or now()
    others = list(
        Round.objects.visible_to(actor)
        .filter(team_id=outing.team_id, status__in=(RoundStatus.OUVERTE, RoundStatus.TERMINEE))
        .filter(begins_at__gte=outing.started_at - dt.timedelta(days=2), begins_at__lt=end)
        .filter(Q(ended_at=None) | Q(ended_at__gt=outing.started_at))
        .exclude(pk=outing.pk)
        .select_related("team", "sector")
        .order_by("-begins_at")[:10]
    )
    if not others:
        return []
    people = people_of([outing, *others])
    mine = set(people[outing.pk])
    return [
        Overlap(other, bool(mine & set(people[other.pk])) or other.sector_id == outing.sector_id) for other in others
    ]


@dataclass(frozen=True)
class Contacts:
    """Contacts counted at one stop or one round."""

    total: int = 0
    by_band: dict[str, int] = field(default_factory=dict)

    @property
    def told(self) -> list[tuple[str, int]]:
        """(label, count) of the bands that were told, youngest first."""
        return [
            (band.label, self.by_band[band])
            for band in AgeBand
            if self.by_band.get(band) and band != AgeBand.NON_COMMUNIQUE
        ]


def contacts_of(stop_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Contacts]:
    """Contacts of each stop, in one query."""
    bands: dict[uuid.UUID, dict[str, int]] = {stop_id: {} for stop_id in stop_ids}
    for stop_id, band, count in Tally.objects.filter(stop_id__in=list(bands)).values_list(
        "stop_id", "age_band", "count"
    ):
        bands[stop_id][band] = count
    return {stop_id: Contacts(sum(found.values()), found) for stop_id, found in bands.items()}


def contacts_of_rounds(round_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Contacts of each round, in one query; rounds without any are absent."""
    rows = (
        Tally.objects.filter(stop__round_id__in=list(round_ids)).values("stop__round_id").annotate(total=Sum("count"))
    )
    return {row["stop__round_id"]: row["total"] for row in rows}


def sites_of_rounds(round_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many different places each round stopped at, in one query; rounds without any are absent."""
    rows = Stop.objects.filter(round_id__in=list(round_ids)).order_by().values("round_id")
    return {row["round_id"]: row["sites"] for row in rows.annotate(sites=Count("site_id", distinct=True))}


@dataclass(frozen=True)
class Passage:
    """The last time the organisation's teams stood at a place."""

    at: dt.datetime
    atmosphere: str


def last_passages(actor: Actor, site_ids: Iterable[uuid.UUID], *, before: dt.datetime) -> dict[uuid.UUID, Passage]:
    """The latest stop of the actor's teams at each site in the thirty days before, in one query."""
    stops = (
        Stop.objects.filter(
            organisation_id=actor.organisation_id,
            site_id__in=list(site_ids),
            arrived_at__gte=before - dt.timedelta(days=30),
            arrived_at__lt=before,
            round__team_id__in=list(actor.team_ids),
        )
        .order_by("arrived_at")
        .values_list("site_id", "arrived_at", "atmosphere")
    )
    return {site_id: Passage(at, atmosphere) for site_id, at, atmosphere in stops}


def observations_of(outing: Round) -> QuerySet[Observation]:
    """Observations noted during a round, the latest first."""
    return outing.observations.order_by("-observed_at")
