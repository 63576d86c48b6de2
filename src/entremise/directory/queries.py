"""Reads of the directory that the other modules use."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from entremise.core.actor import Actor
from entremise.core.errors import NotFound
from entremise.core.text import fold
from entremise.core.time import today
from entremise.directory.models import Partner, SiteOwner
from entremise.places.queries import get_site

FRESH_FOR = dt.timedelta(days=183)  # six months


def list_partners(
    actor: Actor,
    *,
    partner_type: str = "",
    sector_id: uuid.UUID | None = None,
    commune_code: str = "",
    text: str = "",
    active_only: bool = True,
) -> QuerySet[Partner]:
    """Partners by name. A partner tied to no sector serves them all."""
    partners = Partner.objects.visible_to(actor).select_related("fallback")
    if active_only:
        partners = partners.filter(is_active=True)
    if partner_type:
        partners = partners.filter(partner_type=partner_type)
    if commune_code:
        partners = partners.filter(commune_code=commune_code)
    if sector_id is not None:
        served = Partner.sectors.through.objects.filter(sector_id=sector_id).values("partner_id")
        partners = partners.filter(Q(pk__in=served) | Q(sectors=None))
    for word in fold(text).split()[:6]:
        partners = partners.filter(search_name__contains=word)
    return partners.order_by("search_name", "pk")


def get_partner(actor: Actor, partner_id: uuid.UUID) -> Partner:
    """A partner of the organisation; NotFound otherwise."""
    partner = Partner.objects.visible_to(actor).filter(pk=partner_id).select_related("fallback").first()
    if partner is None:
        raise NotFound("partner")
    return partner


def partner_choices(actor: Actor) -> list[tuple[uuid.UUID, str]]:
    """Active partners for a select, by name."""
    return list(list_partners(actor).values_list("pk", "name"))


def partner_names(partner_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The name of each known partner, in one query. Callers pass identifiers of records they may read."""
    return dict(Partner.objects.filter(pk__in=set(partner_ids)).values_list("pk", "name"))


def is_fresh(partner: Partner) -> bool:
    """True when the sheet was checked within the last six months."""
    return partner.checked_at is not None and partner.checked_at > today() - FRESH_FOR


def owner_for(actor: Actor, site_id: uuid.UUID, category: str) -> Partner | None:
    """The partner to warn of a defect of this category (L21): the nearest one that answers for it.

    Looks at the site, then at what it is part of, then at its sector; at each step a partner named for
    this very category comes before one named for all.
    """
    site = get_site(actor, site_id)
    chain = [site]
    while chain[-1].parent is not None:
        chain.append(chain[-1].parent)
    sector_id = next((place.sector_id for place in chain if place.sector_id), None)
    owners = SiteOwner.objects.visible_to(actor).filter(partner__is_active=True).select_related("partner")
    found = list(owners.filter(Q(site__in=[place.pk for place in chain]) | Q(sector_id=sector_id, site=None)))
    for place_id in [*(place.pk for place in chain), sector_id]:
        here = [owner for owner in found if (owner.site_id or owner.sector_id) == place_id]
        exact = [owner for owner in here if category in owner.categories]
        general = [owner for owner in here if not owner.categories]
        for owner in [*exact, *general]:
            return owner.partner
    return None
