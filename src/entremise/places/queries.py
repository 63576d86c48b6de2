"""Reads of places that the other modules use."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from entremise.accounts.queries import choices_for
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.nomenclature import national
from entremise.core.text import fold, one_line
from entremise.places.enums import PARTS_OF_RESIDENCE
from entremise.places.models import Commune, Sector, Site

WITHOUT_SECTOR = "Hors secteur"
UNTOLD = uuid.UUID(int=0)  # stands for the places that a report cannot name
MAX_DEPTH = 3  # a stop of a line; a hall of a building of a residence
_CODE = re.compile(r"\d|\d[0-9AB]\d{0,3}")
_ARTICLES = ("le", "la", "les", "l", "aux", "las", "los")
# Words that do not tell one place from another; the common nouns among them lose their capital in the
# middle of a label: "Hall 4, résidence des Lilas".
_COMMON_NOUNS = frozenset(
    {"residence", "ligne", "allee", "rue", "place", "batiment", "cite", "foyer", "tour", "avenue"}
)
_SILENT_WORDS = _COMMON_NOUNS | {"du", "de", "des", "le", "la", "les", "l", "d"}


def list_sectors(actor: Actor, *, active_only: bool = True) -> QuerySet[Sector]:
    """Sectors of the organisation, by name."""
    sectors = Sector.objects.visible_to(actor)
    return sectors.filter(is_active=True) if active_only else sectors


def get_sector(actor: Actor, sector_id: uuid.UUID) -> Sector:
    """A sector of the organisation; NotFound otherwise."""
    return get_one(Sector.objects.visible_to(actor).filter(pk=sector_id))


def list_sites(actor: Actor, sector_id: uuid.UUID | None = None, active_only: bool = True) -> QuerySet[Site]:
    """Sites by sector, each followed by its parts (halls, stops) in their order; sites without sector last."""
    sites = Site.objects.visible_to(actor).select_related("sector", "parent", "parent__parent")
    if sector_id is not None:
        sites = sites.filter(sector_id=sector_id)
    if active_only:
        sites = sites.filter(is_active=True)
    return sites.order_by(F("sector__sort_name").asc(nulls_last=True), *_family_order())


def _family_order() -> list[Any]:
    """Root by name, then the root itself, then its parts by rank and name, then the parts of these."""
    is_root, is_part = Q(parent=None), Q(parent__parent=None)
    return [
        Coalesce("parent__parent__sort_name", "parent__sort_name", "sort_name"),
        Case(
            When(is_root, then=Value(-1)),
            When(is_part, then=F("position")),
            default=F("parent__position"),
            output_field=IntegerField(),
        ),
        Case(When(is_root, then=Value("")), When(is_part, then=F("sort_name")), default=F("parent__sort_name")),
        Case(When(is_part, then=Value(-1)), default=F("position"), output_field=IntegerField()),
        "sort_name",
        "pk",
    ]


def get_site(actor: Actor, site_id: uuid.UUID) -> Site:
    """A site of the organisation, open or closed, with its sector and parents; NotFound otherwise."""
    return actor.in_batch(("places.site", site_id), lambda: _site(actor, site_id))


def _site(actor: Actor, site_id: uuid.UUID) -> Site:
    site = (
        Site.objects.visible_to(actor).filter(pk=site_id).select_related("sector", "parent", "parent__parent").first()
    )
    if site is None:
        raise NotFound("site")
    return site


def label_of(site: Site) -> str:
    """How to write a site alone on a line: "Hall 4, allée des Lilas" for hall 4 of that residence.

    The parent is left out when the site's own name already tells it ("Parking des Lilas").
    """
    if site.parent is None:
        return site.name
    telling = set(fold(site.parent.name).split()) - _SILENT_WORDS
    if telling and telling <= set(fold(site.name).split()):
        return site.name
    first, _, rest = site.parent.name.partition(" ")
    parent = f"{first.lower()} {rest}" if rest and fold(first) in _COMMON_NOUNS else site.parent.name
    return f"{site.name}, {parent}"


def site_names(site_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The label of each known site, in one query. Callers pass identifiers of records they may read."""
    sites = Site.objects.filter(pk__in=set(site_ids)).select_related("parent")
    return {site.pk: label_of(site) for site in sites}


def closed_choice(actor: Actor, asked: str | None) -> list[tuple[str, list[tuple[uuid.UUID, str]]]]:
    """The closed site a filter asks for by its address: what happened there is still read. Empty otherwise."""
    try:
        site = Site.objects.visible_to(actor).filter(pk=uuid.UUID(asked or ""), is_active=False).first()
    except ValueError:
        return []
    return [("Lieux fermés", [(site.pk, label_of(site))])] if site else []


def of_space_type(actor: Actor, code: str) -> set[uuid.UUID]:
    """The sites of a type of space (L4) or of its local completions, open or closed."""
    wanted = Q(space_type=code) | Q(space_type__startswith=f"{code}.")
    return set(Site.objects.visible_to(actor).filter(wanted).values_list("pk", flat=True))


def site_choices(actor: Actor) -> list[tuple[str, list[tuple[uuid.UUID, str]]]]:
    """Open sites for a select, grouped by sector: ``[(sector name, [(id, label), …]), …]``."""
    groups: dict[str, list[tuple[uuid.UUID, str]]] = {}
    for site in list_sites(actor):
        groups.setdefault(site.sector.name if site.sector else WITHOUT_SECTOR, []).append((site.pk, label_of(site)))
    return list(groups.items())


def residence_of(site_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[uuid.UUID, str]]:
    """For each site, what a landlord's report may name: its topmost parent, never anything finer than a residence.

    A hall attached to no residence is told by its sector; without sector either, it has no entry and
    the caller writes it with the places it cannot name.
    """
    found: dict[uuid.UUID, tuple[uuid.UUID, str]] = {}
    for site in Site.objects.filter(pk__in=set(site_ids)).select_related("sector", "parent", "parent__parent"):
        top = site
        while top.parent is not None:
            top = top.parent
        if national(top.space_type) not in PARTS_OF_RESIDENCE:
            found[site.pk] = (top.pk, top.name)
        elif site.sector is not None:
            found[site.pk] = (site.sector.pk, site.sector.name)
    return found


def told_as(actor: Actor, key: uuid.UUID) -> set[uuid.UUID]:
    """The sites, open or closed, that a report tells under this name: a residence, a site, or a sector for its halls.

    ``UNTOLD`` gives those that have no name there. The reverse of ``residence_of``.
    """
    sites = list(list_sites(actor, active_only=False).order_by().values_list("pk", flat=True))
    named = residence_of(sites)
    return {site for site in sites if named.get(site, (UNTOLD, ""))[0] == key}


def in_priority_neighbourhood(actor: Actor, *, inside: bool) -> set[uuid.UUID]:
    """The sites, open or closed, whose record gives the code of a priority neighbourhood (QPV); or all the others."""
    sites = Site.objects.visible_to(actor)
    found = sites.exclude(qpv_code="") if inside else sites.filter(qpv_code="")
    return set(found.values_list("pk", flat=True))


def get_commune(code: str) -> Commune | None:
    """The commune of a code, or None."""
    return Commune.objects.filter(pk=code).first()


def commune_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of communes by code, in one query."""
    return dict(Commune.objects.filter(pk__in=set(codes)).values_list("code", "name"))


def search_communes(text: str, limit: int = 20) -> list[Commune]:
    """Communes by name (accents, dashes, "st" and articles do not matter), code or postcode.

    The exact name comes first, then names that begin so, then names with the words inside; the most
    populated first within each.
    """
    wanted = fold(text)
    if not wanted:
        return []
    digits = wanted.replace(" ", "").upper()
    if _CODE.fullmatch(digits):
        by_code = Q(code__startswith=digits) | Q(postcodes__contains=f" {digits}")
        return list(Commune.objects.filter(by_code).order_by("code")[:limit])
    starts = ["", *(f"{article} " for article in _ARTICLES)]
    exact = Q(search_name__in=[f" {start}{wanted}" for start in starts])
    prefix = Q()
    for start in starts:
        prefix |= Q(search_name__startswith=f" {start}{wanted}")
    inside = Q()
    for word in wanted.split()[:6]:
        inside &= Q(search_name__contains=f" {word}")
    rank = Case(When(exact, then=Value(0)), When(prefix, then=Value(1)), default=Value(2), output_field=IntegerField())
    found = Commune.objects.filter(inside).annotate(rank=rank)
    return list(found.order_by("rank", F("population").desc(nulls_last=True), "code")[:limit])


def commune_label(code: str) -> str:
    """How a commune is written in a field: "Lille (59350)"; empty for none, the code alone when unknown."""
    commune = get_commune(code) if code else None
    return f"{commune.name} ({code})" if commune else code


def resolve_commune(text: str) -> str:
    """The code of the one commune that a person's words mean: "Lille (59350)", "59350", "59000", "lille".

    Empty text gives "". Raises InvalidInput on ``commune`` when nothing, or more than one, fits.
    """
    text = one_line(text)[:120]
    if not text:
        return ""
    written = re.search(r"\((\w{5})\)$", text)
    if written and Commune.objects.filter(pk=written[1].upper()).exists():
        return written[1].upper()
    found = search_communes(text, limit=50)
    exact = [one for one in found if one.code == text.upper() or fold(one.name) == fold(text)]
    fitting = exact or found
    if not fitting:
        raise InvalidInput({"commune": ["Aucune commune ne porte ce nom ni ce code. Vérifiez l’orthographe."]})
    if len(fitting) > 1:
        shown = ", ".join(f"{one.name} ({one.code}, {one.departement_name})" for one in fitting[:4])
        raise InvalidInput({"commune": [f"Plusieurs communes possibles : {shown}. Écrivez le code de la bonne."]})
    return fitting[0].code


@dataclass(frozen=True)
class SiteLine:
    """A site as a list shows it: labels in place of codes."""

    site: Site
    label: str
    type_label: str
    commune: str
    depth: int


def site_lines(actor: Actor, sites: Iterable[Site]) -> list[SiteLine]:
    """Labels for a page of sites that were selected with sector and parent, in two queries."""
    shown = list(sites)
    types = choices_for(actor.organisation_id, "L4")["L4"]
    communes = commune_names(site.commune_code for site in shown)
    return [
        SiteLine(
            site=site,
            label=label_of(site),
            type_label=types.label(site.space_type),
            commune=communes.get(site.commune_code, site.commune_code),
            depth=0 if site.parent is None else 1 if site.parent.parent_id is None else 2,
        )
        for site in shown
    ]


def search_sites(actor: Actor, text: str, limit: int = 20) -> list[Site]:
    """Open and closed sites whose name holds every word typed (accents and case aside), open ones first."""
    sites = Site.objects.visible_to(actor).select_related("sector", "parent")
    words = fold(text).split()[:6]
    for word in words:
        sites = sites.filter(Q(search_name__contains=word) | Q(parent__search_name__contains=word))
    return list(sites.order_by("-is_active", "sort_name", "pk")[:limit]) if words else []


def list_parts(actor: Actor, site_id: uuid.UUID) -> QuerySet[Site]:
    """What a site is made of (halls of a residence, stops of a line), in order, closed ones last."""
    parts = Site.objects.visible_to(actor).filter(parent_id=site_id).select_related("sector", "parent")
    return parts.order_by("-is_active", "position", "sort_name", "pk")


def with_parts(actor: Actor, site_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """A site and everything inside it (halls, stops), open or closed; a stranger's gives nothing."""
    inside = Q(pk=site_id) | Q(parent_id=site_id) | Q(parent__parent_id=site_id)
    return tuple(Site.objects.visible_to(actor).filter(inside).values_list("pk", flat=True))


def sectors_with_counts(actor: Actor) -> QuerySet[Sector]:
    """Every sector with ``open_sites``, those in service first."""
    open_sites = Count("sites", filter=Q(sites__is_active=True))
    return Sector.objects.visible_to(actor).annotate(open_sites=open_sites).order_by("-is_active", "sort_name", "pk")
