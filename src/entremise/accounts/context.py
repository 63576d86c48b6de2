"""What every page shows around its content: who acts, where, and what may be reached."""

from typing import Any

from django.http import HttpRequest


def workspace(request: HttpRequest) -> dict[str, Any]:
    """``actor``, ``organisation``, ``other_organisations``, ``navigation`` and ``searches`` for the frame: no query.

    ``other_organisations`` are those one may switch to (POST ``accounts:switch``, field ``organisation``).
    """
    actor = getattr(request, "actor", None)
    member = getattr(request, "membership", None)
    if actor is None or member is None:
        return {"actor": None, "organisation": None, "other_organisations": [], "navigation": [], "searches": False}
    from entremise.core.ui.navigation import entries_for, offers  # registered by every module when ready

    others = [other.organisation for other in request.memberships if other is not member]  # type: ignore[attr-defined]
    actor.once("accounts.organisation_kind", lambda: member.organisation.kind)  # known here without a query
    return {
        "actor": actor,
        "organisation": member.organisation,
        "other_organisations": others,
        "navigation": entries_for(actor, request.path),
        "searches": offers(actor, "field"),
    }
