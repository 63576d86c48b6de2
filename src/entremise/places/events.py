"""What happens to sectors and sites."""

from dataclasses import dataclass

from entremise.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class SectorCreated(Event):
    name = "sector.created"
    target_type = "sector"


@dataclass(frozen=True, kw_only=True)
class SectorUpdated(Event):
    name = "sector.updated"
    target_type = "sector"


@dataclass(frozen=True, kw_only=True)
class SiteCreated(Event):
    name = "site.created"
    target_type = "site"


@dataclass(frozen=True, kw_only=True)
class SiteUpdated(Event):
    name = "site.updated"
    target_type = "site"


@dataclass(frozen=True, kw_only=True)
class SiteClosed(Event):
    name = "site.closed"
    target_type = "site"


@dataclass(frozen=True, kw_only=True)
class SiteReopened(Event):
    name = "site.reopened"
    target_type = "site"


@dataclass(frozen=True, kw_only=True)
class RowsImported(Event):
    """A spreadsheet was imported; ``codes`` holds its kind and the number of rows."""

    name = "rows.imported"
    target_type = "import_draft"
