"""What this module declares of the personal data it keeps: texts around the figures, the post of a convention."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from entremise.core.personal import After, Basis, Owner, Processing, Rule, register_processing, register_rule
from entremise.core.time import local
from entremise.statistics.models import Convention, ReportDraft

REPORTS = Processing(
    code="bilans",
    label="Bilans et conventions",
    purpose="Rendre compte aux financeurs de l’activité, par des chiffres dont les petits nombres sont masqués.",
    basis=Basis.PUBLIC_TASK,
    persons=("Titulaire d’un poste adulte-relais et son tuteur", "Habitants, en situations anonymisées"),
    data=("Poste, missions, parcours de formation", "Textes du bilan écrits par l’encadrant"),
    recipients=("Encadrement", "Financeur : chiffres, et textes s’il les reçoit par courrier"),
    sources=("L’encadrant", "Les fiches d’intervention, en nombres"),
    security=("Textes chiffrés", "Liens de trente jours, sans les textes"),
)
_TEXTS = ("highlights", "situations", "outlook")


def _ended(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    rows = Convention.objects.filter(organisation_id=organisation_id, ends_on__lt=local(before).date())
    return rows.exclude(post="", missions="")


def _texts(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    rows = ReportDraft.objects.filter(organisation_id=organisation_id, period_end__lt=local(before).date())
    return rows.filter(~Q(**dict.fromkeys(_TEXTS, "")), updated_at__lt=before)


def _empty_texts(drafts: Sequence[uuid.UUID]) -> int:
    return ReportDraft.objects.filter(pk__in=drafts).update(**dict.fromkeys(_TEXTS, ""))


POSTS = Rule(
    code="conventions",
    label="Poste et missions des conventions terminées",
    processing=REPORTS.code,
    fields=("statistics.Convention.post", "statistics.Convention.missions"),
    days=365,
    starts="La fin de la convention ; ses dates, ses lieux et ses chiffres restent",
    after=After.ANONYMISE,
    source="Aucune durée du métier : un an, le temps de rendre le dernier bilan et de répondre au financeur",
    floor=90,
    due=_ended,
    apply=lambda rows: Convention.objects.filter(pk__in=rows).update(post="", missions=""),
    unit=("convention", "conventions"),
)
TEXTS = Rule(
    code="textes-bilans",
    label="Textes des bilans",
    processing=REPORTS.code,
    fields=tuple(f"statistics.ReportDraft.{name}" for name in _TEXTS),
    days=730,
    starts="Le dernier jour de la période, ou la dernière écriture si elle est plus récente",
    after=After.ANONYMISE,
    source="Aucune durée du métier : deux ans, pour écrire le bilan suivant en regard du précédent",
    floor=90,
    due=_texts,
    apply=_empty_texts,
    unit=("bilan", "bilans"),
)


def declare() -> None:
    """Called once, when the applications are ready."""
    register_processing(REPORTS)
    register_rule(POSTS)
    register_rule(TEXTS)
