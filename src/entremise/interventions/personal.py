"""What this module declares of the personal data it keeps: the words of acts, of threads, of refused requests."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from entremise.core.personal import After, Basis, Owner, Processing, Rule, register_processing, register_rule
from entremise.core.time import local
from entremise.interventions.models import CharterRefusal, InterventionRevision, PartyReading, TeamAction, Thread
from entremise.interventions.presets import REREADING
from entremise.interventions.queries.rereading import with_words
from entremise.interventions.services.rereading import clear_words

ACTS = Processing(
    code="interventions",
    label="Interventions et fils",
    purpose="Noter les actes de médiation, les relire en équipe, en rendre compte par des chiffres.",
    basis=Basis.PUBLIC_TASK,
    persons=("Habitants et usagers rencontrés, jamais nommés", "Médiateurs, auteurs des actes"),
    data=(
        "Récit factuel, parties désignées sans nom",
        "Lieu, moment, codes, effectifs par tranche d’âge",
        "Repère d’un fil, sans nom",
    ),
    recipients=("L’équipe et son encadrement, selon la visibilité choisie par l’auteur",),
    sources=("Les médiateurs", "Les personnes rencontrées"),
    sensitive="Handicap, exil, absence de domicile, signaux de danger : si le délégué l’a permis, avec un motif",
    security=("Textes chiffrés", "Repérage des noms à la saisie", "Relecture à douze mois"),
)
_READ = ("positions", "interests", "needs", "fears", "criteria")
_KEPT = ("narrative", "party_a", "party_b", "correction_request", "text_kept_reason")


def _revisions(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    """Those of acts whose words are gone; the others leave with the words."""
    rows = InterventionRevision.objects.filter(organisation_id=organisation_id, at__lt=before)
    return rows.filter(intervention__has_words=False)


def _threads(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    """Closed, or asleep: no act and no reminder since."""
    rows = Thread.objects.filter(organisation_id=organisation_id, opened_at__lt=before)
    rows = rows.exclude(label="", reminder_note="")
    waits = Q(reminder_on__gte=local(before).date())
    recent = Thread.objects.filter(organisation_id=organisation_id, interventions__occurred_at__gte=before)
    asleep = Q(closed_at=None) & ~waits & ~Q(pk__in=recent.values("pk"))
    return rows.filter(Q(closed_at__lt=before) | asleep)


def _empty_threads(threads: Sequence[uuid.UUID]) -> int:
    return Thread.objects.filter(pk__in=threads).update(label="", reminder_note="")


def _refusals(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    rows = CharterRefusal.objects.filter(organisation_id=organisation_id, asked_on__lt=local(before).date())
    return rows.exclude(circumstances="")


TEXTS = Rule(
    code=REREADING,
    label="Récits et parties des interventions",
    processing=ACTS.code,
    fields=tuple(f"interventions.Intervention.{name}" for name in _KEPT),
    days=365,
    starts="Le jour de l’acte ; ses chiffres restent ; le récit lié à une personne suivie vit avec sa fiche",
    after=After.REREAD,
    source="Relecture à douze mois (usage du métier) ; sans relecture dans les six mois, rendu anonyme",
    floor=30,
    grace=183,
    due=with_words,
    apply=clear_words,
    holds=("pk", "thread_id", "sealed_for"),
    unit=("récit", "récits"),
)
REVISIONS = Rule(
    code="versions",
    label="Versions des interventions",
    processing=ACTS.code,
    fields=("interventions.InterventionRevision.changes",),
    days=365,
    starts="Le changement ; au plus tard avec le récit, qui les emporte",
    after=After.ERASE,
    source="L’avant et l’après ne survivent pas au récit ; le journal garde le fait du changement",
    floor=30,
    due=_revisions,
    apply=lambda rows: InterventionRevision.objects.filter(pk__in=rows).delete()[0],
    holds=("intervention_id", "intervention__thread_id", "sealed_for"),
    unit=("version", "versions"),
)
READINGS = Rule(
    code="lectures",
    label="Lectures des parties",
    processing=ACTS.code,
    fields=tuple(f"interventions.PartyReading.{name}" for name in _READ),
    days=365,
    starts="Le jour où le médiateur l’a écrite ; au plus tard avec le récit, qui l’emporte",
    after=After.ERASE,
    source="Aide à la lecture du médiateur : elle ne survit pas au récit",
    floor=30,
    due=lambda organisation_id, before: PartyReading.objects.filter(organisation_id=organisation_id, at__lt=before),
    apply=lambda rows: PartyReading.objects.filter(pk__in=rows).delete()[0],
    holds=("act_id", "act__thread_id", "sealed_for"),
    unit=("lecture", "lectures"),
)
ACTIONS = Rule(
    code="actions-equipe",
    label="Actions d’équipe",
    processing=ACTS.code,
    fields=("interventions.TeamAction.text",),
    days=2 * 365,
    starts="L’ouverture, une fois l’action faite",
    after=After.ERASE,
    source="Le temps de voir si la tension revient ; écrites sans nom",
    floor=30,
    due=lambda organisation_id, before: TeamAction.objects.filter(
        organisation_id=organisation_id, opened_at__lt=before
    ).exclude(done_at=None),
    apply=lambda rows: TeamAction.objects.filter(pk__in=rows).delete()[0],
    unit=("action", "actions"),
)
THREADS = Rule(
    code="fils",
    label="Repères et rappels des fils",
    processing=ACTS.code,
    fields=("interventions.Thread.label", "interventions.Thread.reminder_note"),
    days=365,
    starts="La clôture du fil, ou son dernier acte ; sa référence et ses actes restent",
    after=After.ANONYMISE,
    source="Aucune durée du métier : celle des récits qu’il relie",
    floor=30,
    due=_threads,
    apply=_empty_threads,
    holds=("pk", "person_id"),
    unit=("fil", "fils"),
)
REFUSALS = Rule(
    code="demandes-refusees",
    label="Précisions des demandes refusées au nom de la Charte",
    processing=ACTS.code,
    fields=("interventions.CharterRefusal.circumstances",),
    days=365,
    starts="Le jour de la demande ; son motif reste compté",
    after=After.ANONYMISE,
    source="Aucune durée du métier : celle de la main courante",
    floor=7,
    due=_refusals,
    apply=lambda rows: CharterRefusal.objects.filter(pk__in=rows).update(circumstances=""),
    unit=("demande", "demandes"),
)


def declare() -> None:
    """Called once, when the applications are ready."""
    register_processing(ACTS)
    for rule in (TEXTS, REVISIONS, READINGS, ACTIONS, THREADS, REFUSALS):
        register_rule(rule)
