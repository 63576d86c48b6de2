"""Small numbers in what leaves the team: which counts are shown, and which are hidden (ADR 0006).

Pure functions on integers. ``suppress_row`` protects a list of counts and its total, ``suppress_table``
a crossing with its margins, ``protect_linked`` two lists that describe the same total.
"""

from entremise.core.suppression.marks import THRESHOLD, Mark, Row, Table, hidden_row
from entremise.core.suppression.rows import suppress_row
from entremise.core.suppression.tables import protect_linked, suppress_table

__all__ = ["THRESHOLD", "Mark", "Row", "Table", "hidden_row", "protect_linked", "suppress_row", "suppress_table"]
