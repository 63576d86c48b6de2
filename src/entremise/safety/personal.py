"""What this module declares of the personal data it keeps: staff in danger, where and when, and their codes."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import QuerySet

from entremise.core.personal import After, Basis, Owner, Processing, Rule, register_processing, register_rule
from entremise.core.time import now
from entremise.safety.models import Alert, Debrief, DebriefPerson, IncidentSheet, PresenceTimer, SheetPerson

SAFETY = Processing(
    code="securite-equipe",
    label="Sécurité de l’équipe : alertes, minuteurs, astreinte",
    purpose="Prévenir les collègues et l’astreinte quand un membre de l’équipe a besoin d’aide.",
    basis=Basis.LEGAL_OBLIGATION,
    persons=("Médiateurs et encadrants", "Personnes d’astreinte"),
    data=(
        "Lieu et heure d’une alerte ou d’un minuteur demandés par la personne",
        "Réponses des collègues, numéros d’astreinte",
    ),
    recipients=("L’équipe et son encadrement", "Les membres d’astreinte"),
    sources=("La personne elle-même",),
    security=(
        "Aucune position suivie : seul le lieu choisi part",
        "Codes hachés",
        "Courriels sans nom ni lieu",
        "Alerte discrète jamais montrée à la personne qu’elle concerne",
    ),
)
INCIDENTS = Processing(
    code="incidents-equipe",
    label="Fiches d’incident d’équipe et débriefings",
    purpose="Protéger le personnel : ce qui lui est arrivé, ce qui a été proposé, ce qui suit.",
    basis=Basis.LEGAL_OBLIGATION,
    persons=("Médiateurs et encadrants",),
    data=("Faits et gestes de protection", "Soutiens proposés, dates de plainte, de déclaration, de soutien"),
    recipients=("L’auteur, les personnes concernées et l’encadrement de l’équipe", "L’employeur : des nombres seuls"),
    sources=("Les personnes concernées",),
    security=("Textes chiffrés", "Ni reste de l’équipe, ni administrateur, ni financeur", "Petits nombres masqués"),
)
_SOURCE = "Code du travail, L. 4121-1 : le temps de comprendre ce qui s’est passé, pas de suivre les salariés"


def _alerts(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    return Alert.objects.filter(organisation_id=organisation_id, raised_at__lt=before).exclude(closed_at=None)


def _timers(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    return PresenceTimer.objects.filter(organisation_id=organisation_id, armed_at__lt=before)


def _delete_timers(timers: Sequence[uuid.UUID]) -> int:
    return PresenceTimer.objects.filter(pk__in=timers).delete()[1].get("safety.PresenceTimer", 0)


def _sheets(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    return IncidentSheet.objects.filter(organisation_id=organisation_id, happened_at__lt=before, cleared_at=None)


def _clear_sheets(sheets: Sequence[uuid.UUID]) -> int:
    """The words, the persons and the dates go; kind, month and team stay counted."""
    SheetPerson.objects.filter(incidentsheet_id__in=sheets).delete()
    dates = dict.fromkeys(("told_on", "complaint_on", "accident_on", "listened_on"))
    rows = IncidentSheet.objects.filter(pk__in=sheets)
    return rows.update(facts="", done="", support=[], site=None, cleared_at=now(), **dates)


def _debriefs(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    return Debrief.objects.filter(organisation_id=organisation_id, held_at__lt=before, cleared_at=None)


def _clear_debriefs(debriefs: Sequence[uuid.UUID]) -> int:
    DebriefPerson.objects.filter(debrief_id__in=debriefs).delete()
    rows = Debrief.objects.filter(pk__in=debriefs)
    return rows.update(facts="", lived="", helped="", change="", support=[], cleared_at=now())


SHEETS = Rule(
    code="fiches-incident",
    label="Fiches d’incident d’équipe",
    processing="incidents-equipe",
    fields=("safety.IncidentSheet.facts", "safety.IncidentSheet.done"),
    days=5 * 365,
    starts="Le moment des faits ; la nature et le mois restent comptés",
    after=After.ANONYMISE,
    source="Prescription de droit commun, cinq ans (Code civil, article 2224)",
    floor=365,
    due=_sheets,
    apply=_clear_sheets,
    holds=("pk", "act_id"),
    unit=("fiche", "fiches"),
)
DEBRIEFS = Rule(
    code="debriefings",
    label="Débriefings",
    processing="incidents-equipe",
    fields=tuple(f"safety.Debrief.{name}" for name in ("facts", "lived", "helped", "change")),
    days=365,
    starts="Le jour où il a été tenu",
    after=After.ANONYMISE,
    source="Aucune durée du métier : celle de la main courante",
    floor=30,
    due=_debriefs,
    apply=_clear_debriefs,
    holds=("subject_id",),
    unit=("débriefing", "débriefings"),
)
ALERTS = Rule(
    code="alertes-equipe",
    label="Alertes de l’équipe",
    processing=SAFETY.code,
    fields=("safety.Alert.raised_at",),
    days=365,
    starts="L’alerte, une fois close ; la ligne de main courante suit sa propre durée",
    after=After.ERASE,
    source=_SOURCE,
    floor=30,
    due=_alerts,
    holds=("sheets",),
    apply=lambda alerts: Alert.objects.filter(pk__in=alerts).delete()[1].get("safety.Alert", 0),
    unit=("alerte", "alertes"),
)
TIMERS = Rule(
    code="minuteurs",
    label="Minuteurs de présence",
    processing=SAFETY.code,
    fields=("safety.PresenceTimer.armed_at",),
    days=30,
    starts="Le moment où il est armé ; l’alarme qu’il a donnée suit la durée des alertes",
    after=After.ERASE,
    source=_SOURCE,
    due=_timers,
    apply=_delete_timers,
    unit=("minuteur", "minuteurs"),
    routine=True,
)
CODES = Rule(
    code="codes-minuteur",
    label="Codes du minuteur",
    processing=SAFETY.code,
    fields=("safety.SafetyCodes.end_hash", "safety.SafetyCodes.duress_hash"),
    days=None,
    starts="Tant que la personne est membre et ne les a pas effacés",
    after=After.ERASE,
    source="Entremise",
)
CHAIN = Rule(
    code="astreinte",
    label="Chaîne d’astreinte",
    processing=SAFETY.code,
    fields=("safety.OnCallRung.label", "safety.OnCallRung.phone"),
    days=None,
    starts="Tant que l’organisation garde ce rang ; le membre en sort en partant",
    after=After.ERASE,
    source="Entremise",
)


def declare() -> None:
    """Called once, when the applications are ready."""
    register_processing(SAFETY)
    register_processing(INCIDENTS)
    for rule in (ALERTS, TIMERS, CODES, CHAIN, SHEETS, DEBRIEFS):
        register_rule(rule)
