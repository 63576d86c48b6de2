"""What the offline notebook keeps of this module: the buttons of the team's safety and the number of the on-call chain.

That number is kept in the clear, without a name: someone in danger unlocks nothing.
"""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.safety import queries
from entremise.safety.forms.field import DURATIONS


def urgent(actor: Actor) -> dict[str, SafeString]:
    """``securite``: alert and timer, placed after the first numbers to call."""
    if not can(actor, "safety.alert"):
        return {}
    context = {
        "oncall": queries.oncall_number(actor.organisation_id),
        "has_codes": queries.has_codes(actor),
        "durations": DURATIONS,
    }
    return {"securite": render_to_string("safety/_offline.html", context)}
