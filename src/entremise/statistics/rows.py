"""Where the rows behind a figure are read: addresses of other modules' lists, when the reader may open them."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.statistics.filters import Asked

_ACTS, _DEFECTS = ("interventions:list", "interventions.list"), ("presence:defects", "presence.view_defects")
# The filter of the list of acts that a line of a breakdown opens.
_FILTERS = {
    "registre": "registre",
    "origine": "origine",
    "resultat": "resultat",
    "creneau": "creneau",
    "public": "public",
}


class Rows:
    """Addresses for one report and one reader; "" when there is none."""

    def __init__(self, actor: Actor, asked: Asked) -> None:
        self.actor = actor
        self.days = {"du": asked.period.start.isoformat(), "au": asked.period.end.isoformat()}

    def of_figure(self, code: str) -> str:
        """The list behind a figure of the head of the report."""
        return self._url(_ACTS) if code in ("interventions", "personnes", "apaisement", "tension") else ""

    def of_line(self, definition: str, code: str) -> str:
        """The list behind a line of a breakdown."""
        name = _FILTERS.get(definition)
        return self._url(_ACTS, **{name: code}) if name and code else ""

    def of_defects(self, code: str) -> str:
        """The technical defects of a category."""
        return self._url(_DEFECTS, categorie=code)

    def _url(self, target: tuple[str, str], **codes: str) -> str:
        name, permission = target
        try:
            if not can(self.actor, permission):
                return ""
            return f"{reverse(name)}?{urlencode(self.days | codes)}"
        except (KeyError, NoReverseMatch):  # the module that keeps these rows is not installed
            return ""
