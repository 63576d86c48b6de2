"""What the registers of data protection keep about persons themselves."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from entremise.core.personal import After, Basis, Owner, Processing, Rule, register_processing, register_rule
from entremise.core.time import now
from entremise.privacy.models import Breach, BreachRevision

_TEXTS = ("description", "consequences", "measures", "not_notified", "late_reason", "not_informed")

COMPLIANCE = Processing(
    code="conformite",
    label="Registres de la protection des données",
    purpose=(
        "Tenir le registre des traitements, les analyses d’impact, la liste des sous-traitants et le registre des "
        "violations ; prévenir à temps la CNIL et les personnes."
    ),
    basis=Basis.LEGAL_OBLIGATION,
    persons=("Contact du délégué et du responsable", "Membres qui écrivent ou signalent", "Personnes touchées"),
    data=(
        "Coordonnées publiées du responsable et du délégué",
        "Textes d’une violation : ce qui s’est passé, conséquences, mesures",
        "Auteur et date de chaque version",
    ),
    recipients=("Le délégué à la protection des données", "L’administration", "L’audit, sans les textes", "La CNIL"),
    sources=("Les membres de l’organisation",),
    security=("Textes chiffrés sous la clé de l’organisation", "Versions et corrections gardées, jamais réécrites"),
)


def _closed_before(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    rows = Breach.objects.filter(organisation_id=organisation_id, closed_at__lt=before, erased_at=None)
    return rows.order_by("closed_at", "pk")


def _erase_words(identifiers: Sequence[Any]) -> int:
    BreachRevision.objects.filter(breach_id__in=identifiers).update(words="")
    rows = Breach.objects.filter(pk__in=identifiers, erased_at=None)
    return rows.update(erased_at=now(), **dict.fromkeys(_TEXTS, ""))


BREACHES = Rule(
    code="violations",
    label="Textes des violations de données",
    processing=COMPLIANCE.code,
    fields=(*(f"privacy.Breach.{name}" for name in _TEXTS), "privacy.BreachRevision.words"),
    days=5 * 365,
    starts="La clôture de la violation",
    after=After.ANONYMISE,
    source="RGPD, article 33 § 5 : documentation tenue à la disposition de la CNIL ; cinq ans, durée de prescription",
    floor=365,
    due=_closed_before,
    apply=_erase_words,
    holds=("pk",),
    unit=("violation", "violations"),
)
REGISTER = Rule(
    code="registre",
    label="Versions du registre des traitements",
    processing=COMPLIANCE.code,
    fields=("privacy.RegisterVersion.words",),
    days=None,
    starts="Tant que l’organisation traite des données",
    after=After.ERASE,
    source="RGPD, article 30 : le registre est tenu à la disposition de la CNIL",
)
IMPACT = Rule(
    code="analyses_impact",
    label="Versions des analyses d’impact",
    processing=COMPLIANCE.code,
    fields=("privacy.ImpactVersion.words",),
    days=None,
    starts="Tant que le traitement analysé est mis en œuvre",
    after=After.ERASE,
    source="RGPD, article 35 § 11 : l’analyse est revue tant que le traitement dure",
)


def declare() -> None:
    """Called once, when the applications are ready."""
    register_processing(COMPLIANCE)
    for rule in (BREACHES, REGISTER, IMPACT):
        register_rule(rule)
