"""The access file: everything about a person, in one sealed and expiring archive."""

import datetime as dt
import io
import json
import uuid
import zipfile
from typing import Any

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.errors import FORM, InvalidInput, NotAllowed, NotFound
from entremise.core.permissions import can
from entremise.core.time import local
from entremise.core.ui.formats import clock, long_date
from entremise.documents.services import Bundle, files_about, render_pdf, request_bundle
from entremise.journal.services import publish
from entremise.keys.services import person_scope
from entremise.privacy.dossier import JSON_SCHEMA, Chapter, Dossier, as_json
from entremise.privacy.enums import IdentityCheck, RequestKind
from entremise.privacy.events import PersonRead
from entremise.privacy.models import DataRequest
from entremise.privacy.queries.dossier import collect, person_of_request
from entremise.privacy.queries.requests import get_request
from entremise.privacy.registry import Item
from entremise.privacy.services.requests import UNCHECKED

BUNDLE = "dossier-personne"
COPIES = (RequestKind.ACCES, RequestKind.PORTABILITE)
_README = """Dossier de la personne {reference}
{organisation}, le {day}

dossier.pdf   tout ce qui est gardé, à lire
dossier.json  la même chose, pour un autre logiciel (schéma : schema.json)

Les paroles d’une autre personne n’y sont pas : chaque fois, le dossier le dit.
"""
_PORTABLE = """Données de la personne {reference}
{organisation}, le {day}

dossier.json  ce qui est gardé, pour un autre logiciel
schema.json   comment le lire (JSON Schema, 2020-12)
"""


def prepare_access_file(*, actor: Actor, request_id: uuid.UUID) -> Any:
    """Have the file of the person of this request prepared. Only their requester takes it; it lasts seven days."""
    request = get_request(actor, request_id)
    _require_open(request)
    if request.kind not in COPIES:
        raise NotFound("copy")
    if request.identity == IdentityCheck.A_FAIRE:
        raise InvalidInput({FORM: [UNCHECKED]})
    return request_bundle(actor=actor, code=BUNDLE, subject_id=request_id)


def access_files(actor: Actor, request_id: uuid.UUID) -> list[Any]:
    """The files prepared for this request by this actor, newest first."""
    return list(files_about(actor, BUNDLE, request_id))


@transaction.atomic
def open_dossier(*, actor: Actor, request_id: uuid.UUID) -> tuple[DataRequest, Dossier]:
    """Read the person's file to answer their request, while it is open; the journal keeps that it was read."""
    check(actor, request_id)
    _require_open(get_request(actor, request_id))
    return _read(actor, request_id)


def _require_open(request: DataRequest) -> None:
    if not request.is_open:
        raise NotFound("request")  # once answered, there is no more reason to read


def _read(actor: Actor, request_id: uuid.UUID) -> tuple[DataRequest, Dossier]:
    request = get_request(actor, request_id)
    person = person_of_request(actor, request)
    publish(PersonRead(actor=actor, target_id=person.pk, codes={"request": str(request.pk)}))
    return request, collect(person)


def check(actor: Actor, request_id: uuid.UUID) -> None:
    """NotFound or NotAllowed unless this actor answers this request, about a person still there."""
    request = get_request(actor, request_id)
    if not can(actor, "privacy.answer_requests"):
        raise NotAllowed("privacy.answer_requests")
    person_of_request(actor, request)


def scope(request_id: uuid.UUID) -> Scope:
    """The person's own key: the file cannot outlive them."""
    person_id = DataRequest.objects.values_list("person_id", flat=True).get(pk=request_id)
    assert person_id is not None  # checked just before
    return person_scope(person_id)


def build(actor: Actor, request_id: uuid.UUID) -> bytes:
    """The archive: readable PDF and JSON, or the JSON alone for a portability. It may be asked, then answered."""
    with transaction.atomic():
        request, dossier = _read(actor, request_id)
    portable = request.kind == RequestKind.PORTABILITE
    words = (_PORTABLE if portable else _README).format(
        reference=dossier.reference, organisation=dossier.organisation, day=long_date(local(dossier.made_at).date())
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("LISEZ-MOI.txt", words)
        if not portable:
            archive.writestr("dossier.pdf", to_pdf(dossier))
        archive.writestr("dossier.json", json.dumps(as_json(dossier), ensure_ascii=False, indent=2))
        archive.writestr("schema.json", json.dumps(JSON_SCHEMA, ensure_ascii=False, indent=2))
    return content.getvalue()


def to_pdf(dossier: Dossier) -> bytes:
    """The dossier as a tagged PDF that a person can read."""
    data = {
        "title": "Ce que nous gardons sur vous",
        "subtitle": dossier.organisation,
        "meta": [
            ["Votre référence", dossier.reference],
            ["Document établi le", long_date(local(dossier.made_at).date())],
            *([["Pour nous répondre", dossier.contact]] if dossier.contact else []),
        ],
        "opening": [
            "Ce document contient tout ce que nous gardons sur vous, avec nos mots tels qu’ils ont été notés.",
            "Ce qui concerne quelqu’un d’autre n’y est pas ; à chaque fois, c’est dit.",
            "Gardez-le en lieu sûr : il est à vous, et il parle de vous.",
        ],
        "chapters": [_chapter(chapter) for chapter in dossier.chapters],
    }
    return render_pdf("dossier", data, title=f"Dossier {dossier.reference}")


def _chapter(chapter: Chapter) -> dict[str, Any]:
    tabular = chapter.code == "lectures" and chapter.items
    return {
        "label": chapter.label,
        "none": "Personne ne l’a ouvert." if chapter.code == "lectures" else "Rien n’est gardé ici.",
        "lead": chapter.lead,
        "items": [] if tabular else [_item(item) for item in chapter.items],
        "table": _table(chapter) if tabular else None,
    }


def _item(item: Item) -> dict[str, Any]:
    facts = [list(fact) for fact in item.facts]
    return {"title": item.title, "at": _at(item), "facts": facts, "withheld": item.withheld}


def _at(item: Item) -> str:
    if item.at is None:
        return ""
    day = long_date(item.at)
    return f"{day}, {clock(item.at)}" if isinstance(item.at, dt.datetime) else day


def _table(chapter: Chapter) -> dict[str, Any]:
    labels = [label for label, _ in chapter.items[0].facts]
    return {
        "caption": "Chaque ouverture, sans nom",
        "columns": [{"title": title, "number": False, "weight": 1} for title in ("Quand", *labels)],
        "rows": [[_at(item), *(value for _, value in item.facts)] for item in chapter.items],
        "notes": [],
        "definition": "",
    }


FILE = Bundle(
    title="Dossier d’une personne",
    permission="privacy.answer_requests",
    build=build,
    check=check,
    scope=scope,
)
