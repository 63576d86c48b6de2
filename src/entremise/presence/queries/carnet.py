"""What the phone page of a round shows, read in a constant number of queries."""

import datetime as dt
import uuid
from dataclasses import dataclass

from entremise.accounts.queries import ListChoices, choices_for
from entremise.core.actor import Actor
from entremise.core.time import local, now, today
from entremise.core.ui.formats import short_date
from entremise.places.queries import label_of, list_sites, site_names
from entremise.presence.enums import AgeBand, RoundKind
from entremise.presence.models import LogEntry, Round, Stop
from entremise.presence.queries.log import instructions_for_sites
from entremise.presence.queries.rounds import (
    Contacts,
    Passage,
    contacts_of,
    last_passages,
    list_stops,
)

NEXT_SHOWN = 5
LAST = 100_000
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True)
class StopRow:
    """A stop with what was counted there."""

    stop: Stop
    site_label: str
    contacts: Contacts
    atmosphere: str


@dataclass(frozen=True)
class NextSite:
    """A place where the round may go next."""

    site_id: uuid.UUID
    label: str
    instruction: LogEntry | None
    last: str


@dataclass(frozen=True)
class Walk:
    """A round as it is walked: where it stands, where it has been, where it may go."""

    outing: Round
    here: StopRow | None
    done: list[StopRow]
    following: list[NextSite]
    others: list[NextSite]
    atmospheres: list[tuple[str, str]]


def outing_title(outing: Round) -> str:
    """ "Tournée du soir", from the hour it begins; the other kinds by their name."""
    return title_at(outing.kind, outing.begins_at)


def title_at(code: str, begin: dt.datetime) -> str:
    """The same from a kind and an instant."""
    kind = RoundKind(code)
    if kind != RoundKind.TOURNEE:
        return kind.label
    hour = local(begin).hour
    if 5 <= hour < 12:
        return "Tournée du matin"
    if 12 <= hour < 17:
        return "Tournée de l’après-midi"
    return "Tournée du soir" if 17 <= hour < 22 else "Tournée de nuit"


def stop_rows(stops: list[Stop], atmospheres: ListChoices) -> list[StopRow]:
    """Stops with their place, contacts and atmosphere, in two queries."""
    names = site_names({stop.site_id for stop in stops})
    contacts = contacts_of([stop.pk for stop in stops])
    return [
        StopRow(
            stop,
            names[stop.site_id],
            contacts[stop.pk],
            atmospheres.label(stop.atmosphere) if stop.atmosphere else "",
        )
        for stop in stops
    ]


def walk_of(actor: Actor, outing: Round) -> Walk:
    """The page of a round."""
    atmospheres = choices_for(actor.organisation_id, "L24")["L24"]
    rows = stop_rows(list(list_stops(outing)), atmospheres)
    here = next((row for row in reversed(rows) if row.stop.left_at is None), None)
    done = [row for row in reversed(rows) if row is not here]
    seen = {row.stop.site_id for row in rows}
    sites = [site for site in list_sites(actor, outing.sector_id) if here is None or site.pk != here.stop.site_id]
    sites.sort(key=lambda site: site.position or LAST)  # stable: the order of the walk, then that of the list
    ids = [site.pk for site in sites]
    instructions = instructions_for_sites(actor, ids)
    passages = last_passages(actor, ids, before=outing.started_at or now())
    found = [
        NextSite(site.pk, label_of(site), instructions.get(site.pk), last_words(passages.get(site.pk), atmospheres))
        for site in sites
    ]
    fresh = [item for item in found if item.site_id not in seen]
    fresh.sort(key=lambda item: item.instruction is None)  # where someone asked us to pass comes first
    return Walk(outing, here, done, fresh[:NEXT_SHOWN], [*fresh[NEXT_SHOWN:], *_seen(found, seen)], atmospheres.offered)


def _seen(found: list[NextSite], seen: set[uuid.UUID]) -> list[NextSite]:
    return [item for item in found if item.site_id in seen]


def last_words(passage: Passage | None, atmospheres: ListChoices) -> str:
    """ "Dernier passage : mardi, tendu"."""
    if passage is None:
        return ""
    words = f"Dernier passage : {day_words(local(passage.at).date())}"
    return f"{words}, {_lower(atmospheres.label(passage.atmosphere))}" if passage.atmosphere else words


def day_words(day: dt.date) -> str:
    """Today, yesterday, the day of the week within six days, else the date."""
    days = (today() - day).days
    if days in (0, 1):
        return ("aujourd’hui", "hier")[days]
    return _DAYS[day.weekday()] if 0 < days < 7 else short_date(day)


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def band_rows(contacts: Contacts) -> list[tuple[str, str, int]]:
    """(code, label, count) of every band, youngest first."""
    return [(band.value, band.label, contacts.by_band.get(band, 0)) for band in AgeBand]


def sectors_walked(actor: Actor, *, since: dt.datetime) -> set[uuid.UUID]:
    """The sectors where the rounds of the actor's teams went: those they were opened for, those of their stops."""
    rounds = Round.objects.visible_to(actor).filter(begins_at__gte=since)
    opened = rounds.order_by().values_list("sector_id", flat=True).distinct()
    stops = Stop.objects.filter(round__in=rounds.order_by().values("pk"))
    stood = stops.order_by().values_list("site__sector_id", flat=True).distinct()
    return {*opened, *stood} - {None}
