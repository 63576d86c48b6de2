"""Records brought, confirmed, compared; for every module."""

from entremise.competences.services.loading import DATA, load_record, load_shipped_records

__all__ = ["DATA", "load_record", "load_shipped_records"]
