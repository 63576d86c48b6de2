"""Reads of the team log: one team, one day, one pass over the index."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from entremise.accounts.queries import member_names
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.time import day_bounds, now
from entremise.places.queries import site_names
from entremise.presence import log
from entremise.presence.enums import LogKind
from entremise.presence.log import LogLine
from entremise.presence.models import Acknowledgement, LogEntry

INSTRUCTION_LIVES = dt.timedelta(days=14)  # an instruction older than that is no longer put forward
DAY_LIMIT = 600


@dataclass(frozen=True)
class Line:
    """A line ready to be shown."""

    entry: LogEntry
    words: LogLine
    readers: list[str]
    read_by_me: bool

    @property
    def is_instruction(self) -> bool:
        """True for what the others are asked to read."""
        return self.entry.kind == LogKind.CONSIGNE

    @property
    def is_written(self) -> bool:
        """True for a line that carries words of its own, which its author may take back."""
        return self.entry.kind in WORDS


WORDS = (LogKind.CONSIGNE, LogKind.APPEL, LogKind.INFO_PARTENAIRE)  # the lines that people write themselves


def _day(actor: Actor, team_id: uuid.UUID | None, day: dt.date) -> QuerySet[LogEntry]:
    start, end = day_bounds(day)
    entries = LogEntry.objects.visible_to(actor).filter(occurred_at__gte=start, occurred_at__lt=end)
    return entries.filter(team_id=team_id) if team_id else entries


def day_log(
    actor: Actor, team_id: uuid.UUID | None, day: dt.date, kinds: Collection[str] | None = None, chip: str = ""
) -> list[Line]:
    """The lines of a day, the latest first, of one team or (None) of all the actor's teams.

    ``kinds`` keeps these natures (L29); ``chip`` is the code of a registered filter, unknown ones keep
    everything. At most ``DAY_LIMIT`` lines.
    """
    entries = _day(actor, team_id, day).filter(withdrawn_at=None)
    if kinds:
        entries = entries.filter(kind__in=list(kinds))
    rows = list(entries.order_by("-occurred_at", "-id")[:DAY_LIMIT])
    keeps = next((item.keeps for item in log.filters() if item.code == chip), None)
    if keeps:
        rows = [row for row in rows if keeps(row)]
    return worded(actor, rows)


def day_version(actor: Actor, team_id: uuid.UUID | None, day: dt.date) -> str:
    """A mark that changes whenever a line of the day is added, changed or withdrawn. One query.

    A count and a sum of revisions, not a date: two writers who commit out of order still change it.
    """
    found = _day(actor, team_id, day).aggregate(count=Count("pk"), revisions=Sum("revision"))
    return f"{found['count']}-{found['revisions'] or 0}"


def liveliest_team(actor: Actor, team_ids: Sequence[uuid.UUID]) -> uuid.UUID:
    """That of these teams (at least one, all the actor's) with the latest line; the first when none has any."""
    lines = LogEntry.objects.visible_to(actor).filter(withdrawn_at=None).order_by("-occurred_at")
    moments = lines.values_list("occurred_at", flat=True)
    latest = {team_id: moment for team_id in team_ids if (moment := moments.filter(team_id=team_id).first())}
    return max(latest, key=lambda team_id: latest[team_id]) if latest else team_ids[0]


def worded(actor: Actor, entries: list[LogEntry]) -> list[Line]:
    """Names, places, words and readers for these lines: a constant number of queries."""
    readers = _readers(entries)
    names = member_names(_people(entries, readers))
    sites = site_names({entry.site_id for entry in entries if entry.site_id})
    for entry in entries:
        entry.site_label = sites.get(entry.site_id, "") if entry.site_id else ""  # type: ignore[attr-defined]
        entry.author_name = names.get(entry.author_id, "")  # type: ignore[attr-defined]
        entry.second_author_name = names.get(entry.second_author_id, "") if entry.second_author_id else ""  # type: ignore[attr-defined]
        entry.names = names  # type: ignore[attr-defined]
        entry.team_label = ""  # type: ignore[attr-defined]
    words = _words(actor, entries)
    return [
        Line(
            entry,
            words.get(entry.pk) or LogLine(LogKind(entry.kind).label),
            [names[member] for member in readers[entry.pk] if member in names],
            actor.member_id in readers[entry.pk],
        )
        for entry in entries
    ]


def _readers(entries: Iterable[LogEntry]) -> dict[uuid.UUID, list[uuid.UUID]]:
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    asked = [entry.pk for entry in entries if entry.kind == LogKind.CONSIGNE]
    if asked:
        for row in Acknowledgement.objects.filter(entry_id__in=asked).order_by("at"):
            found[row.entry_id].append(row.member_id)
    return found


def _people(entries: Iterable[LogEntry], readers: dict[uuid.UUID, list[uuid.UUID]]) -> set[uuid.UUID]:
    people = {member for members in readers.values() for member in members}
    for entry in entries:
        people.add(entry.author_id)
        if entry.second_author_id:
            people.add(entry.second_author_id)
        people.update(uuid.UUID(member) for member in entry.codes.get("members", []))
    return people


def _words(actor: Actor, entries: Iterable[LogEntry]) -> dict[uuid.UUID, LogLine]:
    by_type: dict[str, list[LogEntry]] = defaultdict(list)
    for entry in entries:
        by_type[entry.subject_type].append(entry)
    words: dict[uuid.UUID, LogLine] = {}
    for subject_type, group in by_type.items():
        renderer = log.renderer_for(subject_type)
        if renderer:
            words.update(renderer(actor, group))
    return words


def get_entry(actor: Actor, entry_id: uuid.UUID) -> LogEntry:
    """A line the actor may read; NotFound otherwise."""
    return get_one(LogEntry.objects.visible_to(actor).filter(pk=entry_id, withdrawn_at=None))


def _instructions(actor: Actor) -> QuerySet[LogEntry]:
    return LogEntry.objects.visible_to(actor).filter(
        kind=LogKind.CONSIGNE, occurred_at__gt=now() - INSTRUCTION_LIVES, withdrawn_at=None
    )


def instructions_to_read(actor: Actor) -> QuerySet[LogEntry]:
    """Instructions of the last fortnight that colleagues left and the actor has not marked as read."""
    if actor.member_id is None:
        return LogEntry.objects.none()
    read = Q(pk__in=Acknowledgement.objects.filter(member_id=actor.member_id).values("entry_id"))
    return _instructions(actor).exclude(author_id=actor.member_id).exclude(read).order_by("-occurred_at", "-id")


def instructions_before(actor: Actor, team_id: uuid.UUID, day: dt.date) -> QuerySet[LogEntry]:
    """Unread instructions of a team left before that day: the day's own stand in its lines."""
    return instructions_to_read(actor).filter(team_id=team_id, occurred_at__lt=day_bounds(day)[0])


def instructions_for_sites(actor: Actor, site_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, LogEntry]:
    """The latest live instruction about each place, with ``author_name`` set, in two queries."""
    rows = list(_instructions(actor).filter(site_id__in=list(site_ids)).order_by("occurred_at", "id"))
    names = member_names({row.author_id for row in rows}) if rows else {}
    for row in rows:
        row.author_name = names.get(row.author_id, "")  # type: ignore[attr-defined]
    return {row.site_id: row for row in rows if row.site_id}


def instructions_of(actor: Actor, subject_type: str, subject_id: uuid.UUID) -> list[LogEntry]:
    """Instructions attached to one record: the hand-over of a round."""
    return list(
        LogEntry.objects.visible_to(actor)
        .filter(subject_id=subject_id, subject_type=subject_type, kind=LogKind.CONSIGNE, withdrawn_at=None)
        .order_by("occurred_at")
    )
