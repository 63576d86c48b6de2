"""Tables of the team's safety."""

from entremise.safety.models.alerts import Alert, AlertAnswer, AlertCall
from entremise.safety.models.chain import OnCallRung, SafetyCodes
from entremise.safety.models.sheets import Debrief, DebriefPerson, IncidentSheet, SheetPerson
from entremise.safety.models.timers import PresenceTimer

__all__ = [
    "Alert",
    "AlertAnswer",
    "AlertCall",
    "Debrief",
    "DebriefPerson",
    "IncidentSheet",
    "OnCallRung",
    "PresenceTimer",
    "SafetyCodes",
    "SheetPerson",
]
