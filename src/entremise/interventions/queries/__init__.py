"""Reads of acts."""

from entremise.interventions.queries.alike import alike_of, merged_into, recent_pairs, standing_act
from entremise.interventions.queries.content import content_of
from entremise.interventions.queries.figures import ActFigures, figures, first_moment
from entremise.interventions.queries.habits import Habits, frequent_codes
from entremise.interventions.queries.history import Version, compared, history_of
from entremise.interventions.queries.labels import ActLine, describe, signatures
from entremise.interventions.queries.lists import (
    SORTS,
    ActFilters,
    day_counts,
    get_intervention,
    list_interventions,
    list_to_correct,
    list_to_review,
    next_to_review,
    statuses_of,
)
from entremise.interventions.queries.own import OwnAct, own_act, own_acts
from entremise.interventions.queries.threads import (
    acts_of_person,
    acts_of_threads,
    due_threads,
    get_thread,
    list_threads,
    thread_acts,
    thread_choices,
    threads_of_person,
    title_of,
    titles_of,
)

__all__ = [
    "SORTS",
    "ActFigures",
    "ActFilters",
    "ActLine",
    "Habits",
    "OwnAct",
    "Version",
    "acts_of_person",
    "acts_of_threads",
    "alike_of",
    "compared",
    "content_of",
    "day_counts",
    "describe",
    "due_threads",
    "figures",
    "first_moment",
    "frequent_codes",
    "get_intervention",
    "get_thread",
    "history_of",
    "list_interventions",
    "list_threads",
    "list_to_correct",
    "list_to_review",
    "merged_into",
    "next_to_review",
    "own_act",
    "own_acts",
    "recent_pairs",
    "signatures",
    "standing_act",
    "statuses_of",
    "thread_acts",
    "thread_choices",
    "threads_of_person",
    "title_of",
    "titles_of",
]
