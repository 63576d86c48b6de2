"""Where the files of phones lie, and how far they have come."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.permissions import can
from entremise.sync.enums import MediaState
from entremise.sync.models import Blob, MediaSlot
from entremise.sync.queries.operations import supervised_members


def blob_path(blob: Blob) -> Path:
    """Sealed bytes, named by their digest; never served by the web server."""
    return Path(settings.MEDIA_ROOT) / "carnet" / blob.organisation_id.hex / blob.sha256


def received_of(actor: Actor, sha256: str) -> Blob | None:
    """What has come of a file in the actor's organisation."""
    blob = Blob.objects.visible_to(actor).filter(sha256=sha256).first()
    if blob is not None and blob.complete_at is None and not blob_path(blob).exists():
        blob.received = 0
    return blob


def missing_files(actor: Actor) -> QuerySet[MediaSlot]:
    """Files that never came, or could not be put with their record: one's own, and for a coordinator their people's."""
    mine = Q(receipt__member_id=actor.member_id)
    if can(actor, "sync.supervise"):
        mine |= Q(receipt__member_id__in=supervised_members(actor))
    rows = MediaSlot.objects.visible_to(actor).filter(state__in=(MediaState.MANQUANT, MediaState.REFUSE))
    return rows.filter(mine, receipt__replaced_by=None).select_related("receipt").order_by("expected_at", "pk")


def get_missing(actor: Actor, slot_id: uuid.UUID) -> MediaSlot:
    """One of them; NotFound for somebody else's, and for a file that is not missing any more."""
    return get_one(missing_files(actor).filter(pk=slot_id))
