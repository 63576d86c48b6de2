"""A list leaves: at once when it is short, through the work queue when it is long."""

import io
import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils.text import slugify

from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput, NotAllowed
from entremise.core.ids import uuid7
from entremise.core.permissions import require
from entremise.core.time import local, now, today
from entremise.documents.enums import PENDING
from entremise.documents.events import ExportRequested, ListExported
from entremise.documents.models import GeneratedFile
from entremise.documents.registry import Export, Params, Prepared, get_list
from entremise.documents.services.sheets import write_xlsx
from entremise.documents.tables import Sheet
from entremise.journal.services import publish

AT_ONCE = 5_000  # rows; beyond, the answer would be waited for too long
MAX_PENDING = 3
_NOT_FILTERS = frozenset({"csrfmiddlewaretoken", "page"})
_NAME, _CODE = re.compile(r"[A-Za-z0-9_-]{1,40}"), re.compile(r"[A-Za-z0-9_.:,+-]{0,80}")
_TYPED_WORDS = (
    "Cette liste est longue : elle sera préparée à part, sans recherche par mots. Effacez les mots cherchés, "
    "gardez les autres filtres, puis recommencez."
)
_TOO_MANY = "Trois exports sont déjà en préparation pour vous. Attendez que l’un d’eux soit prêt."


@dataclass(frozen=True)
class ExportResult:
    """Either the spreadsheet itself (``content``), or the file that the work queue will prepare (``later``)."""

    name: str
    content: bytes | None = None
    later: GeneratedFile | None = None


def export_list(*, actor: Actor, code: str, params: QueryDict) -> ExportResult:
    """Export a registered list with these filters (a request's POST or GET).

    Raises NotFound for an unknown list, NotAllowed without its permission, InvalidInput when a long list cannot
    be prepared as asked.
    """
    export = get_list(code)
    require(actor, export.permission)
    filters = read_filters(params)
    total = export.count(actor, filters)
    if total > AT_ONCE:
        return ExportResult(file_name(export), later=_request(actor, code, export, filters, total))
    content = io.BytesIO()
    write_xlsx(content, [sheet_of(export, actor, filters)], definitions=export.definitions, title=export.title)
    with transaction.atomic():
        codes = {"list": code, "rows": total, "filters": sorted(filter(_NAME.fullmatch, filters))}
        publish(ListExported(actor=actor, target_id=uuid7(), codes=codes))
    return ExportResult(file_name(export), content=content.getvalue())


def sheet_of(export: Export, actor: Actor, filters: Params) -> Sheet:
    """The list as the sheet to write; its rows are read as they are written."""
    return Sheet(export.title, export.columns, export.rows(actor, filters))


def file_name(export: Prepared, moment: Any = None) -> str:
    """The name to save under: ``interventions-2026-11-23.xlsx``."""
    day = local(moment).date() if moment else today()
    return f"{slugify(export.title) or 'liste'}-{day.isoformat()}.{export.suffix}"


def read_filters(params: QueryDict) -> QueryDict:
    """The filters alone, without the form's protection, the page and the empty values."""
    found = QueryDict(mutable=True)
    for key, values in params.lists():
        kept = [value for value in values if value != ""]
        if key not in _NOT_FILTERS and kept:
            found.setlist(key, kept)
    return found


def stored_filters(pairs: list[list[str]]) -> QueryDict:
    """The filters as they were asked, from what is stored."""
    found = QueryDict(mutable=True)
    for key, value in pairs:
        found.appendlist(key, value)
    return found


@transaction.atomic
def _request(actor: Actor, code: str, export: Export, filters: QueryDict, total: int) -> GeneratedFile:
    if actor.member_id is None:
        raise NotAllowed("documents.own_exports")
    pairs = [[key, value] for key, values in filters.lists() for value in values]
    if any(not _NAME.fullmatch(key) or not _CODE.fullmatch(value) or key in export.words for key, value in pairs):
        raise InvalidInput({FORM: [_TYPED_WORDS]})
    pending = list(GeneratedFile.objects.visible_to(actor).filter(status__in=PENDING, expires_at__gt=now()))
    same = next((file for file in pending if (file.kind, file.params) == (code, pairs)), None)
    if same is not None:  # asked twice: by impatience, or by a double click
        return same
    if len(pending) >= MAX_PENDING:
        raise InvalidInput({FORM: [_TOO_MANY]})
    file = GeneratedFile.objects.create(
        organisation_id=actor.organisation_id,
        requested_by_id=actor.member_id,
        kind=code,
        params=pairs,
        progress_total=total,
    )
    codes = {"list": code, "rows": total, "filters": sorted(filters)}
    publish(ExportRequested(actor=actor, target_id=file.pk, codes=codes))
    return file
