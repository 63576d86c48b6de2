"""The left navigation and the phone's bottom bar: entries that each module registers when ready."""

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from entremise.core.actor import Actor
from entremise.core.permissions import can

# The moments of the trade, in the order of the page; the first has no heading.
SECTIONS = {
    "main": "",
    "field": "Terrain",
    "relay": "Relais",
    "practice": "Pratique",
    "certification": "Certification",
    "account": "Rendre compte",
    "settings": "Organisation",
    "protection": "Protection des données",
    "own": "Moi",
}


@dataclass(frozen=True)
class Item:
    """A destination. ``order`` places it; ``bar`` puts it in the phone's bottom bar of four."""

    label: str
    url_name: str
    permission: str
    order: int
    icon: str = ""
    bar: bool = False
    section: str = "main"


@dataclass(frozen=True)
class Entry:
    """A destination as the page shows it."""

    label: str
    url: str
    icon: str
    current: bool
    bar: bool
    section: str


@dataclass(frozen=True)
class _Trade:
    """The sections and url names of a trade; ``permission`` says to whom of a role they are the trade."""

    shown: frozenset[str]
    permission: str = ""


_items: list[Item] = []
_apart: dict[str, _Trade] = {}


def register(item: Item) -> None:
    """Add a destination; registered once, in ``apps.py``."""
    if item not in _items:
        _items.append(item)
        _items.sort(key=lambda known: known.order)


def keep_apart(role: str, sections: frozenset[str], also: frozenset[str] = frozenset(), permission: str = "") -> None:
    """Whoever holds this role, and no role of another trade, is shown these sections alone, and ``also`` by url name.

    With ``permission``, only who has it: an auditor belongs to the trade of the body that they audit. The pages stay as
    open as their permissions say: the menu only stops offering what is another trade's.
    """
    _apart[role] = _Trade(sections | also, permission)


def _shown_to(actor: Actor) -> frozenset[str] | None:
    """The sections and url names of the actor's own trade; None when nothing is kept apart from them."""
    trades = [_apart.get(role) for role in actor.roles]
    known = [one for one in trades if one is not None and (not one.permission or can(actor, one.permission))]
    return frozenset().union(*(one.shown for one in known)) if known and len(known) == len(trades) else None


def offers(actor: Actor, section: str) -> bool:
    """Whether this section is of the actor's trade: what leads to it elsewhere on the page follows the menu."""
    shown = _shown_to(actor)
    return shown is None or section in shown


def entries_for(actor: Actor, path: str) -> list[Entry]:
    """What this actor may open, in order; the current one is the longest address the path begins with."""
    shown = _shown_to(actor)
    meant = [item for item in _items if shown is None or item.section in shown or item.url_name in shown]
    allowed = [(item, reverse(item.url_name)) for item in meant if can(actor, item.permission)]
    current = max((url for _, url in allowed if _under(path, url)), key=len, default="")
    return [Entry(item.label, url, item.icon, url == current, item.bar, item.section) for item, url in allowed]


def by_section(entries: list[Entry]) -> list[tuple[str, list[Entry]]]:
    """The entries under the heading of their section, sections in the order of the page."""
    rank = list(SECTIONS)
    ordered = sorted(entries, key=lambda entry: rank.index(entry.section))
    return [(SECTIONS[section], list(group)) for section, group in groupby(ordered, lambda entry: entry.section)]


def _under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
