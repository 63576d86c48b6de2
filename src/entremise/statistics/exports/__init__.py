"""What leaves this module as a file: reports, and the lists of conventions and links."""

from entremise.statistics.exports.conventions import CONVENTIONS, LINKS
from entremise.statistics.exports.reports import TO_COMPLETE, Texts, render, to_document

__all__ = ["CONVENTIONS", "LINKS", "TO_COMPLETE", "Texts", "render", "to_document"]
