"""Reads of formal mediations."""

from entremise.mediations.queries.cases import (
    CaseFilters,
    CaseLine,
    VaultShut,
    case_lines,
    get_case,
    get_party,
    get_vault,
    list_cases,
    name_of,
    parties_of,
)
from entremise.mediations.queries.process import facts_of, ways_of

__all__ = [
    "CaseFilters",
    "CaseLine",
    "VaultShut",
    "case_lines",
    "facts_of",
    "get_case",
    "get_party",
    "get_vault",
    "list_cases",
    "name_of",
    "parties_of",
    "ways_of",
]
