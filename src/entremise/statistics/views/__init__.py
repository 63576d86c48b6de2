"""Pages of this module."""

from entremise.statistics.views.conventions import convention_create, convention_edit, conventions
from entremise.statistics.views.reports import definitions, download, report, text
from entremise.statistics.views.sharing import links, revoke, share, shared, shared_pdf

__all__ = [
    "convention_create",
    "convention_edit",
    "conventions",
    "definitions",
    "download",
    "links",
    "report",
    "revoke",
    "share",
    "shared",
    "shared_pdf",
    "text",
]
