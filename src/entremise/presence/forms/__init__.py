"""What people type."""

from entremise.presence.forms.log import CallForm, InstructionForm
from entremise.presence.forms.rounds import CloseRoundForm, LateRoundForm, MergeForm, OpenRoundForm, PlanRoundForm
from entremise.presence.forms.watch import AdvanceForm, DefectForm, ObservationForm

__all__ = [
    "AdvanceForm",
    "CallForm",
    "CloseRoundForm",
    "DefectForm",
    "InstructionForm",
    "LateRoundForm",
    "MergeForm",
    "ObservationForm",
    "OpenRoundForm",
    "PlanRoundForm",
]
