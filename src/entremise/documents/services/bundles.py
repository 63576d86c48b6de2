"""Files about somebody: asked for, found again, and erased with them."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import NotAllowed, NotFound
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.documents import registry
from entremise.documents.enums import PENDING, FileStatus
from entremise.documents.events import ExportRequested
from entremise.documents.models import GeneratedFile
from entremise.documents.services.preparation import erase
from entremise.journal.services import publish


@transaction.atomic
def request_bundle(*, actor: Actor, code: str, subject_id: uuid.UUID) -> GeneratedFile:
    """Have a file about this subject prepared by the work queue; asked twice, the same one.

    Raises NotFound or NotAllowed as the bundle's own check does.
    """
    bundle = registry.get(code)
    if not isinstance(bundle, registry.Bundle):
        raise NotFound(code)
    if actor.member_id is None:
        raise NotAllowed("documents.own_exports")
    require(actor, bundle.permission)
    bundle.check(actor, subject_id)
    pending = files_about(actor, code, subject_id).filter(status__in=PENDING, expires_at__gt=now()).first()
    if pending is not None:
        return pending
    asked_at = now()
    file = GeneratedFile.objects.create(
        organisation_id=actor.organisation_id,
        requested_by_id=actor.member_id,
        kind=code,
        subject_id=subject_id,
        created_at=asked_at,
        expires_at=asked_at + bundle.lifetime,
    )
    codes = {"list": code, "subject": str(subject_id)}
    publish(ExportRequested(actor=actor, target_id=file.pk, codes=codes))
    return file


def files_about(actor: Actor, code: str, subject_id: uuid.UUID):  # type: ignore[no-untyped-def]
    """The actor's own files of this kind about this subject, newest first."""
    return GeneratedFile.objects.visible_to(actor).filter(kind=code, subject_id=subject_id).order_by("-created_at")


def erase_files_about(*, actor: Actor, subject_ids: Sequence[uuid.UUID]) -> int:
    """Erase every file about these subjects, whoever asked for it, and stop those in preparation."""
    return _erase(actor, GeneratedFile.objects.filter(subject_id__in=subject_ids))


def erase_prepared_files(*, actor: Actor, organisation_ids: Sequence[uuid.UUID]) -> int:
    """Erase every list prepared in these organisations: one of them may hold the words of a person being erased."""
    return _erase(actor, GeneratedFile.objects.filter(organisation_id__in=organisation_ids))


def _erase(actor: Actor, files) -> int:  # type: ignore[no-untyped-def]
    """A preparation under way finds its row gone, and leaves nothing."""
    erased = 0
    for file in files.filter(status=FileStatus.PRETE):
        erase(file, actor)
        erased += 1
    return erased + int(files.filter(status__in=PENDING).delete()[0])
