"""What waits for the certifier and for members of juries."""

from django.urls import reverse

from entremise.certification.enums import SessionState
from entremise.certification.models import ExamSession
from entremise.certification.queries.deposits import count_late
from entremise.certification.vae_waiting import vae_waiting
from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.waiting import WaitingItem


def waiting_for(actor: Actor) -> list[WaitingItem]:
    """For the certifier, deposits near their legal term; for a juror, the sessions where they are awaited."""
    found = vae_waiting(actor)
    if can(actor, "certification.manage") and (late := count_late(actor)):
        found.append(
            WaitingItem(
                label="certifications à déposer avant la fin des trois mois",
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
                    label="session de jury où vous êtes attendu"
                    if sessions == 1
                    else "sessions de jury où vous êtes attendu",
                    count=sessions,
                    url=reverse("certification:sessions"),
                    kind="certification.sessions",
                    action="Ouvrir la session",
                )
            )
    return found
