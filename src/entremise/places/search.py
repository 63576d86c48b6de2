"""The one search of the office: every module tells where its records are found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from entremise.core.actor import Actor
from entremise.core.text import one_line
from entremise.places import queries

MAX_TEXT = 120
PER_SOURCE = 20


@dataclass(frozen=True)
class SearchHit:
    """A record found: what it is called, a word to tell it from others, where it opens."""

    label: str
    detail: str
    url: str


Source = Callable[[Actor, str], Sequence[SearchHit]]
_sources: dict[str, Source] = {}


def register_source(name: str, find: Source) -> None:
    """Add a source under the heading ``name``; called once, in ``apps.py``. It answers only what the actor may see."""
    _sources[name] = find


def search(actor: Actor, text: str) -> list[tuple[str, list[SearchHit]]]:
    """Hits by source, in the order sources registered; sources that found nothing are left out."""
    text = one_line(text)[:MAX_TEXT]
    if not text:
        return []
    found = [(name, list(find(actor, text))[:PER_SOURCE]) for name, find in _sources.items()]
    return [(name, hits) for name, hits in found if hits]


def find_sites(actor: Actor, text: str) -> list[SearchHit]:
    """Sites by name."""
    return [
        SearchHit(
            queries.label_of(site),
            " · ".join(filter(None, [site.sector.name if site.sector else "", "" if site.is_active else "fermé"])),
            reverse("places:site", args=[site.pk]),
        )
        for site in queries.search_sites(actor, text, PER_SOURCE)
    ]
