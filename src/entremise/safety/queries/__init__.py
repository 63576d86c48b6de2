"""Reads of the team's safety."""

from entremise.safety.queries.alerts import (
    answers_of,
    calls_of,
    duty_members,
    get_alert,
    list_alerts,
    open_alerts,
    open_version,
)
from entremise.safety.queries.chain import chain_lines, chain_of, has_codes, oncall_number
from entremise.safety.queries.timers import current_timer, get_timer, overdue_timers

__all__ = [
    "answers_of",
    "calls_of",
    "chain_lines",
    "chain_of",
    "current_timer",
    "duty_members",
    "get_alert",
    "get_timer",
    "has_codes",
    "list_alerts",
    "oncall_number",
    "open_alerts",
    "open_version",
    "overdue_timers",
]
