"""What this module declares of the personal data it keeps: words of the log, of the watch and of defects."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from entremise.core.personal import After, Basis, Owner, Processing, Rule, register_processing, register_rule
from entremise.presence.enums import OPEN_DEFECTS
from entremise.presence.models import Acknowledgement, Defect, DefectStep, LogEntry, Observation, TallyTap

FIELD = Processing(
    code="presence",
    label="Présence, main courante, veille et signalements",
    purpose="Organiser les tournées, passer les consignes d’une équipe à l’autre, signaler ce qui est cassé.",
    basis=Basis.PUBLIC_TASK,
    persons=("Habitants et usagers, jamais nommés", "Médiateurs"),
    data=("Consignes, appels, observations d’ambiance, précisions d’un signalement", "Heures et lieux de présence"),
    recipients=("L’équipe et son encadrement", "Le gestionnaire d’un lieu : catégorie et place seulement"),
    sources=("Les médiateurs", "Habitants et partenaires, sans nom"),
    security=("Textes chiffrés", "Repérage des noms à la saisie", "Anonymat imposé à certaines équipes"),
)
FORGOTTEN = dt.timedelta(days=365)  # more, for a defect that nobody closed
_DOMAIN = "Durée d’un an de la main courante, puis chiffres seuls (usage du métier)"


def _log_lines(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    return LogEntry.objects.filter(organisation_id=organisation_id, occurred_at__lt=before).exclude(text="")


def _empty_lines(lines: Sequence[uuid.UUID]) -> int:
    Acknowledgement.objects.filter(entry_id__in=lines).delete()  # who had read words that are no more
    return LogEntry.objects.filter(pk__in=lines).update(text="")


def _observations(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    return Observation.objects.filter(organisation_id=organisation_id, observed_at__lt=before).exclude(text="")


def _defects(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    """Those no longer open, and those nobody ever closed."""
    noted = DefectStep.objects.filter(defect=OuterRef("pk")).exclude(note="")
    with_words = Defect.objects.filter(~Q(description="") | Exists(noted), organisation_id=organisation_id)
    closed = ~Q(status__in=OPEN_DEFECTS)
    unfollowed = closed & Q(resolved_at=None, reported_at__lt=before)
    forgotten = Q(reported_at__lt=before - FORGOTTEN)
    return with_words.filter(Q(resolved_at__lt=before) | unfollowed | forgotten)


def _empty_defects(defects: Sequence[uuid.UUID]) -> int:
    DefectStep.objects.filter(defect_id__in=defects).exclude(note="").update(note="")
    return Defect.objects.filter(pk__in=defects).update(description="")


LOG = Rule(
    code="main-courante",
    label="Textes de la main courante",
    processing=FIELD.code,
    fields=("presence.LogEntry.text",),
    days=365,
    starts="Le moment noté ; la ligne reste, avec ses codes et ses nombres",
    after=After.ANONYMISE,
    source=_DOMAIN,
    floor=7,
    due=_log_lines,
    apply=_empty_lines,
    unit=("texte", "textes"),
)
WATCH = Rule(
    code="observations",
    label="Textes des observations",
    processing=FIELD.code,
    fields=("presence.Observation.text",),
    days=365,
    starts="Le jour de l’observation ; son type et son lieu restent comptés",
    after=After.ANONYMISE,
    source=_DOMAIN,
    floor=7,
    due=_observations,
    apply=lambda rows: Observation.objects.filter(pk__in=rows).update(text=""),
    unit=("texte", "textes"),
)
DEFECTS = Rule(
    code="signalements",
    label="Précisions des signalements",
    processing=FIELD.code,
    fields=("presence.Defect.description", "presence.DefectStep.note"),
    days=365,
    starts="La réparation constatée ou le signalement classé ; un an de plus pour celui que personne n’a clos",
    after=After.ANONYMISE,
    source="Aucune durée du métier : celle de la main courante",
    floor=7,
    due=_defects,
    apply=_empty_defects,
    unit=("signalement", "signalements"),
)
TAPS = Rule(
    code="gestes",
    label="Gestes de comptage",
    processing=FIELD.code,
    fields=("presence.TallyTap.token",),
    days=2,
    starts="Le geste ; le total reste",
    after=After.ERASE,
    source="Le temps qu’une même demande envoyée deux fois ne compte qu’une",
    due=lambda organisation_id, before: TallyTap.objects.filter(stop__organisation_id=organisation_id, at__lt=before),
    apply=lambda taps: TallyTap.objects.filter(pk__in=taps).delete()[0],
    unit=("geste", "gestes"),
    routine=True,
)


def declare() -> None:
    """Called once, when the applications are ready."""
    register_processing(FIELD)
    for rule in (LOG, WATCH, DEFECTS, TAPS):
        register_rule(rule)
