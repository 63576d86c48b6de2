"""What happens to sheets and to analysis meetings: that it happened, never a word of it."""

from entremise.journal.events import Event


class SheetOpened(Event):
    name = "practice_sheet.opened"
    target_type = "practice_sheet"


class SheetChanged(Event):
    """Written again, finished or read again by its author."""

    name = "practice_sheet.changed"
    target_type = "practice_sheet"


class SheetsExported(Event):
    """One sheet, or the whole notebook (``target_id`` is then the account)."""

    name = "practice_sheet.exported"
    target_type = "practice_sheet"


class SheetDeleted(Event):
    name = "practice_sheet.deleted"
    target_type = "practice_sheet"


class MeetingConvened(Event):
    name = "analysis_meeting.convened"
    target_type = "analysis_meeting"


class MeetingCancelled(Event):
    name = "analysis_meeting.cancelled"
    target_type = "analysis_meeting"


class MeetingOpened(Event):
    name = "analysis_meeting.opened"
    target_type = "analysis_meeting"


class MeetingClosed(Event):
    name = "analysis_meeting.closed"
    target_type = "analysis_meeting"


class MeetingPageErased(Event):
    """The shared page is gone and its key destroyed; ``codes`` say whether everyone had chosen to keep a copy."""

    name = "analysis_meeting.page_erased"
    target_type = "analysis_meeting"


class EvidenceKept(Event):
    """Kept or written again by its author; nothing says from which record."""

    name = "evidence.kept"
    target_type = "evidence"


class EvidenceRemoved(Event):
    name = "evidence.removed"
    target_type = "evidence"


class LedgerChanged(Event):
    """A line of internship or of experience was written, or removed."""

    name = "ledger.changed"
    target_type = "ledger_line"


class AttestationAsked(Event):
    name = "attestation.asked"
    target_type = "attestation"


class AttestationRevoked(Event):
    name = "attestation.revoked"
    target_type = "attestation"


class AttestationSigned(Event):
    name = "attestation.signed"
    target_type = "attestation"


class StatementMade(Event):
    name = "portfolio.statement_made"
    target_type = "portfolio"


class PortfolioFrozen(Event):
    """``codes`` hold the fingerprint: a frozen portfolio that changed afterwards is seen."""

    name = "portfolio.frozen"
    target_type = "portfolio"


class PortfolioExported(Event):
    name = "portfolio.exported"
    target_type = "portfolio"
