"""What presence puts in « Ce qui m’attend », and its figures of the day."""

import datetime as dt

from django.urls import reverse

from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.ui.formats import hours
from entremise.presence import figures, waiting
from entremise.presence.figures import DayFigure
from entremise.presence.queries.log import instructions_to_read
from entremise.presence.queries.rounds import rounds_left_open
from entremise.presence.queries.totals import round_totals
from entremise.presence.queries.watch import silent_defects
from entremise.presence.waiting import WaitingItem

MANY = 100  # past this, "99+" would not help more


def register() -> None:
    """Called once, when the applications are ready."""
    waiting.register(forgotten_rounds)
    waiting.register(unread_instructions)
    waiting.register(unanswered_defects)
    figures.register(presence_of_the_day)


def forgotten_rounds(actor: Actor) -> list[WaitingItem]:
    """Rounds still open after fourteen hours: to be closed by someone, never alone."""
    if not can(actor, "presence.work"):
        return []
    found = list(rounds_left_open(actor)[:MANY])
    if not found:
        return []
    label = "tournée restée ouverte" if len(found) == 1 else "tournées restées ouvertes"
    url = (
        reverse("presence:close_round", args=[found[0].pk])
        if len(found) == 1
        else f"{reverse('presence:rounds')}?etat=ouverte"
    )
    return [
        WaitingItem(
            label=label,
            count=len(found),
            url=url,
            kind="presence.left_open",
            action="Indiquer l’heure de fin",
            detail="Elle n’est pas comptée dans les heures tant qu’elle n’est pas terminée.",
            tone="attention",
        )
    ]


def unread_instructions(actor: Actor) -> list[WaitingItem]:
    """Instructions of colleagues that the actor has not marked as read."""
    if not can(actor, "presence.view_log"):
        return []
    count = instructions_to_read(actor)[:MANY].count()
    label = "consigne à lire" if count == 1 else "consignes à lire"
    url = f"{reverse('presence:log_home')}#consignes"
    return [WaitingItem(label=label, count=count, url=url, kind="presence.instructions", action="Lire")]


def unanswered_defects(actor: Actor) -> list[WaitingItem]:
    """Defects reported more than a week ago without an answer."""
    if not can(actor, "presence.manage_defects"):
        return []
    count = silent_defects(actor)[:MANY].count()
    label = "signalement technique sans réponse" if count == 1 else "signalements techniques sans réponse"
    return [
        WaitingItem(
            label=f"{label} depuis plus de 7 jours",
            count=count,
            url=f"{reverse('presence:defects')}?etat=signale&tri=-delai",
            kind="presence.silent_defects",
            action="Relancer",
        )
    ]


def presence_of_the_day(actor: Actor, day: dt.date) -> list[DayFigure]:
    """Hours and contacts of the actor's teams on that day."""
    if not can(actor, "presence.view_log") or actor.organisation_id is None:
        return []
    totals = round_totals(actor.organisation_id, start=day, end=day, team_ids=actor.team_ids)
    out = f" · {totals.unclosed} en cours" if totals.unclosed else ""
    rounds = reverse("presence:rounds")
    return [
        DayFigure(
            value=hours(totals.minutes),
            label=f"de présence, tournées terminées{out}",
            url=f"{rounds}?du={day.isoformat()}&au={day.isoformat()}",
        ),
        DayFigure(
            value=str(totals.contacts),
            label=f"{'contact' if totals.contacts < 2 else 'contacts'}, {totals.sites} "
            f"{'lieu' if totals.sites < 2 else 'lieux'}",
        ),
    ]
