"""Where the files of phones lie, and how far they have come."""

from pathlib import Path

from django.conf import settings

from entremise.core.actor import Actor
from entremise.sync.models import Blob


def blob_path(blob: Blob) -> Path:
    """Sealed bytes, named by their digest; never served by the web server."""
    return Path(settings.MEDIA_ROOT) / "carnet" / blob.organisation_id.hex / blob.sha256


def received_of(actor: Actor, sha256: str) -> Blob | None:
    """What has come of a file in the actor's organisation."""
    blob = Blob.objects.visible_to(actor).filter(sha256=sha256).first()
    if blob is not None and blob.complete_at is None and not blob_path(blob).exists():
        blob.received = 0
    return blob
