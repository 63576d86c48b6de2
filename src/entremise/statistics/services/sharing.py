"""Links that let a funder read one frozen report: made, counted, withdrawn."""

import hashlib
import json
import secrets
import uuid

from django.db import transaction
from django.db.models import F

from entremise.core.actor import Actor
from entremise.core.errors import Conflict, InvalidInput
from entremise.core.permissions import require
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.statistics.enums import Comparison
from entremise.statistics.events import ReportLinkRevoked, ReportShared
from entremise.statistics.models import ReportDraft, ReportLink
from entremise.statistics.periods import Period
from entremise.statistics.queries import (
    check_period,
    get_convention,
    get_draft,
    get_link,
    make_report,
    scope_of,
    sharing_problem,
)
from entremise.statistics.queries.conventions import open_link
from entremise.statistics.report import Report

TOKEN_BYTES = 32


def hash_of(token: str) -> str:
    """SHA-256 (hex) of a token: 256 random bits need no key."""
    return hashlib.sha256(token.encode()).hexdigest()


def digest_of(report: Report) -> str:
    """SHA-256 (hex) of what a report says, its date apart: equal when the same figures would be sent."""
    said = {name: value for name, value in report.to_json().items() if name != "made_on"}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def share_report(
    *, actor: Actor, convention_id: uuid.UUID, period: Period, comparison: Comparison, seen: str
) -> tuple[ReportLink, str]:
    """Freeze the report and give the token of its link, which is not kept anywhere.

    ``seen`` is the digest of the report that was previewed; Conflict when the figures moved since.
    The text of the coordinator is not part of it: a link carries aggregated figures only.
    """
    convention = get_convention(actor, convention_id)
    require(actor, "statistics.manage", convention)
    assert actor.member_id is not None  # a coordinator is a member
    check_period(convention, period)
    if problem := sharing_problem(convention, period):
        raise InvalidInput({"periode": [problem]})
    report = make_report(scope_of(actor, convention, period, comparison), convention)
    if digest_of(report) != seen:
        raise Conflict("report")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    draft = get_draft(actor, convention, period)
    link = ReportLink(
        organisation_id=actor.organisation_id,
        convention=convention,
        period_start=period.start,
        period_end=period.end,
        version=max(draft.version, 1),
        token_hash=hash_of(token),
        snapshot=report.to_json(),
        created_by_id=actor.member_id,
    )
    with transaction.atomic():
        link.save(force_insert=True)
        if draft.version:
            ReportDraft.objects.filter(pk=draft.pk, version=draft.version).update(sent_at=now())
        publish(ReportShared(actor=actor, target_id=link.pk, codes={"version": link.version}))
    return link, token


def revoke_link(*, actor: Actor, link_id: uuid.UUID) -> ReportLink:
    """Close a link at once; closing it twice changes nothing."""
    link = get_link(actor, link_id)
    require(actor, "statistics.manage", link)
    if link.revoked_at is None:
        with transaction.atomic():
            link.revoked_at = now()
            link.save(update_fields=["revoked_at"])
            publish(ReportLinkRevoked(actor=actor, target_id=link.pk))
    return link


def open_shared(token: str) -> ReportLink | None:
    """The link of a token, if it is known, not withdrawn and not lapsed."""
    return open_link(hash_of(token))


def note_opening(link: ReportLink) -> None:
    """Count one opening: an access-log row, nothing about who opened it."""
    ReportLink.objects.filter(pk=link.pk).update(openings=F("openings") + 1, last_opened_at=now())
