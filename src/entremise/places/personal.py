"""What this module declares of the personal data it keeps: spreadsheets waiting to be confirmed."""

import datetime as dt

from django.db.models import QuerySet

from entremise.core.personal import After, Basis, Owner, Processing, Rule, register_processing, register_rule
from entremise.places.models import ImportDraft

IMPORTS = Processing(
    code="imports",
    label="Tableurs relus avant import",
    purpose="Montrer à l’encadrant les lignes lues d’un tableur de lieux ou de partenaires avant de les enregistrer.",
    basis=Basis.LEGITIMATE_INTEREST,
    persons=("Interlocuteurs des partenaires, si le tableur en nomme",),
    data=("Lignes du tableur envoyé",),
    recipients=("L’encadrant qui l’a envoyé, lui seul",),
    sources=("Le tableur de l’organisation",),
    security=("Une heure au plus",),
)


def _lapsed(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    return ImportDraft.objects.filter(organisation_id=organisation_id, expires_at__lte=before)


DRAFTS = Rule(
    code="imports",
    label="Tableurs relus avant import",
    processing=IMPORTS.code,
    fields=("places.ImportDraft.rows", "places.ImportDraft.refusals"),
    days=0,
    starts="Une heure après l’envoi, ou la confirmation",
    after=After.ERASE,
    source="Aucune durée du métier : le temps de relire",
    floor=0,
    due=_lapsed,
    apply=lambda drafts: ImportDraft.objects.filter(pk__in=drafts).delete()[0],
    unit=("tableur", "tableurs"),
    hourly=True,
    routine=True,
)


def declare() -> None:
    """Called once, when the applications are ready."""
    register_processing(IMPORTS)
    register_rule(DRAFTS)
