"""What waits for the certifier and for members of juries."""

from django.template.defaultfilters import pluralize
from django.urls import reverse

from entremise.certification.enums import SessionState
from entremise.certification.models import ExamSession
from entremise.certification.queries.candidates import own_file
from entremise.certification.queries.convocations import calls_of
from entremise.certification.queries.deposits import count_late
from entremise.certification.vae_waiting import vae_waiting
from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.ui.formats import short_date
from entremise.core.waiting import WaitingItem


def waiting_for(actor: Actor) -> list[WaitingItem]:
    """For the certifier, deposits near their legal term; for a juror, the sessions where they are awaited."""
    found = vae_waiting(actor)
    if can(actor, "certification.manage") and (late := count_late(actor)):
        found.append(
            WaitingItem(
                label=f"certification{pluralize(late)} à déposer avant la fin des trois mois",
                count=late,
                url=reverse("certification:deposits"),
                kind="certification.deposits",
                action="Voir le dépôt",
                tone="attention",
            )
        )
    if can(actor, "certification.judge"):
        wanted = (SessionState.OPEN, SessionState.DELIBERATING, SessionState.SIGNING)
        sessions = ExamSession.objects.visible_to(actor).filter(state__in=wanted).count()
        if sessions:
            found.append(
                WaitingItem(
                    label=f"session{pluralize(sessions)} de jury où vous êtes attendu",
                    count=sessions,
                    url=reverse("certification:sessions"),
                    kind="certification.sessions",
                    action="Ouvrir la session",
                )
            )
        found += _seated(actor)
    return found + _called(actor)


def _seated(actor: Actor) -> list[WaitingItem]:
    """The sessions to come where a juror is convoked."""
    days = list(
        ExamSession.objects.visible_to(actor)
        .filter(state=SessionState.CONVOKED)
        .order_by("starts_on")
        .values_list("starts_on", flat=True)
    )
    if not days or can(actor, "certification.manage"):
        return []
    return [
        WaitingItem(
            label=f"session{pluralize(days)} à venir où vous siégez",
            count=len(days),
            url=reverse("certification:sessions"),
            kind="certification.seats",
            detail=f"La première commence le {short_date(days[0])}.",
            action="Lire ma convocation",
        )
    ]


def _called(actor: Actor) -> list[WaitingItem]:
    """The sessions where a candidate passes."""
    file = own_file(actor) if can(actor, "certification.submit") else None
    calls = calls_of(file) if file is not None and file.erased_at is None else []
    if file is None or not calls:
        return []
    return [
        WaitingItem(
            label=f"session{pluralize(len(calls))} où vous passez",
            count=len(calls),
            url=reverse("certification:candidate", args=[file.pk]),
            kind="certification.calls",
            detail=f"La première commence le {short_date(calls[0].session.starts_on)}.",
            action="Lire ma convocation",
        )
    ]
