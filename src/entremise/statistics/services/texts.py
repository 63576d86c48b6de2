"""What the coordinator writes around the figures of a convention and a period."""

import uuid

from django.db import IntegrityError, transaction

from entremise.core.actor import Actor
from entremise.core.errors import Conflict, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.statistics.commands import ReportText
from entremise.statistics.events import ReportTextSaved
from entremise.statistics.models import TEXT_LENGTH, ReportDraft
from entremise.statistics.periods import Period
from entremise.statistics.queries import check_period, get_convention, get_draft

PARTS = ("highlights", "situations", "outlook")


def save_text(*, actor: Actor, convention_id: uuid.UUID, period: Period, text: ReportText) -> ReportDraft:
    """Keep the text; each change is a new version, not sent yet.

    Raises Conflict when someone wrote since ``text.base_version`` was read.
    """
    convention = get_convention(actor, convention_id)
    require(actor, "statistics.manage", convention)
    check_period(convention, period)
    _check(text)
    try:
        with transaction.atomic():
            draft = get_draft(actor, convention, period)
            if draft.version != text.base_version:
                raise Conflict("report text")
            for name in PARTS:
                setattr(draft, name, getattr(text, name).strip())
            draft.version += 1
            draft.updated_at, draft.sent_at = now(), None
            draft.save()
            publish(ReportTextSaved(actor=actor, target_id=draft.pk, codes={"version": draft.version}))
    except IntegrityError as error:  # two first versions at once
        raise Conflict("report text") from error
    return draft


def _check(text: ReportText) -> None:
    errors = {}
    for name in PARTS:
        value = getattr(text, name)
        if len(value) > TEXT_LENGTH:
            errors[name] = [f"{TEXT_LENGTH} signes au plus ; ce texte en compte {len(value)}."]
        elif "\x00" in value:
            errors[name] = ["Ce texte contient un signe illisible ; retapez-le."]
    if errors:
        raise InvalidInput(errors)
