"""Sectors and sites: create, change, close."""

import uuid
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.permissions import require
from entremise.journal.services import publish
from entremise.places import events
from entremise.places.commands import SiteFacts
from entremise.places.models import Sector, Site
from entremise.places.queries import get_sector, get_site
from entremise.places.services.checks import checked_facts, checked_line

_FACTS = tuple(SiteFacts.__dataclass_fields__)


@transaction.atomic
def create_sector(*, actor: Actor, name: str) -> Sector:
    """A new sector in the actor's organisation; its name is used once."""
    require(actor, "places.manage")
    sector = Sector(organisation_id=actor.organisation_id, name=_sector_name(actor, name))
    sector.save()
    publish(events.SectorCreated(actor=actor, target_id=sector.pk))
    return sector


@transaction.atomic
def rename_sector(*, actor: Actor, sector_id: uuid.UUID, name: str, is_active: bool = True) -> Sector:
    """Change a sector's name, or close it (its sites stay open)."""
    require(actor, "places.manage")
    sector = get_sector(actor, sector_id)
    sector.name = _sector_name(actor, name, sector.pk)
    sector.is_active = is_active
    sector.save()
    publish(events.SectorUpdated(actor=actor, target_id=sector.pk, codes={"is_active": is_active}))
    return sector


def _sector_name(actor: Actor, name: str, own_id: uuid.UUID | None = None) -> str:
    errors: dict[str, list[str]] = {}
    name = checked_line(errors, "name", name, 120, required="Donnez un nom au secteur.")
    if name and Sector.objects.visible_to(actor).filter(name__iexact=name).exclude(pk=own_id).exists():
        errors["name"] = ["Un secteur porte déjà ce nom. Choisissez-en un autre."]
    if errors:
        raise InvalidInput(errors)
    return name


@transaction.atomic
def create_site(  # one argument per fact of the sheet
    *,
    actor: Actor,
    name: str,
    space_type: str,
    sector_id: uuid.UUID | None = None,
    parent_id: uuid.UUID | None = None,
    address: str = "",
    commune_code: str = "",
    qpv_code: str = "",
    iris_code: str = "",
    position: int = 0,
) -> Site:
    """A new site. Raises InvalidInput; a sector or parent of another organisation is an unknown one."""
    require(actor, "places.manage")
    facts = SiteFacts(
        name=name,
        space_type=space_type,
        sector_id=sector_id,
        parent_id=parent_id,
        address=address,
        commune_code=commune_code,
        qpv_code=qpv_code,
        iris_code=iris_code,
        position=position,
    )
    site = Site(organisation_id=actor.organisation_id, **asdict(checked_facts(actor, facts)))
    site.save()
    publish(events.SiteCreated(actor=actor, target_id=site.pk, codes={"space_type": site.space_type}))
    return site


@transaction.atomic
def update_site(*, actor: Actor, site_id: uuid.UUID, **changes: Any) -> Site:
    """Change some facts of a site (the keywords of ``create_site``); the others stay."""
    require(actor, "places.manage")
    site = get_site(actor, site_id)
    current = SiteFacts(**{fact: getattr(site, fact) for fact in _FACTS})
    wanted = checked_facts(actor, replace(current, **changes), own=site)
    changed = [fact for fact in _FACTS if getattr(wanted, fact) != getattr(current, fact)]
    for fact in changed:
        setattr(site, fact, getattr(wanted, fact))
    if changed:
        site.save()
        publish(events.SiteUpdated(actor=actor, target_id=site.pk, codes={"fields": sorted(changed)}))
    return site


@transaction.atomic
def close_site(*, actor: Actor, site_id: uuid.UUID) -> Site:
    """Close a site and its parts: they leave the forms, what was recorded there stays."""
    require(actor, "places.manage")
    site = get_site(actor, site_id)
    for closing in [*_open_parts(actor, site), site]:
        if closing.is_active:
            closing.is_active = False
            closing.save()
            publish(events.SiteClosed(actor=actor, target_id=closing.pk))
    return site


def _open_parts(actor: Actor, site: Site) -> list[Site]:
    parts = list(Site.objects.visible_to(actor).filter(parent=site, is_active=True))
    return [deeper for part in parts for deeper in (*_open_parts(actor, part), part)]


@transaction.atomic
def reopen_site(*, actor: Actor, site_id: uuid.UUID) -> Site:
    """Open a closed site again (its parts are opened one by one)."""
    require(actor, "places.manage")
    site = get_site(actor, site_id)
    if not site.is_active:
        site.is_active = True
        site.save()
        publish(events.SiteReopened(actor=actor, target_id=site.pk))
    return site
