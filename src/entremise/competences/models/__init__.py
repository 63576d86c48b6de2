"""Records of the register, the exports they come from, what a certifier decides of them."""

from entremise.competences.models.decisions import Correspondence, RouteDecision
from entremise.competences.models.exports import ExportEntry, RegisterExport, folder
from entremise.competences.models.records import (
    AccessRoute,
    Block,
    Certifier,
    Competence,
    Record,
    RecordCode,
    RecordLine,
    ReplacedRecord,
    YearFigures,
)

__all__ = [
    "AccessRoute",
    "Block",
    "Certifier",
    "Competence",
    "Correspondence",
    "ExportEntry",
    "Record",
    "RecordCode",
    "RecordLine",
    "RegisterExport",
    "ReplacedRecord",
    "RouteDecision",
    "YearFigures",
    "folder",
]
