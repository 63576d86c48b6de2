"""Reads of the exports a certifier brought."""

import uuid

from django.db.models import QuerySet

from entremise.competences.models import ExportEntry, Record, RegisterExport
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.permissions import require
from entremise.core.text import fold


def list_exports(actor: Actor) -> QuerySet[RegisterExport]:
    """The exports of the organisation, the latest first."""
    require(actor, "competences.prepare")
    found: QuerySet[RegisterExport] = RegisterExport.objects.visible_to(actor).order_by("-brought_at", "-pk")
    return found


def get_export(actor: Actor, export_id: uuid.UUID) -> RegisterExport:
    """One export; NotFound for anybody else's."""
    return get_one(list_exports(actor).filter(pk=export_id))


def find_entries(export: RegisterExport, words: str = "", *, only_active: bool = False) -> QuerySet[ExportEntry]:
    """The records whose number or title has every word, whatever the accents, by number."""
    found = ExportEntry.objects.filter(export=export).order_by("code")
    for word in fold(words).split():
        found = found.filter(searched__contains=word)
    return found.filter(is_active=True) if only_active else found


def known_codes(codes: list[str]) -> set[str]:
    """Those of these numbers that this installation already has."""
    return set(Record.objects.filter(code__in=codes).values_list("code", flat=True))
