"""What this module declares of the personal data it keeps: candidates and members of juries."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import QuerySet

from entremise.certification.models import Addendum, Candidate, Juror, Minutes, Survey
from entremise.certification.services.erasure import erase_candidates
from entremise.certification.services.surveys import forget_answers
from entremise.certification.vae_personal import WITH_THE_FILE, vae_rules
from entremise.core.personal import After, Basis, Owner, Processing, Rule, register_processing, register_rule
from entremise.core.time import now

DECADES = 50 * 365 + 12  # days
CERTIFICATION = Processing(
    code="certification",
    label="Certification des candidats",
    purpose="Instruire une candidature, réunir un jury, prouver un résultat et délivrer un certificat.",
    basis=Basis.LEGAL_OBLIGATION,
    persons=("Candidats à la certification", "Membres de jury", "Formateurs, tuteurs et accompagnateurs des candidats"),
    data=(
        "État civil du candidat, tel que l’acte de naissance",
        "Voie d’accès, preuves des prérequis, blocs visés",
        "Certificats délivrés, suites du dépôt officiel",
        "Grilles des membres du jury, résultats motivés, procès-verbaux signés",
        "Situation professionnelle déclarée à six mois et à deux ans, sans employeur ni salaire",
        "Qui a formé, tutoré ou accompagné le candidat ; liens des membres de jury",
    ),
    recipients=(
        "Le certificateur",
        "Le jury de la session, le temps de la session",
        "Le candidat, pour son dossier",
        "La Caisse des Dépôts, pour les certifications entières (code du travail, L. 6113-8)",
    ),
    sources=("Le candidat", "L’organisme qui l’a préparé", "Les membres de jury"),
    security=(
        "Chaque dossier de candidat a sa propre clé, détruite à la fin",
        "Deux dossiers de même état civil se retrouvent par une empreinte à clé",
    ),
)
_SEALED: tuple[str, ...] = ("sex", "birth_name", "usage_name", "first_names", "born_on", "birth_place", "birth_code")
_SEALED += ("birth_country", "email", "employer", "accommodations", "extra_time")
CIVIL = (
    *(f"certification.Candidate.{name}" for name in _SEALED),
    "certification.Companion.name",
    "certification.Companion.structure",
    "certification.Tie.reason",
    "certification.Tie.taken_back_for",
    "certification.Mark.comment",
    "certification.BlockResult.reason",
    "certification.BlockResult.advice",
    "certification.Certificate.content",
    "certification.Certificate.revocation",
    "certification.Badge.content",
    "certification.DepositLine.message",
    "certification.Submission.content",
    "certification.SubmissionFile.content",
    "certification.SubmissionFile.media_type",
    *WITH_THE_FILE,
)


def _due(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    rows = Candidate.objects.filter(organisation_id=organisation_id, erased_at=None, touched_at__lt=before)
    return rows.order_by("touched_at", "pk")


def _gone(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    rows = Juror.objects.filter(organisation_id=organisation_id, member__left_at__lt=before)
    return rows.exclude(function="", employer="").order_by("pk")


def _sealed(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    rows = Minutes.objects.filter(organisation_id=organisation_id, erased_at=None, sealed_at__lt=before)
    return rows.order_by("sealed_at", "pk")


def _answered(organisation_id: Owner, before: dt.datetime) -> QuerySet:
    rows = Survey.objects.filter(organisation_id=organisation_id, answered_at__lt=before)
    return rows.exclude(answer="").order_by("answered_at", "pk")


def _empty_minutes(minutes: Sequence[uuid.UUID]) -> int:
    """The text goes, the number, the signatures and the seals stay: the chain is still proved."""
    Addendum.objects.filter(minutes_id__in=minutes).update(text="")
    return Minutes.objects.filter(pk__in=minutes, erased_at=None).update(content="", erased_at=now())


def _forget_jurors(jurors: Sequence[uuid.UUID]) -> int:
    return Juror.objects.filter(pk__in=jurors).update(function="", employer="", is_active=False)


CANDIDATES = Rule(
    code="dossiers-candidats",
    label="Dossiers des candidats",
    processing=CERTIFICATION.code,
    fields=CIVIL,
    days=DECADES,
    starts="La dernière activité du dossier",
    after=After.ERASE,
    source="Blocs acquis à vie et duplicatas : usage de cinquante ans des registres de certification, domain §11.2",
    floor=3 * 365,
    due=_due,
    apply=erase_candidates,
    holds=("pk",),
    unit=("dossier", "dossiers"),
)
MINUTES = Rule(
    code="proces-verbaux-de-jury",
    label="Procès-verbaux de jury et additifs",
    processing=CERTIFICATION.code,
    fields=("certification.Minutes.content", "certification.Addendum.text"),
    days=DECADES,
    starts="Le jour où le procès-verbal est scellé",
    after=After.ANONYMISE,
    source="Preuve d’un bloc acquis à vie : usage de cinquante ans des registres de certification, domain §11.2",
    floor=10 * 365,
    due=_sealed,
    apply=_empty_minutes,
    holds=("pk", "session__sittings__candidate_id"),
    unit=("procès-verbal", "procès-verbaux"),
)
JURORS = Rule(
    code="membres-de-jury",
    label="Fonction et employeur des membres de jury",
    processing=CERTIFICATION.code,
    fields=("certification.Juror.function", "certification.Juror.employer"),
    days=5 * 365 + 1,
    starts="Le départ du membre",
    after=After.ERASE,
    source="Durée d’un enregistrement au registre national ; le procès-verbal garde la composition",
    due=_gone,
    apply=_forget_jurors,
    unit=("membre", "membres"),
)


SURVEYS = Rule(
    code="enquetes-insertion",
    label="Réponses aux enquêtes d’insertion",
    processing=CERTIFICATION.code,
    fields=("certification.Survey.answer",),
    days=3 * 365 + 1,
    starts="Le jour de la réponse",
    after=After.ANONYMISE,
    source="Le temps de publier deux promotions et d’en répondre au renouvellement de la fiche ; les comptes restent",
    due=_answered,
    apply=forget_answers,
    holds=("candidate_id",),
    unit=("réponse", "réponses"),
)
BADGE_KEYS = Rule(
    code="cles-de-badges",
    label="Clé qui signe les badges",
    processing=CERTIFICATION.code,
    fields=("certification.BadgeKey.seed",),
    days=None,
    starts="Une clé remplacée signe encore la liste de ses badges retirés",
    after=After.ERASE,
    source="Secret technique du certificateur",
)


def declare() -> None:
    """Called once, when the applications are ready."""
    register_processing(CERTIFICATION)
    for rule in (CANDIDATES, MINUTES, JURORS, SURVEYS, BADGE_KEYS, *vae_rules(CERTIFICATION.code)):
        register_rule(rule)
