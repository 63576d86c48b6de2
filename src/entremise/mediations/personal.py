"""What this module declares of the personal data it keeps: everything confided in a mediation."""

import datetime as dt

from django.apps import apps
from django.db.models import Q, QuerySet

from entremise.core.personal import (
    After,
    Basis,
    Owner,
    Processing,
    Rule,
    personal_fields,
    register_processing,
    register_rule,
)
from entremise.mediations.models import Case
from entremise.mediations.services.erasure import erase_cases

MEDIATIONS = Processing(
    code="mediations",
    label="Médiations formelles",
    purpose="Conduire une médiation entre des personnes, ou avec une institution, et en suivre l’accord.",
    basis=Basis.LEGITIMATE_INTEREST,
    persons=("Parties à la médiation, leurs représentants et accompagnants", "Médiateurs du dossier"),
    data=(
        "Étapes, dates, issue montrée",
        "Parties, accords pour entrer, séances",
        "Notes confidentielles, fiches de préparation",
        "Accord, engagements, suites",
    ),
    recipients=("Les médiateurs du dossier et eux seuls ; l’encadrement voit l’étape et les dates",),
    sources=("Les parties", "Qui a demandé la médiation"),
    sensitive="Ce que les parties confient librement ; aucun champ n’en demande",
    security=(
        "Chaque dossier a sa propre clé, détruite à la fin",
        "Coffre fermé 72 heures après un mot de passe refait",
        "Deux personnes pour toute succession",
    ),
)


def _due(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    """Closed, or left without a move, since before."""
    cases = Case.objects.filter(organisation_id=organisation_id, erased_at=None)
    return cases.filter(Q(closed_at__lt=before) | Q(closed_at=None, moved_at__lt=before)).order_by("opened_at", "pk")


def declare() -> None:
    """Called once, when the applications are ready."""
    register_processing(MEDIATIONS)
    register_rule(
        Rule(
            code="mediations",
            label="Médiations formelles",
            processing=MEDIATIONS.code,
            fields=tuple(
                name for model in apps.get_app_config("mediations").get_models() for name in personal_fields(model)
            ),
            days=365,
            starts="La clôture, suivi de l’accord compris ; à défaut, le dernier changement d’étape",
            after=After.ERASE,
            source="Fin du suivi de l’accord, plus un an (usage du métier) ; les parties gardent leur accord",
            floor=90,
            due=_due,
            apply=erase_cases,
            holds=("pk", "party_rows__person_id"),
            unit=("médiation", "médiations"),
        )
    )
