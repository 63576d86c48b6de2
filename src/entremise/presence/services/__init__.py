"""Writes of presence: one verb, one function."""

from entremise.presence.services.closing import close_round
from entremise.presence.services.defects import advance_defect, mark_notified, owner_of, report_defect, request_notice
from entremise.presence.services.log import (
    acknowledge,
    leave_instruction,
    note_call,
    post_log_entry,
    update_log_entry,
    withdraw_instruction,
    withdraw_log_entry,
)
from entremise.presence.services.merging import merge_rounds
from entremise.presence.services.rounds import (
    cancel_round,
    join_round,
    open_planned_round,
    open_round,
    plan_round,
)
from entremise.presence.services.stops import (
    arrive_at_site,
    count_contacts,
    set_atmosphere,
    set_reception,
    tally,
)
from entremise.presence.services.watch import observe

__all__ = [
    "acknowledge",
    "advance_defect",
    "arrive_at_site",
    "cancel_round",
    "close_round",
    "count_contacts",
    "join_round",
    "leave_instruction",
    "mark_notified",
    "merge_rounds",
    "note_call",
    "observe",
    "open_planned_round",
    "open_round",
    "owner_of",
    "plan_round",
    "post_log_entry",
    "report_defect",
    "request_notice",
    "set_atmosphere",
    "set_reception",
    "tally",
    "update_log_entry",
    "withdraw_instruction",
    "withdraw_log_entry",
]
