"""What leaves this module as a file: reports, and the list of conventions."""

from entremise.statistics.exports.conventions import CONVENTIONS
from entremise.statistics.exports.reports import TO_COMPLETE, Texts, render, to_document

__all__ = ["CONVENTIONS", "TO_COMPLETE", "Texts", "render", "to_document"]
