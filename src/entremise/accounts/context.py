"""What every page shows around its content: who acts, where, and what may be reached."""

from typing import Any

from django.http import HttpRequest

from entremise.accounts.queries import get_organisation


def workspace(request: HttpRequest) -> dict[str, Any]:
    """``actor``, ``organisation`` and ``navigation`` for the page frame."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"actor": None, "organisation": None, "navigation": []}
    from entremise.core.ui.navigation import entries_for  # registered by every module when ready

    return {
        "actor": actor,
        "organisation": get_organisation(actor.organisation_id),
        "navigation": entries_for(actor, request.path),
    }
