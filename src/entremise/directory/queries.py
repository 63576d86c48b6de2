"""Reads of the directory that the other modules use."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from entremise.accounts.queries import choices_for
from entremise.core import nomenclature
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.text import fold
from entremise.core.time import today
from entremise.directory.models import Partner, SiteOwner
from entremise.places.queries import commune_names, get_site

FRESH_FOR = dt.timedelta(days=183)  # six months
FOUND = 20  # partners that a search shows


def list_partners(
    actor: Actor,
    *,
    partner_type: str = "",
    sector_id: uuid.UUID | None = None,
    text: str = "",
    active_only: bool = True,
    sector_ids: Collection[uuid.UUID] = (),
) -> QuerySet[Partner]:
    """Partners by name. A partner tied to no sector serves them all; ``sector_ids`` narrows to any of several."""
    partners = Partner.objects.visible_to(actor).select_related("fallback")
    if active_only:
        partners = partners.filter(is_active=True)
    if partner_type:
        partners = partners.filter(partner_type=partner_type)
    wanted = [*sector_ids, *([sector_id] if sector_id else [])]
    if wanted:
        served = Partner.sectors.through.objects.filter(sector_id__in=wanted).values("partner_id")
        partners = partners.filter(Q(pk__in=served) | Q(sectors=None))
    for word in fold(text).split()[:6]:
        partners = partners.filter(search_name__contains=word)
    return partners.order_by("search_name", "pk")


def get_partner(actor: Actor, partner_id: uuid.UUID) -> Partner:
    """A partner of the organisation; NotFound otherwise."""
    return get_one(Partner.objects.visible_to(actor).filter(pk=partner_id).select_related("fallback"))


def partner_choices(actor: Actor) -> list[tuple[uuid.UUID, str]]:
    """Active partners for a select, by name."""
    return list(list_partners(actor).values_list("pk", "name"))


def partner_names(partner_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The name of each known partner, in one query. Callers pass identifiers of records they may read."""
    return dict(Partner.objects.filter(pk__in=set(partner_ids)).values_list("pk", "name"))


def is_fresh(partner: Partner) -> bool:
    """True when the sheet was checked within the last six months."""
    return partner.checked_at is not None and partner.checked_at > today() - FRESH_FOR


def types_in_use(actor: Actor) -> list[str]:
    """Codes (L20) of the active partners."""
    found = Partner.objects.visible_to(actor).filter(is_active=True).order_by().values_list("partner_type", flat=True)
    return list(found.distinct())


@dataclass(frozen=True)
class PartnerLine:
    """A partner as a list shows it: labels in place of codes, numbers ready to call."""

    partner: Partner
    type_label: str
    commune: str
    is_fresh: bool
    phone: str
    tel: str
    fallback_phone: str
    fallback_tel: str


def partner_lines(actor: Actor, partners: Iterable[Partner]) -> list[PartnerLine]:
    """Labels for a page of partners selected with their fallback, in two queries."""
    shown = list(partners)
    types = choices_for(actor.organisation_id, "L20")["L20"]
    communes = commune_names(partner.commune_code for partner in shown)
    return [
        PartnerLine(
            partner=partner,
            type_label=types.label(partner.partner_type),
            commune=communes.get(partner.commune_code, partner.commune_code),
            is_fresh=is_fresh(partner),
            phone=unbroken(partner.phone),
            tel=tel(partner.phone),
            fallback_phone=unbroken(partner.fallback.phone) if partner.fallback else "",
            fallback_tel=tel(partner.fallback.phone) if partner.fallback else "",
        )
        for partner in shown
    ]


def unbroken(phone: str) -> str:
    """A number that is never cut at the end of a line."""
    return phone.replace(" ", "\N{NO-BREAK SPACE}")


def tel(phone: str) -> str:
    """The address that calls a number; empty without number."""
    return f"tel:{phone.replace(' ', '')}" if phone else ""


def search_partners(actor: Actor, text: str) -> list[Partner]:
    """Partners, withdrawn ones last, whose name holds every word typed."""
    if not fold(text):
        return []
    return list(list_partners(actor, text=text, active_only=False).order_by("-is_active", "search_name", "pk")[:FOUND])


def list_owners(actor: Actor) -> QuerySet[SiteOwner]:
    """Who answers for what: sectors first, then sites, by name."""
    owners = SiteOwner.objects.visible_to(actor).select_related("partner", "sector", "site", "site__parent")
    first = F("sector__sort_name").asc(nulls_last=True)
    return owners.order_by(first, "site__sort_name", "partner__search_name", "pk")


def named_partners(actor: Actor) -> list[tuple[uuid.UUID, str]]:
    """The partners that answer for something."""
    return list(SiteOwner.objects.visible_to(actor).order_by().values_list("partner_id", "partner__name").distinct())


def category_choices(actor: Actor) -> list[tuple[str, str]]:
    """Kinds of defects (L21), when the module that owns the list is installed."""
    try:
        nomenclature.get("L21")
    except KeyError:
        return []
    return choices_for(actor.organisation_id, "L21")["L21"].offered


def owners_of(actor: Actor, site_id: uuid.UUID) -> list[SiteOwner]:
    """Who answers for a site: named for it, for what it is part of, then for its sector."""
    chain, sector_id = _chain(actor, site_id)
    found = list(list_owners(actor).filter(Q(site__in=chain) | Q(sector_id=sector_id, site=None)))
    places = [*chain, sector_id]
    return sorted(found, key=lambda owner: places.index(owner.site_id or owner.sector_id))


def _chain(actor: Actor, site_id: uuid.UUID) -> tuple[list[uuid.UUID], uuid.UUID | None]:
    site = get_site(actor, site_id)
    sites = [site]
    while sites[-1].parent is not None:
        sites.append(sites[-1].parent)
    return [place.pk for place in sites], next((place.sector_id for place in sites if place.sector_id), None)


def owner_for(actor: Actor, site_id: uuid.UUID, category: str) -> Partner | None:
    """The partner to warn of a defect of this category (L21): the nearest one that answers for it.

    Looks at the site, then at what it is part of, then at its sector; at each step a partner named for
    this very category comes before one named for all.
    """
    owners = [owner for owner in owners_of(actor, site_id) if owner.partner.is_active]
    for place_id in dict.fromkeys(owner.site_id or owner.sector_id for owner in owners):
        here = [owner for owner in owners if (owner.site_id or owner.sector_id) == place_id]
        exact = [owner for owner in here if category in owner.categories]
        for owner in exact or [owner for owner in here if not owner.categories]:
            return owner.partner
    return None
