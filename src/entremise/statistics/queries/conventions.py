"""Conventions, the text of their reports, the links given to funders."""

import uuid

from django.db.models import Count, F, Q, QuerySet

from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.time import now
from entremise.statistics.enums import LinkState
from entremise.statistics.models import Convention, ReportDraft, ReportLink
from entremise.statistics.periods import Period


def list_conventions(actor: Actor, *, active_only: bool = False) -> QuerySet[Convention]:
    """Conventions of the organisation, active ones first, with how many of their links are open."""
    conventions = Convention.objects.visible_to(actor)
    return conventions.filter(is_active=True) if active_only else conventions


def count_links(conventions: QuerySet[Convention]) -> QuerySet[Convention]:
    """The same with ``open_links``: the links a funder can read now."""
    is_open = Q(links__revoked_at=None, links__expires_at__gt=now())
    return conventions.annotate(open_links=Count("links", filter=is_open))


def get_convention(actor: Actor, convention_id: uuid.UUID) -> Convention:
    """A convention of the organisation; NotFound otherwise."""
    return get_one(Convention.objects.visible_to(actor).filter(pk=convention_id))


def get_draft(actor: Actor, convention: Convention, period: Period) -> ReportDraft:
    """The text written for a convention and a period; an empty one, not saved, when there is none yet."""
    found = (
        ReportDraft.objects.visible_to(actor)
        .filter(convention=convention, period_start=period.start, period_end=period.end)
        .first()
    )
    return found or ReportDraft(
        organisation_id=convention.organisation_id,
        convention=convention,
        period_start=period.start,
        period_end=period.end,
        version=0,
    )


def list_links(actor: Actor, convention_id: uuid.UUID | None = None) -> QuerySet[ReportLink]:
    """The links given for a convention, or for all of them, latest first; their content is not loaded."""
    links = ReportLink.objects.visible_to(actor).select_related("convention").defer("snapshot")
    return links.filter(convention_id=convention_id) if convention_id else links


def links_in_state(links: QuerySet[ReportLink], state: str) -> QuerySet[ReportLink]:
    """Those that are open, withdrawn, or lapsed without having been withdrawn."""
    if state == LinkState.RETIRE:
        return links.exclude(revoked_at=None)
    running = {"expires_at__gt": now()} if state == LinkState.OUVERT else {"expires_at__lte": now()}
    return links.filter(revoked_at=None, **running)


def get_link(actor: Actor, link_id: uuid.UUID) -> ReportLink:
    """A link of the organisation; NotFound otherwise."""
    return get_one(ReportLink.objects.visible_to(actor).filter(pk=link_id).select_related("convention"))


def open_link(token_hash: str) -> ReportLink | None:
    """The link of a token's hash, if it can still be read; for the funder's page, which has no actor."""
    return ReportLink.objects.filter(
        token_hash=token_hash, revoked_at=None, expires_at__gt=now(), convention__organisation_id=F("organisation_id")
    ).first()
