"""What this module declares of the personal data it keeps: the files it prepares."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import QuerySet

from entremise.core.actor import system_actor
from entremise.core.personal import After, Basis, Owner, Processing, Rule, register_processing, register_rule
from entremise.documents.enums import FileStatus
from entremise.documents.models import GeneratedFile
from entremise.documents.services.preparation import erase

EXPORTS = Processing(
    code="exports",
    label="Exports préparés",
    purpose="Remettre à un membre la liste qu’il a demandée, le temps qu’il la prenne.",
    basis=Basis.LEGITIMATE_INTEREST,
    persons=("Personnes et membres cités dans la liste",),
    data=("Le contenu de la liste demandée",),
    recipients=("Le membre qui l’a demandée, lui seul",),
    sources=("Les fiches de l’organisation",),
    security=(
        "Chiffré au repos",
        "Téléchargement journalisé",
        "Effacé après 48 heures, sept jours pour le dossier d’une personne",
    ),
)


def _ready(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    return _prepared(organisation_id, before).filter(subject_id=None)


def _ready_about_someone(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    return _prepared(organisation_id, before).filter(subject_id__isnull=False)


def _prepared(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    return GeneratedFile.objects.filter(
        organisation_id=organisation_id, status=FileStatus.PRETE, created_at__lte=before
    )


def _erase(files: Sequence[uuid.UUID]) -> int:
    for file in GeneratedFile.objects.filter(pk__in=files, status=FileStatus.PRETE):
        erase(file, system_actor(file.organisation_id))
    return len(files)


def _traces(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    rows = GeneratedFile.objects.filter(organisation_id=organisation_id, created_at__lte=before)
    return rows.exclude(status=FileStatus.PRETE)


def _forget(files: Sequence[uuid.UUID]) -> int:
    return GeneratedFile.objects.filter(pk__in=files).exclude(status=FileStatus.PRETE).delete()[0]


FILES = Rule(
    code="exports",
    label="Exports préparés",
    processing=EXPORTS.code,
    fields=("documents.GeneratedFile.file_name",),
    days=2,
    starts="La demande",
    after=After.ERASE,
    source="Aucune durée du métier : le temps de prendre le fichier, même après un jour de repos",
    due=_ready,
    apply=_erase,
    unit=("fichier", "fichiers"),
    hourly=True,
    routine=True,
)
DOSSIERS = Rule(
    code="dossiers-prepares",
    label="Copies du dossier d’une personne",
    processing=EXPORTS.code,
    fields=("documents.GeneratedFile.subject_id",),
    days=7,
    starts="La demande de préparation",
    after=After.ERASE,
    source="Aucune durée du métier : le temps de la remettre en main propre",
    due=_ready_about_someone,
    apply=_erase,
    unit=("fichier", "fichiers"),
    hourly=True,
    routine=True,
)
TRACES = Rule(
    code="exports-traces",
    label="Traces des exports",
    processing=EXPORTS.code,
    fields=("documents.GeneratedFile.params",),
    days=30,
    starts="La demande",
    after=After.ERASE,
    source="Aucune durée du métier : un mois, le temps de retrouver ce qu’on a demandé ; le journal garde le fait",
    due=_traces,
    apply=_forget,
    unit=("trace", "traces"),
    routine=True,
)


def declare() -> None:
    """Called once, when the applications are ready."""
    register_processing(EXPORTS)
    register_rule(FILES)
    register_rule(DOSSIERS)
    register_rule(TRACES)
