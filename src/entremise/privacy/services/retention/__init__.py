"""Retention: durations, runs, and what makes a run wait."""

from entremise.privacy.services.retention.decisions import (
    choose_duration,
    confirm_duration,
    confirm_run,
    withdraw_duration,
)
from entremise.privacy.services.retention.nightly import count_all, rehearse_rule, run_rule, tick

__all__ = [
    "choose_duration",
    "confirm_duration",
    "confirm_run",
    "count_all",
    "rehearse_rule",
    "run_rule",
    "tick",
    "withdraw_duration",
]
