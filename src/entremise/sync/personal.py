"""What this module declares of the personal data it keeps: sealed operations, until they have served."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from entremise.core.personal import After, Basis, Owner, Processing, Rule, register_processing, register_rule
from entremise.sync.enums import ConflictState
from entremise.sync.models import Conflict, MediaSlot, Receipt, Stray

NOTEBOOK = Processing(
    code="carnet",
    label="Carnet hors ligne",
    purpose="Recevoir sans perte ni doublon ce qui a été noté sur un téléphone sans réseau.",
    basis=Basis.PUBLIC_TASK,
    persons=("Habitants et usagers, jamais nommés", "Médiateurs"),
    data=("Les fiches notées, le temps de leur réception", "Dernier contact et état des téléphones, jamais leur place"),
    recipients=("L’auteur", "L’encadrement : états et heures ; le contenu des fiches de son équipe s’il y a à choisir"),
    sources=("Les médiateurs",),
    security=("Chaque opération scellée sur le téléphone", "Effacement à distance d’un téléphone perdu"),
)
FORGOTTEN = dt.timedelta(days=335)


def _with_words(organisation_id: Owner) -> QuerySet:
    held = Receipt.objects.filter(organisation=organisation_id).exclude(envelope="", answer="")
    return held.exclude(conflict__state=ConflictState.OUVERT)


def _due(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    """Those settled; and those held, refused or set aside that nobody took up for a year."""
    waiting = Q(settled_at=None, received_at__lt=before - FORGOTTEN)
    return _with_words(organisation_id).filter(Q(settled_at__lt=before) | waiting)


def empty(receipts: Sequence[uuid.UUID]) -> int:
    """Forget the words of these operations: their numbers stay, so that none is ever applied twice."""
    MediaSlot.objects.filter(receipt_id__in=receipts).update(secret="")
    Conflict.objects.filter(receipt_id__in=receipts).update(fields="")
    return Receipt.objects.filter(pk__in=receipts).update(envelope="", answer="", news_since=None)


ENVELOPES = Rule(
    code="carnet-enveloppes",
    label="Enveloppes des opérations",
    processing=NOTEBOOK.code,
    fields=("sync.Receipt.envelope", "sync.Receipt.answer", "sync.MediaSlot.secret", "sync.Conflict.fields"),
    days=30,
    starts="Le jour où l’opération est appliquée ; un an de plus pour celle que personne n’a reprise. Le numéro reste",
    after=After.ERASE,
    source="Le temps que le téléphone garde son propre journal (ADR 0009)",
    floor=1,
    due=_due,
    apply=empty,
    unit=("enveloppe", "enveloppes"),
)
STRAYS = Rule(
    code="carnet-envois",
    label="Envois sans numéro",
    processing=NOTEBOOK.code,
    fields=("sync.Stray.text",),
    days=365,
    starts="La réception",
    after=After.ERASE,
    source="La même durée que les opérations jamais réglées",
    floor=30,
    due=lambda organisation_id, before: Stray.objects.filter(organisation=organisation_id, received_at__lt=before),
    apply=lambda rows: Stray.objects.filter(pk__in=rows).delete()[0],
    unit=("envoi", "envois"),
)
KEYS = Rule(
    code="carnet-cles",
    label="Clés de réception",
    processing=NOTEBOOK.code,
    fields=("sync.OrganisationKey.private",),
    days=None,
    starts="Aussi longtemps que l’organisation : elles ouvrent ce que les téléphones scellent",
    after=After.ERASE,
    source="Entremise",
)


def declare() -> None:
    """Called once, when the applications are ready."""
    register_processing(NOTEBOOK)
    for rule in (ENVELOPES, STRAYS, KEYS):
        register_rule(rule)
