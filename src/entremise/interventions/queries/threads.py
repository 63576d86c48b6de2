"""Reads of threads."""

import uuid
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from entremise.core.actor import Actor
from entremise.core.db import get_one, open_together
from entremise.core.time import today
from entremise.interventions.models import Intervention, Thread
from entremise.interventions.queries.lists import SEALED

OFFERED = 30  # threads offered in a form


def list_threads(actor: Actor, *, open_only: bool = True) -> QuerySet[Thread]:
    """Threads of the actor's teams, the latest opened first."""
    threads = Thread.objects.visible_to(actor).select_related("person")
    if open_only:
        threads = threads.filter(closed_at=None)
    return threads.order_by("-opened_at", "-pk")


def acts_of_threads(actor: Actor, thread_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many acts of each thread the actor may read, in one query; threads without any are absent."""
    acts = Intervention.objects.visible_to(actor).filter(thread__in=list(thread_ids)).order_by()
    return dict(acts.values_list("thread_id").annotate(Count("pk")))


def thread_choices(actor: Actor, team_ids: Iterable[uuid.UUID] | None = None) -> list[tuple[str, str]]:
    """Open threads for a form: (identifier, "Fil K7QF-2MX · repère")."""
    threads = list_threads(actor)
    if team_ids is not None:
        threads = threads.filter(team_id__in=list(team_ids))
    return [(str(thread.pk), title) for thread, title in titles_of(threads[:OFFERED])]


def title_of(thread: Thread) -> str:
    """How to write a thread: its reference, the followed person's, then the team's own label if it gave one."""
    about = f"personne {thread.person.reference}" if thread.person else ""
    return " · ".join(part for part in (f"Fil {thread.reference}", about, thread.label) if part)


def titles_of(threads: Iterable[Thread]) -> list[tuple[Thread, str]]:
    """Threads with their titles: the store of keys is asked once for all the labels."""
    threads = list(threads)
    open_together(threads, "label")
    return [(thread, title_of(thread)) for thread in threads]


def threads_of_person(actor: Actor, person_id: uuid.UUID) -> QuerySet[Thread]:
    """The threads about a followed person, open or closed, the latest opened first."""
    return list_threads(actor, open_only=False).filter(person_id=person_id)


def acts_of_person(actor: Actor, person_id: uuid.UUID) -> QuerySet[Intervention]:
    """The acts of these threads that the actor may read, the latest first."""
    acts = Intervention.objects.visible_to(actor).filter(thread__person_id=person_id)
    return acts.defer(*SEALED).order_by("-occurred_at", "-pk")


def get_thread(actor: Actor, thread_id: uuid.UUID) -> Thread:
    """A thread of the actor's teams; NotFound otherwise."""
    return get_one(Thread.objects.visible_to(actor).select_related("person").filter(pk=thread_id))


def thread_acts(actor: Actor, thread: Thread) -> QuerySet[Intervention]:
    """The acts of a thread that the actor may read, the latest first."""
    acts = Intervention.objects.visible_to(actor).filter(thread=thread)
    return acts.defer(*SEALED).order_by("-occurred_at", "-pk")


def due_threads(actor: Actor) -> QuerySet[Thread]:
    """Open threads of the actor's teams whose reminder has come, the oldest first."""
    threads = Thread.objects.visible_to(actor).filter(closed_at=None, reminder_on__lte=today())
    return threads.order_by("reminder_on", "pk")
