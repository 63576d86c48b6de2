"""What acts and threads put in front of someone: things to do, figures of the day."""

import datetime as dt

from django.urls import reverse

from entremise.core.actor import Actor
from entremise.core.permissions import can
from entremise.core.time import day_bounds
from entremise.interventions.queries import day_counts, due_threads, list_to_correct, list_to_review, recent_pairs
from entremise.interventions.queries.after import due_actions, due_returns
from entremise.interventions.queries.rereading import list_to_reread
from entremise.presence.figures import DayFigure
from entremise.presence.waiting import WaitingItem

MANY = 100  # counted up to here


def waiting_for(actor: Actor) -> list[WaitingItem]:
    """Acts to read again, acts sent back, reminders that have come."""
    if not can(actor, "interventions.list"):
        return []
    items = []
    if can(actor, "interventions.review"):
        count = list_to_review(actor).order_by()[:MANY].count()
        items.append(_item("to_validate", count, "intervention", "à valider", "interventions:review", "Les relire"))
        count = list_to_reread(actor).order_by()[:MANY].count()
        items.append(_item("to_reread", count, "récit", "d’un an, à relire", "interventions:rereading", "Les relire"))
    count = list_to_correct(actor).order_by()[:MANY].count()
    url = f"{reverse('interventions:list')}?etat=a_corriger&miennes=on&periode=tout"
    items.append(_item("to_correct", count, "intervention", "à corriger", url, "Les corriger", tone="attention"))
    items.append(_alike(actor))
    due = list(due_threads(actor)[:MANY])
    url = reverse("interventions:thread", args=[due[0].pk]) if len(due) == 1 else reverse("interventions:threads")
    items.append(_item("reminders", len(due), "rappel", "de fil pour aujourd’hui", url, "Ouvrir"))
    items += _following(actor)
    return [item for item in items if item.count]


def _alike(actor: Actor) -> WaitingItem:
    """Acts that two people, or two phones, may have noted about one situation."""
    pairs = recent_pairs(actor)
    one = reverse("interventions:merge", args=[act.pk for act in pairs[0]]) if len(pairs) == 1 else ""
    url = one or reverse("interventions:pairs")
    tail = "de fiches : même situation ?"
    return _item("alike", len(pairs), "paire", tail, url, "Les comparer")


def _following(actor: Actor) -> list[WaitingItem]:
    """Places to go back to, and one's own actions whose day has come."""
    count = due_returns(actor).order_by()[:MANY].count()
    words = "lieu où repasser" if count < 2 else "lieux où repasser"
    place = reverse("interventions:after")
    visits = WaitingItem(kind="interventions.returns", count=count, label=words, url=place, action="Voir les lieux")
    mine = list(due_actions(actor).values_list("pk", flat=True)[:MANY])
    url = reverse("interventions:action", args=[mine[0]]) if len(mine) == 1 else reverse("interventions:actions")
    return [visits, _item("actions", len(mine), "action", "d’équipe à faire", url, "Ouvrir", tone="attention")]


def _item(kind: str, count: int, noun: str, tail: str, url: str, action: str, *, tone: str = "card") -> WaitingItem:
    words = f"{noun}{'s' if count > 1 else ''} {tail}"
    address = reverse(url) if url.startswith("interventions:") else url
    return WaitingItem(kind=f"interventions.{kind}", count=count, label=words, url=address, action=action, tone=tone)


def figures_of(actor: Actor, day: dt.date) -> list[DayFigure]:
    """Acts of the day, and how the day's conflicts ended."""
    if not can(actor, "interventions.list"):
        return []
    start, end = day_bounds(day)
    acts, conflicts, calmed = day_counts(actor, start, end)
    url = f"{reverse('interventions:list')}?periode=dates&du={day}&au={day}"
    figures = [
        DayFigure(
            value=str(acts),
            label="intervention" if acts < 2 else "interventions",
            definition="Actes de médiation datés et situés ; ce ne sont pas des personnes.",
            url=url,
        )
    ]
    if conflicts:
        figures.append(
            DayFigure(
                value=f"{calmed} sur {conflicts}",
                label="conflit finit apaisé" if conflicts == 1 else "conflits finissent apaisés",
                definition="Apaisés, accords oraux ou écrits, dialogues rétablis, sur tous les conflits du jour.",
                url=f"{url}&conflits=on",
            )
        )
    return figures
