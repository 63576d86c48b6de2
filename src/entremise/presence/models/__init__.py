"""Tables of presence."""

from entremise.presence.models.log import Acknowledgement, LogEntry
from entremise.presence.models.photos import DefectPhoto
from entremise.presence.models.rounds import Round, RoundMember, Stop, Tally, TallyTap
from entremise.presence.models.watch import Defect, DefectStep, Observation

__all__ = [
    "Acknowledgement",
    "Defect",
    "DefectPhoto",
    "DefectStep",
    "LogEntry",
    "Observation",
    "Round",
    "RoundMember",
    "Stop",
    "Tally",
    "TallyTap",
]
