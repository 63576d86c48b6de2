"""Where the rows behind a figure are read: addresses of other modules' lists, when the reader may open them.

The lists filter on dates, codes and the places of a convention, as the report does. A reader sees there only the
rows that are theirs to read: a mediator those of their teams.
"""

from functools import cached_property
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.interventions.enums import NOT_GIVEN
from entremise.places.queries import list_sites
from entremise.statistics.filters import Asked
from entremise.statistics.queries import period_for

COUNTED = "comptees"  # the list of rounds: those that really began
_ACTS, _ROUNDS, _DEFECTS = "interventions:list", "presence:rounds", "presence:defects"
_PERMISSIONS = {_ACTS: "interventions.list", _ROUNDS: "presence.view_log", _DEFECTS: "presence.view_defects"}
_FIGURES = {
    "presence": _ROUNDS,
    "tournees": _ROUNDS,
    "contacts": _ROUNDS,
    "interventions": _ACTS,
    "personnes": _ACTS,
    "apaisement": _ACTS,
    "tension": _ACTS,
}
_CONFLICTS = ("apaisement", "tension")
# The breakdowns whose lines the list of acts can filter on, and its name for each.
_FILTERS = {
    "registre": "registre",
    "origine": "origine",
    "resultat": "resultat",
    "creneau": "creneau",
    "public": "public",
    "espace": "espace",
    "lieu": "lieu",
    "missions": "registre",
    "qpv": "quartier",
    "genre": "genre",
    "tranche_age": "tranche",
}
_BANDS = "contacts_tranche"  # the one breakdown that counts what rounds hold


class Rows:
    """Addresses for one report and one reader; "" when there is none."""

    def __init__(self, actor: Actor, asked: Asked) -> None:
        period = period_for(asked.convention, asked.period)
        self._actor = actor
        self.asked = {"du": period.start.isoformat(), "au": period.end.isoformat()}
        if asked.convention:
            self.asked["convention"] = str(asked.convention.pk)
        self._bases = {name: _base(actor, name) for name in _PERMISSIONS}

    def of_figure(self, code: str) -> str:
        """The list behind a figure of the head of the report."""
        name = _FIGURES.get(code, "")
        codes = {"conflits": "on"} if code in _CONFLICTS else {"etat": COUNTED} if name == _ROUNDS else {}
        return self._url(name, **codes) if name else ""

    def of_line(self, definition: str, code: str) -> str:
        """The list behind a line of a breakdown."""
        if definition == _BANDS:
            return self._url(_ROUNDS, etat=COUNTED, tranche=code)
        name = _FILTERS.get(definition, "")
        if name == "lieu" and code not in self._sites:
            name = "nomme"  # halls of no residence are told by their sector, where other places count too
        if name == "origine" and not code:
            code = NOT_GIVEN
        return self._url(_ACTS, **{name: code}) if name and code else ""

    def of_defects(self, code: str) -> str:
        """The technical defects of a category."""
        return self._url(_DEFECTS, categorie=code)

    @cached_property
    def _sites(self) -> frozenset[str]:
        found = list_sites(self._actor, active_only=False).order_by().values_list("pk", flat=True)
        return frozenset(map(str, found))

    def _url(self, name: str, **codes: str) -> str:
        base = self._bases[name]
        dates = {"periode": "dates"} if name == _ACTS else {}
        return f"{base}?{urlencode(dates | self.asked | codes)}" if base else ""


def _base(actor: Actor, name: str) -> str:
    """The address of a list, if it exists and the reader may open it."""
    try:
        return reverse(name) if can(actor, _PERMISSIONS[name]) else ""
    except (KeyError, NoReverseMatch):  # the module that keeps these rows is not installed
        return ""
