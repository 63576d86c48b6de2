"""The languages that were missing in the demonstration: three months of needs, met or not. No reviewer is invented."""

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from entremise.core.time import local
from entremise.demonstration.asides import Step
from entremise.demonstration.people import House
from entremise.intercultural.commands import UseFacts
from entremise.intercultural.services import record_use

NEEDS = 72
DAYS = 92
PHONE, SITE, VIDEO = ("telephone", "presentiel", "visio")
SERVICE = "Service d’interprétariat par téléphone (exemple)"
VOLUNTEERS = "Association Les Passeurs de mots (exemple)"
# How often each language comes up for a team, and who goes out with it.
TEAMS = {
    "accueil": ("jeanne", ("ti", "ti", "ar", "ar", "ps", "prs", "tr", "uk", "ro", "pt")),
    "soir": ("samia", ("ary", "ary", "ar", "ro", "ro", "rom", "so")),
    "ecole": ("idriss", ("tr", "tr", "ar", "uk", "uk", "bn")),
    "mobile": ("hugo", ("ps", "prs", "ti", "so", "ar")),
    "nuit": ("maud", ("ro", "ary", "en")),
}
# (kind, modality, service, minutes, cost, what came of it, a child translated), the usual ones more than once.
HOW = (
    ("professionnel", PHONE, SERVICE, 20, "31.00", "compris", False),
    ("professionnel", PHONE, SERVICE, 35, "54.25", "compris", False),
    ("professionnel", SITE, SERVICE, 60, "92.00", "compris", False),
    ("professionnel", VIDEO, SERVICE, 25, "38.75", "en_partie", False),
    ("collegue", SITE, "", 15, "0", "compris", False),
    ("collegue", PHONE, "", 10, "0", "compris", False),
    ("benevole", SITE, VOLUNTEERS, 40, "0", "compris", False),
    ("proche", PHONE, "", 10, None, "en_partie", False),
    ("proche", SITE, "", 10, None, "non", True),
    ("aucun", "", "", None, None, "non", False),
    ("aucun", "", "", None, None, "en_partie", False),
)


def steps(house: House, present: dt.datetime) -> Iterator[Step]:
    """A need every day or so, each told at its hour."""
    chance = random.Random(4104)  # noqa: S311 - the same story every time
    names = list(TEAMS)
    for rank in range(NEEDS):
        team = names[rank % len(names)]
        who, languages = TEAMS[team]
        at = present - dt.timedelta(days=DAYS * (NEEDS - rank) / NEEDS, hours=2)
        kind, modality, service, minutes, cost, outcome, child = chance.choice(HOW)
        facts = UseFacts(
            team_id=house.teams[team],
            used_on=local(at).date(),
            language=chance.choice(languages),
            kind=kind,
            modality=modality,
            service=service,
            minutes=minutes,
            cost=Decimal(cost) if cost is not None else None,
            understanding=outcome,
            child_translated=child,
        )
        yield at, partial(record_use, actor=house.actors[who], facts=facts)
