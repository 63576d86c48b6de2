"""A party asks what is kept of them: their mediators hand it over, since nobody else may read the vault."""

from entremise.mediations.enums import AlertReason
from entremise.mediations.models import Case
from entremise.mediations.services.mediators import warned
from entremise.privacy.events import IdentityChecked
from entremise.privacy.queries import copies_awaited
from entremise.privacy.services.rights import get_request


def warn_of_request(event: IdentityChecked) -> None:
    """Someone who is a party asked for a copy, and is who they say: their mediators are warned, once a case."""
    request = get_request(event.actor, event.target_id)
    if request.person_id is None or request.person_id not in copies_awaited([request.person_id]):
        return
    cases = Case.objects.filter(party_rows__person_id=request.person_id, erased_at=None)
    for case in cases.exclude(casealert_rows__reason=AlertReason.ACCES, casealert_rows__seen_at=None).distinct():
        warned(event.actor, case, AlertReason.ACCES, case.mediator_ids)
