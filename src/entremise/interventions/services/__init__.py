"""Writes on acts and threads: one verb, one function."""

from entremise.interventions.services.after import finish_action, lift_return, open_action, plan_return
from entremise.interventions.services.correct import correct_intervention
from entremise.interventions.services.followed import link_person, open_person_thread
from entremise.interventions.services.merging import keep_apart, merge_acts
from entremise.interventions.services.readings import read_party
from entremise.interventions.services.record import record_intervention
from entremise.interventions.services.rereading import keep_words, make_anonymous
from entremise.interventions.services.threads import close_thread, join_thread, open_thread, set_reminder
from entremise.interventions.services.validation import lock_intervention, request_correction, validate_intervention

__all__ = [
    "close_thread",
    "correct_intervention",
    "finish_action",
    "join_thread",
    "keep_apart",
    "keep_words",
    "lift_return",
    "link_person",
    "lock_intervention",
    "make_anonymous",
    "merge_acts",
    "open_action",
    "open_person_thread",
    "open_thread",
    "plan_return",
    "read_party",
    "record_intervention",
    "request_correction",
    "set_reminder",
    "validate_intervention",
]
