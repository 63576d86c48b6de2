"""The demonstration's story: a fictitious association, invented people and places, lifelike days."""

import datetime as dt
import zoneinfo
from collections.abc import Callable

from django.conf import settings

from entremise.accounts.queries import has_organisations
from entremise.competences.services import load_shipped_records
from entremise.core.actor import system_actor
from entremise.core.time import local, now, told_at
from entremise.demonstration import (
    certification,
    days,
    languages,
    mediations,
    older,
    people,
    phones,
    portfolio,
    practice,
    promotion,
    registers,
    rights,
    safety,
    setting,
    tonight,
)
from entremise.demonstration.asides import Asides
from entremise.demonstration.days import Teller
from entremise.journal.services import seal_days
from entremise.places.services import import_communes
from entremise.privacy.services.backups import take_backup

__all__ = ["accounts_card", "forget_unfinished", "load"]

Say = Callable[[str], object]
FINISHED = "histoire-complete"  # its absence beside a database tells of a loading cut short


def accounts_card() -> str:
    """The accounts to try, for the terminal: the association's, then the certifying body's."""
    return people.accounts_card(certification.CARD)


def forget_unfinished() -> None:
    """Start anew when a first loading was cut short: nobody has written anything there yet."""
    if not (settings.DATA_DIR / FINISHED).exists():
        for name in ("entremise.sqlite3*", "cles.sqlite3*", "tombstones.jsonl", "seals.jsonl"):
            for leftover in settings.DATA_DIR.glob(name):
                leftover.unlink()


def load(say: Say) -> None:
    """Load the story once; a second start keeps what was written since.

    The same day of loading always gives the same story: everything is drawn from one seed.
    """
    if has_organisations():
        load_shipped_records(actor=system_actor(origin="command"))  # a later version may ship more of them
        return
    present = now()
    today = local(present).date()
    say("Chargement de la démonstration (une à deux minutes, la première fois seulement)…")
    opening = dt.datetime.combine(
        today - dt.timedelta(days=days.DAYS + 3), dt.time(9), tzinfo=zoneinfo.ZoneInfo("Europe/Paris")
    )
    import_communes(say)
    with told_at(opening - dt.timedelta(days=older.BEFORE)):
        load_shipped_records(actor=system_actor(origin="command"))
        house = people.settle()
        scene = setting.places(house)
    references = older.tell(house, scene, today)
    with told_at(opening):
        setting.around(house, scene, today)
        body = certification.settle()
    registers.write(house, opening)
    nights = older.nights(house, present, references)
    beside = Asides(
        [
            *rights.steps(house, scene, present),
            *phones.steps(house, scene, present),
            *registers.steps(house, present),
            *practice.steps(house, scene, present),
            *safety.steps(house, scene, present),
            *mediations.steps(house, present),
            *certification.steps(body, present),
            *promotion.steps(body, present),
            *portfolio.steps(house, body, present),
            *languages.steps(house, present),
        ]
    )
    Teller(house, scene).tell(today, present - dt.timedelta(hours=4), beside.tell, _progress(say, nights))
    tonight.tell(house, scene, present)
    seal_days()
    take_backup(actor=system_actor())
    (settings.DATA_DIR / FINISHED).touch()


def _progress(say: Say, nights: Callable[[int], None]) -> Callable[[int], None]:
    def told(done: int) -> None:
        nights(days.DAYS - done)
        if done and done % 23 == 0:
            say(f"  {done * 100 // days.DAYS} % des trois mois")

    return told
