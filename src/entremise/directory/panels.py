"""What the directory shows elsewhere: hits of the office's search."""

from django.urls import reverse

from entremise.accounts.queries import choices_for
from entremise.core.actor import Actor
from entremise.directory.queries import search_partners
from entremise.places.search import SearchHit


def find_partners(actor: Actor, text: str) -> list[SearchHit]:
    """Partners by name, with their type."""
    types = choices_for(actor.organisation_id, "L20")["L20"]
    return [
        SearchHit(
            partner.name,
            types.label(partner.partner_type) + ("" if partner.is_active else " · retiré"),
            reverse("directory:partner", args=[partner.pk]),
        )
        for partner in search_partners(actor, text)
    ]
