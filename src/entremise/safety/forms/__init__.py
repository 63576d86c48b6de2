"""What people type about the team's safety."""

from entremise.safety.forms.chain import ChainFormSet, CodesForm, chain_initial, rungs_of
from entremise.safety.forms.field import AlertForm, ArmForm, CloseForm, EndForm, ProlongForm
from entremise.safety.forms.sheets import DebriefForm, FollowForm, SheetForm

__all__ = [
    "AlertForm",
    "ArmForm",
    "ChainFormSet",
    "CloseForm",
    "CodesForm",
    "DebriefForm",
    "EndForm",
    "FollowForm",
    "ProlongForm",
    "SheetForm",
    "chain_initial",
    "rungs_of",
]
