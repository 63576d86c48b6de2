"""What this module shows inside the page of an act."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from entremise.core.permissions import can
from entremise.mediations.queries.acts import cases_of_act


def beside_act(request: HttpRequest) -> SafeString | str:
    """A mediation that starts from the act, and those that did, for their mediators alone."""
    actor = getattr(request, "actor", None)
    match = request.resolver_match
    if actor is None or match is None or "act_id" not in match.kwargs or not can(actor, "mediations.open"):
        return ""
    act_id = match.kwargs["act_id"]
    context = {"act_id": act_id, "cases": cases_of_act(actor, act_id)}
    return render_to_string("mediations/_beside_act.html", context, request=request)
