"""Reads of records, for every module. A competence is named by its reference: ``RNCP41674-C7``."""

from entremise.competences.queries.decisions import equivalences_of
from entremise.competences.queries.records import (
    BlockFacts,
    CompetenceLine,
    RecordFacts,
    RouteFacts,
    SeatRule,
    blocks_of,
    codes_of,
    competence_choices,
    competence_lines,
    get_record,
    lines_of,
    list_records,
    printed_figures,
    record_choices,
    record_facts,
    reference_of,
)

__all__ = [
    "BlockFacts",
    "CompetenceLine",
    "RecordFacts",
    "RouteFacts",
    "SeatRule",
    "blocks_of",
    "codes_of",
    "competence_choices",
    "competence_lines",
    "equivalences_of",
    "get_record",
    "lines_of",
    "list_records",
    "printed_figures",
    "record_choices",
    "record_facts",
    "reference_of",
]
