"""What this module declares of the personal data it keeps: who did what, never a value."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet
from django_tasks_db.models import DBTaskResult

from entremise.core.personal import After, Basis, Owner, Processing, Rule, register_processing, register_rule
from entremise.core.time import local
from entremise.journal.models import Entry, Seal

TRACES = Processing(
    code="traces",
    label="Journal des opérations et sécurité",
    purpose="Prouver qui a fait quoi et qui a lu quoi, détecter un usage anormal, rendre compte aux personnes.",
    basis=Basis.LEGITIMATE_INTEREST,
    persons=("Membres de l’organisation", "Personnes dont la fiche est lue ou changée, par un identifiant seul"),
    data=("Compte, fonction, fiche, instant", "Empreintes de valeurs, jamais les valeurs"),
    recipients=("Délégué à la protection des données", "Exploitant, pour la vérification"),
    sources=("L’application elle-même",),
    security=("Ajout seul, refusé par la base", "Scellé chaque jour, scellés recopiés hors de la base"),
)


def _due(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    """Whole sealed days only: what is left must still match its seals. A day of margin for events around midnight."""
    kept = Entry.objects.filter(sequence__gte=OuterRef("first_sequence"), sequence__lte=OuterRef("last_sequence"))
    last_day = local(before).date() - dt.timedelta(days=2)
    return Seal.objects.filter(Exists(kept), day__lte=last_day)


def _apply(seals: Sequence[int]) -> int:
    """Drop the events of these days; their seals stay, so the chain can still be checked."""
    for seal in Seal.objects.filter(pk__in=seals):
        Entry.objects.filter(sequence__gte=seal.first_sequence, sequence__lte=seal.last_sequence).delete()
    return len(seals)


JOURNAL = Rule(
    code="journal",
    label="Événements du journal",
    processing=TRACES.code,
    fields=("journal.Entry.user_id", "journal.Entry.function", "journal.Entry.payload"),
    days=366,
    starts="Le jour de l’événement ; les scellés, de simples empreintes, restent",
    after=After.ERASE,
    source="CNIL, journalisation (délibération 2021-122) : six mois à un an ; un an, que la base elle-même garantit",
    floor=366,
    due=_due,
    apply=_apply,
    per_organisation=False,
    unit=("jour scellé", "jours scellés"),
    batch=1,
    routine=True,
)


def _finished(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    return DBTaskResult.objects.finished().filter(finished_at__lt=before)


QUEUE = Rule(
    code="travaux-finis",
    label="Travaux finis de la file",
    processing=TRACES.code,
    fields=("django_tasks_database.DBTaskResult.args_kwargs", "django_tasks_database.DBTaskResult.traceback"),
    days=14,
    starts="La fin du travail ; il ne porte que des identifiants",
    after=After.ERASE,
    source="Aucune durée du métier : deux semaines, le temps de comprendre un échec",
    due=_finished,
    apply=lambda rows: DBTaskResult.objects.finished().filter(pk__in=rows).delete()[0],
    per_organisation=False,
    unit=("travail", "travaux"),
    routine=True,
)


def declare() -> None:
    """Called once, when the applications are ready."""
    register_processing(TRACES)
    register_rule(JOURNAL)
    register_rule(QUEUE)
