"""Writes of the team's safety."""

from entremise.safety.services.alarm import call_duty, call_next, fire_overdue, mark_sent, overdue_alerts
from entremise.safety.services.alerts import answer_alert, close_alert, raise_alert
from entremise.safety.services.chain import RungFacts, erase_codes, forget_member, set_chain, set_codes
from entremise.safety.services.debriefs import hold_debrief
from entremise.safety.services.sheets import correct_sheet, follow_sheet, write_sheet
from entremise.safety.services.timers import arm_timer, end_timer, fire_timer, prolong_timer, watched

__all__ = [
    "RungFacts",
    "answer_alert",
    "arm_timer",
    "call_duty",
    "call_next",
    "close_alert",
    "correct_sheet",
    "end_timer",
    "erase_codes",
    "fire_overdue",
    "fire_timer",
    "follow_sheet",
    "forget_member",
    "hold_debrief",
    "mark_sent",
    "overdue_alerts",
    "prolong_timer",
    "raise_alert",
    "set_chain",
    "set_codes",
    "watched",
    "write_sheet",
]
