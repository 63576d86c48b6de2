"""Writes of this module, by entity."""

from entremise.places.services.communes import MissingPackage, import_communes
from entremise.places.services.sites import (
    close_site,
    create_sector,
    create_site,
    rename_sector,
    reopen_site,
    update_site,
)

__all__ = [
    "MissingPackage",
    "close_site",
    "create_sector",
    "create_site",
    "import_communes",
    "rename_sector",
    "reopen_site",
    "update_site",
]
