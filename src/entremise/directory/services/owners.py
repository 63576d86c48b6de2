"""Who is to be warned of a defect at a site or in a sector."""

import uuid
from collections.abc import Iterable

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import InvalidInput
from entremise.core.permissions import require
from entremise.directory import events
from entremise.directory.models import SiteOwner
from entremise.directory.queries import get_partner
from entremise.journal.services import publish
from entremise.places.queries import get_sector, get_site


@transaction.atomic
def name_owner(
    *,
    actor: Actor,
    partner_id: uuid.UUID,
    site_id: uuid.UUID | None = None,
    sector_id: uuid.UUID | None = None,
    categories: Iterable[str] = (),
) -> SiteOwner:
    """Name the partner who answers for a site or a sector, for some categories (L21) or, with none, for all.

    Naming the same partner again replaces its categories.
    """
    require(actor, "directory.manage")
    if (site_id is None) == (sector_id is None):
        raise InvalidInput({"site_id": ["Choisissez un lieu ou un secteur, pas les deux."]})
    partner = get_partner(actor, partner_id)
    place = {"site": get_site(actor, site_id)} if site_id else {"sector": get_sector(actor, sector_id)}  # type: ignore[arg-type]
    owner, _ = SiteOwner.objects.update_or_create(
        organisation_id=actor.organisation_id,
        partner=partner,
        **place,
        defaults={"categories": sorted(set(categories))},
    )
    publish(events.OwnerNamed(actor=actor, target_id=owner.pk, codes={"categories": owner.categories}))
    return owner


@transaction.atomic
def remove_owner(*, actor: Actor, owner_id: uuid.UUID) -> None:
    """Forget that a partner answers for a place; NotFound for another organisation's."""
    require(actor, "directory.manage")
    owner = get_one(SiteOwner.objects.visible_to(actor).filter(pk=owner_id))
    owner.delete()
    publish(events.OwnerRemoved(actor=actor, target_id=owner_id))
