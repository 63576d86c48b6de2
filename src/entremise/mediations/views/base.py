"""What the pages of the vault share."""

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from entremise.core.http import Request
from entremise.core.ui.saving import act
from entremise.mediations.models import Case, Party
from entremise.mediations.queries import VaultShut, name_of
from entremise.privacy.queries import copies_awaited

View = Callable[..., HttpResponse]
CHANGED = (
    "Un autre médiateur a écrit ici pendant ce temps. Sa version est au-dessus, la vôtre dans le formulaire : "
    "réunissez-les, puis enregistrez de nouveau."
)


def in_vault(view: View) -> View:
    """A page of the vault: nothing of it is stored by the browser, and for 72 hours it may be shut."""

    @functools.wraps(view)
    def opened(request: Request, *args: Any, **values: Any) -> HttpResponse:
        try:
            return view(request, *args, **values)
        except VaultShut as shut:
            return render(request, "mediations/shut.html", {"until": shut.until}, status=403)

    return opened


def told(request: Request, write: Callable[[], Any], done: str, case_id: uuid.UUID) -> HttpResponse:
    """Do a gesture that has no form of its own, and go back to the case saying what was done or what is missing."""
    return act(request, write, done, "mediations:case", case_id)


def sides(parties: list[Party]) -> list[dict[str, Any]]:
    """The parties as a page shows them: letter, name, agreement in force, whether they ask what is kept of them."""
    shown = []
    asking = copies_awaited([party.person_id for party in parties if party.person_id])
    for party in parties:
        living = next((one for one in party.consents.all() if one.withdrawn_at is None), None)
        asks = party.person_id in asking
        shown.append({"party": party, "name": name_of(party), "consent": living, "asks": asks})
    return shown


def frame(case: Case, **more: Any) -> dict[str, Any]:
    """What every page of a case needs."""
    return {"case": case, "is_open": case.closed_at is None} | more
