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
