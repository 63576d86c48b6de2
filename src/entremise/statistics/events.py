"""What happens to conventions and reports: identifiers, codes and counts only."""

from dataclasses import dataclass

from entremise.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class ConventionRecorded(Event):
    name = "convention.recorded"
    target_type = "convention"


@dataclass(frozen=True, kw_only=True)
class ConventionChanged(Event):
    name = "convention.changed"
    target_type = "convention"


@dataclass(frozen=True, kw_only=True)
class ReportTextSaved(Event):
    name = "report.text_saved"
    target_type = "report_draft"


@dataclass(frozen=True, kw_only=True)
class ReportShared(Event):
    name = "report.shared"
    target_type = "report_link"


@dataclass(frozen=True, kw_only=True)
class ReportLinkRevoked(Event):
    name = "report.link_revoked"
    target_type = "report_link"
