"""How a module makes a list exportable: ``exports.register("interventions", exports.Export(...))`` in ``apps.py``."""

from entremise.documents.registry import Export, register

__all__ = ["Export", "register"]
