"""Reads of this module: conventions, texts, links, and the report itself."""

from entremise.statistics.queries.conventions import (
    count_links,
    get_convention,
    get_draft,
    get_link,
    links_in_state,
    list_conventions,
    list_links,
)
from entremise.statistics.queries.facts import covers
from entremise.statistics.queries.making import make_report
from entremise.statistics.queries.scope import check_period, period_for, scope_of, sharing_problem

__all__ = [
    "check_period",
    "count_links",
    "covers",
    "get_convention",
    "get_draft",
    "get_link",
    "links_in_state",
    "list_conventions",
    "list_links",
    "make_report",
    "period_for",
    "scope_of",
    "sharing_problem",
]
