"""Results to notify: to whom, by when, and what was notified already."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from entremise.accounts.queries import member_names
from entremise.certification.enums import SessionState
from entremise.certification.models import Addendum, Candidate, ExamSession, ResultNotice, Sitting
from entremise.certification.queries.candidates import open_names
from entremise.certification.queries.results import Acquired, results_of
from entremise.certification.queries.sessions import get_session
from entremise.certification.queries.vae import vae_settings_for
from entremise.competences.enums import Route
from entremise.core.actor import Actor
from entremise.core.db import open_together
from entremise.core.errors import NotFound
from entremise.core.permissions import require
from entremise.core.time import local, now, today

SHOWN = 400  # passages


@dataclass(frozen=True)
class NoticeLine:
    """A candidate of a sealed session, and where the notification of their results stands.

    ``due_on``: the last day for it, for the VAE; the other routes have no delay. ``past``: what was notified, by whom.
    """

    session: ExamSession
    candidate: Candidate
    is_owed: bool
    due_on: dt.date | None
    past: list[tuple[ResultNotice, str]] = field(default_factory=list)

    @property
    def is_writable(self) -> bool:
        """True when a message can bring the candidate to their results: an address, and an account to read them."""
        return self.is_owed and bool(self.candidate.email) and self.candidate.member_id is not None

    @property
    def is_late(self) -> bool:
        """True once the delay has ended and nothing was notified."""
        return self.is_owed and self.due_on is not None and self.due_on < today()


def session_notices(actor: Actor, session: ExamSession) -> list[NoticeLine]:
    """Every candidate of a sealed session who has results, in the order they passed."""
    require(actor, "certification.manage")
    rows = _decided(actor).filter(session=session).order_by("rank")
    lines = _lines(rows, list(ResultNotice.objects.filter(session=session)), actor)
    open_together([line.candidate for line in lines], "email")
    return lines


def results_owed(actor: Actor, limit: int | None = SHOWN) -> list[NoticeLine]:
    """Whoever was not notified yet, in every session: the nearest term first, then those without any.

    The oldest results where there are more than ``limit`` passages; None reads them all.
    """
    require(actor, "certification.manage")
    lines = _lines(_owed(actor).order_by("since", "rank")[:limit], [], actor)
    return sorted(lines, key=lambda line: (line.due_on is None, line.due_on or line.session.ends_on))


def count_to_notify(actor: Actor) -> int:
    """The candidates by the VAE whose delay of notification ends soon, or ended."""
    settings = vae_settings_for(actor.organisation_id)
    latest = now() - dt.timedelta(days=settings.notification - settings.warning)
    rows = _owed(actor).filter(route=Route.VAE, since__lte=latest)
    return rows.order_by().values("session_id", "candidate_id").distinct().count()


def results_to_tell(actor: Actor, session_id: uuid.UUID, candidate_id: uuid.UUID) -> tuple[Candidate, list[Acquired]]:
    """A candidate's results in a sealed session, its addenda counted; NotFound where there are none."""
    require(actor, "certification.manage")
    session = get_session(actor, session_id)
    sitting = _decided(actor).filter(session=session, candidate_id=candidate_id).first()
    if sitting is None:
        raise NotFound("results")
    found = [one for one in results_of(candidate_id) if one.session_id == session.pk]
    return sitting.candidate, sorted(found, key=lambda one: one.result.sitting.rank)


def _decided(actor: Actor) -> QuerySet[Any]:
    """The passages with a sealed result; ``since``: the instant it was sealed, or last corrected."""
    corrected = Addendum.objects.filter(sitting=OuterRef("pk")).order_by("-rank").values("signed_at")[:1]
    rows = Sitting.objects.filter(
        session__in=ExamSession.objects.managed_by(actor).filter(state=SessionState.SEALED),
        result__isnull=False,
        candidate__erased_at=None,
    )
    rows = rows.annotate(since=Coalesce(Subquery(corrected), F("session__minutes__sealed_at")))
    return rows.select_related("session", "candidate")


def _owed(actor: Actor) -> QuerySet[Any]:
    told = ResultNotice.objects.filter(
        session=OuterRef("session_id"), candidate=OuterRef("candidate_id"), noted_at__gte=OuterRef("since")
    )
    return _decided(actor).exclude(Exists(told))


def _lines(sittings: Iterable[Any], notices: Sequence[ResultNotice], actor: Actor) -> list[NoticeLine]:
    """One line a session and candidate; ``sittings`` as ``_decided`` annotates them."""
    delay = dt.timedelta(days=vae_settings_for(actor.organisation_id).notification)
    names = member_names(one.noted_by_id for one in notices)
    passages: dict[tuple[uuid.UUID, uuid.UUID], list[Any]] = {}
    for one in sittings:
        passages.setdefault((one.session_id, one.candidate_id), []).append(one)
    open_names([theirs[0].candidate for theirs in passages.values()])
    found = []
    for (_, candidate_id), theirs in passages.items():
        past = [(one, names[one.noted_by_id]) for one in notices if one.candidate_id == candidate_id]
        since = max(one.since for one in theirs)
        due_on = local(since).date() + delay if theirs[0].route == Route.VAE else None
        is_owed = not any(notice.noted_at >= since for notice, _ in past)
        found.append(NoticeLine(theirs[0].session, theirs[0].candidate, is_owed, due_on, past))
    return found
