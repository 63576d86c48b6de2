"""What happens to lists that leave the product. Codes and counts only."""

from dataclasses import dataclass

from entremise.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class ListExported(Event):
    """A list left at once, as a spreadsheet; ``codes`` hold the list, the number of rows, the filters used."""

    name = "list.exported"
    target_type = "list"


@dataclass(frozen=True, kw_only=True)
class ExportRequested(Event):
    """A long list will be prepared by the work queue."""

    name = "export.requested"
    target_type = "generated_file"


@dataclass(frozen=True, kw_only=True)
class ExportRestarted(Event):
    """A preparation that stopped midway begins again."""

    name = "export.restarted"
    target_type = "generated_file"


@dataclass(frozen=True, kw_only=True)
class ExportPrepared(Event):
    """The file is ready."""

    name = "export.prepared"
    target_type = "generated_file"


@dataclass(frozen=True, kw_only=True)
class ExportDownloaded(Event):
    """Its requester took the file."""

    name = "export.downloaded"
    target_type = "generated_file"


@dataclass(frozen=True, kw_only=True)
class ExportErased(Event):
    """The file was erased: its time had come, or its requester no longer needed it."""

    name = "export.erased"
    target_type = "generated_file"
