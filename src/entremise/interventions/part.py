"""What this module holds about a followed person: given to them when they ask, emptied when they are erased."""

import json
import uuid
from collections.abc import Iterator, Sequence

from entremise.accounts.queries import ListChoices, choices_for
from entremise.core.db import open_together
from entremise.core.time import now
from entremise.core.ui.formats import short_date
from entremise.interventions.models import Intervention, Thread
from entremise.interventions.queries import content_of
from entremise.interventions.services.rereading import clear_words
from entremise.places.queries import site_names
from entremise.privacy.services import Item, Part

WITHHELD = (
    "Ce qui décrit ou rapporte l’autre partie n’est pas remis : cela concerne quelqu’un d’autre (RGPD, article 15.4)."
)
STAYS = "des chiffres sans personne : la date, le lieu, le registre et le résultat de chaque intervention."


def collect(person_id: uuid.UUID) -> Iterator[Item]:
    """The threads about a person, then each act in them, whoever may read it, with its former words."""
    for thread in Thread.objects.filter(person_id=person_id).order_by("opened_at", "pk"):
        facts = [("Référence du fil", thread.reference)]
        facts += [("Repère de l’équipe", thread.label)] if thread.label else []
        facts += [("Rappel le", short_date(thread.reminder_on))] if thread.reminder_on else []
        facts += [("Objet du rappel", thread.reminder_note)] if thread.reminder_note else []
        yield Item(title="Fil de suivi", at=thread.opened_at, facts=facts)
    found = Intervention.objects.filter(thread__person_id=person_id).prefetch_related("codes", "public", "revisions")
    acts = list(found.order_by("occurred_at", "pk"))
    sites = site_names(act.site_id for act in acts)
    lists = choices_for(acts[0].organisation_id, "L1", "L10", "L11", "L17", "L18", "L19") if acts else {}
    for act in acts:
        yield _item(act, sites.get(act.site_id, ""), lists)


def _item(act: Intervention, site: str, lists: dict[str, ListChoices]) -> Item:
    content = content_of(act)
    facts = [("Référence", act.reference), ("Lieu", site)]
    for label, codes, reference in (
        ("Registre", content.registers, "L1"),
        ("Demande", content.demands, "L10"),
        ("Thème", content.themes, "L11"),
        ("Action", content.actions, "L17"),
        ("Résultat", (content.outcome,), "L18"),
        ("Suite", content.follow_ups, "L19"),
    ):
        facts += [(label, ", ".join(lists[reference].label(code) for code in codes))] if codes else []
    facts += [("Récit", act.narrative)] if act.narrative else []
    facts += [("Correction demandée", act.correction_request)] if act.correction_request else []
    facts += list(_former(act))
    return Item(
        title="Intervention", at=act.occurred_at, facts=facts, withheld=WITHHELD if act.party_a or act.party_b else ""
    )


def _former(act: Intervention) -> Iterator[tuple[str, str]]:
    """The words that corrections replaced."""
    revisions = sorted(act.revisions.all(), key=lambda revision: revision.version)
    open_together(revisions, "changes")
    for revision in revisions:
        before = json.loads(revision.changes or "{}").get("narrative", [""])[0]
        if before:
            yield f"Récit avant la correction du {short_date(revision.at)}", before


def erase(person_ids: Sequence[uuid.UUID]) -> int:
    """Empty the words of these persons' acts and threads, and undo the link; figures stay. Harmless when run twice."""
    acts = list(Intervention.objects.filter(sealed_for__in=person_ids).values_list("pk", flat=True))
    changed = clear_words(acts)
    # The fingerprint of what was sent would let someone check a guess at the words.
    Intervention.objects.filter(pk__in=acts).update(thread=None, sealed_for=None, command_fingerprint="")
    threads = Thread.objects.filter(person_id__in=person_ids)
    threads.filter(closed_at=None).update(closed_at=now())
    return changed + threads.update(label="", reminder_note="", reminder_on=None, person=None)


def concerned(record_ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """The persons whom these threads and acts concern: a legal hold on one of them holds the person."""
    threads = Thread.objects.filter(pk__in=record_ids, person_id__isnull=False).values_list("person_id", flat=True)
    acts = Intervention.objects.filter(pk__in=record_ids, sealed_for__isnull=False)
    found = (*threads, *acts.values_list("sealed_for", flat=True))
    return {person_id for person_id in found if person_id is not None}


PART = Part(
    code="interventions",
    label="Interventions et fils",
    collect=collect,
    erase=erase,
    stays=STAYS,
    concerned=concerned,
)
