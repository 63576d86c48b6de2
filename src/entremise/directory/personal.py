"""What this module declares of the personal data it keeps: whom to ask for at a partner's."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from entremise.core.personal import After, Basis, Owner, Processing, Rule, register_processing, register_rule
from entremise.directory.models import Partner

PARTNERS = Processing(
    code="partenaires",
    label="Annuaire des partenaires",
    purpose="Savoir qui appeler et prévenir : coordonnées publiques des services, jamais celles d’un particulier.",
    basis=Basis.LEGITIMATE_INTEREST,
    persons=("Interlocuteurs professionnels des partenaires",),
    data=("Numéro et adresse du service, qui appeler à défaut, remarque",),
    recipients=("Membres de l’organisation",),
    sources=("Le partenaire", "Annuaires publics"),
)
_CONTACTS = ("phone", "email", "call_instead", "note")


def _withdrawn(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    filled = ~Q(**dict.fromkeys(_CONTACTS, ""))
    return Partner.objects.filter(filled, organisation_id=organisation_id, is_active=False, closed_at__lt=before)


def _empty(partners: Sequence[uuid.UUID]) -> int:
    rows = Partner.objects.filter(pk__in=partners, is_active=False)
    return rows.update(**dict.fromkeys(_CONTACTS, ""))


CONTACTS = Rule(
    code="partenaires-retires",
    label="Contacts des partenaires retirés",
    processing=PARTNERS.code,
    fields=tuple(f"directory.Partner.{name}" for name in _CONTACTS),
    days=365,
    starts="Le retrait du partenaire ; tant qu’il est en service, la fiche est vérifiée et corrigée",
    after=After.ANONYMISE,
    source="Aucune durée du métier : un an, le temps de remettre en service une fiche retirée par erreur",
    floor=30,
    due=_withdrawn,
    apply=_empty,
    unit=("fiche", "fiches"),
)


def declare() -> None:
    """Called once, when the applications are ready."""
    register_processing(PARTNERS)
    register_rule(CONTACTS)
