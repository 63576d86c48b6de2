"""Writes of this module, by entity."""

from entremise.places.services.communes import MissingPackage, import_communes
from entremise.places.services.site_rows import SITES, code_of
from entremise.places.services.sites import (
    close_site,
    create_sector,
    create_site,
    rename_sector,
    reopen_site,
    update_site,
)
from entremise.places.services.spreadsheets import (
    MAX_ROWS,
    Cells,
    ImportColumn,
    Importer,
    confirm_import,
    get_import_draft,
    preview_context,
    preview_import,
)

__all__ = [
    "MAX_ROWS",
    "SITES",
    "Cells",
    "ImportColumn",
    "Importer",
    "MissingPackage",
    "close_site",
    "code_of",
    "confirm_import",
    "create_sector",
    "create_site",
    "get_import_draft",
    "import_communes",
    "preview_context",
    "preview_import",
    "rename_sector",
    "reopen_site",
    "update_site",
]
