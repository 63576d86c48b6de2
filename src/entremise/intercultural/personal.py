"""What this module declares of the personal data it keeps."""

import datetime as dt

from django.db.models import Q, QuerySet

from entremise.core.personal import After, Basis, Owner, Processing, Rule, register_processing, register_rule
from entremise.core.time import local
from entremise.intercultural.models import InterpreterUse

CARDS = Processing(
    code="cartes",
    label="Cartes en langues",
    purpose="Dire aux habitants, dans leur langue, qui est le médiateur et quels sont leurs droits.",
    basis=Basis.LEGITIMATE_INTEREST,
    persons=("Personnes qui relisent une traduction ou prêtent leur voix",),
    data=("Nom que la personne accepte de voir sous le texte qu’elle a relu", "Voix enregistrée"),
    recipients=("Membres de l’organisation", "Habitants à qui la carte est montrée"),
    sources=("La personne elle-même",),
)
REVIEWS = Rule(
    code="cartes-relectures",
    label="Noms des relecteurs des cartes",
    processing=CARDS.code,
    fields=("intercultural.CardReview.reviewer_name",),
    days=None,
    starts="Aussi longtemps que le texte relu est montré ; une nouvelle relecture remplace le nom",
    after=After.ERASE,
    source="Entremise : un texte dit toujours qui l’a relu",
)
VOICES = Rule(
    code="cartes-voix",
    label="Voix enregistrées des cartes",
    processing=CARDS.code,
    fields=("intercultural.CardVoice.speaker_name", "intercultural.CardVoice.file_name"),
    days=None,
    starts="Tant que la voix accompagne la carte ; effacée dès que la personne le demande ou qu’une autre la remplace",
    after=After.ERASE,
    source="RGPD, article 7 : l’accord se retire à tout moment",
)
INTERPRETING = Processing(
    code="interpretes",
    label="Besoins d’interprète",
    purpose="Savoir quelles langues manquent à l’équipe, ce que l’interprétariat coûte, et le dire aux financeurs.",
    basis=Basis.LEGITIMATE_INTEREST,
    persons=("Habitants, sans identité", "Services d’interprétariat"),
    data=(
        "Langue, jour, durée, coût, résultat ; le service appelé ; l’intervention concernée, pour ceux qui la lisent",
    ),
    recipients=("L’équipe concernée", "L’encadrement et l’audit, par totaux"),
    sources=("Les médiateurs",),
)


def _old(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    rows = InterpreterUse.objects.filter(organisation_id=organisation_id, used_on__lt=local(before).date())
    return rows.filter(Q(act_id__isnull=False) | ~Q(service=""))


USES = Rule(
    code="interpretes",
    label="Service appelé et intervention d’un besoin d’interprète",
    processing=INTERPRETING.code,
    fields=("intercultural.InterpreterUse.act_id", "intercultural.InterpreterUse.service"),
    days=730,
    starts="Le jour du besoin ; la langue, la durée, le coût et le résultat restent pour les totaux",
    after=After.ANONYMISE,
    source="CNIL, référentiel accompagnement social (délibération 2021-028) : deux ans",
    floor=30,
    due=_old,
    apply=lambda rows: InterpreterUse.objects.filter(pk__in=rows).update(act_id=None, service=""),
    unit=("besoin", "besoins"),
)


def declare() -> None:
    """Called once, when the applications are ready."""
    register_processing(CARDS)
    register_processing(INTERPRETING)
    for rule in (REVIEWS, VOICES, USES):
        register_rule(rule)
