"""What the trade decides in advance: registers per job, fields per register, sensitive values."""

import datetime as dt

from entremise.accounts.enums import Job
from entremise.interventions.enums import DangerSign, NormRegister, PublicQuality, Register

LOG_SUBJECT = "intervention"  # what lines of the team log about acts point at
REREADING = "recits"  # the retention rule of an act's words

# The register of the norm each of ours rolls up to (domain §1.4; organisations may check it
# against the edition of the norm they own).
NORM_REGISTERS = {
    Register.PRESENCE_ACTIVE: NormRegister.PRESENCE_ACTIVE,
    Register.CONFLIT_TEMPS_REEL: NormRegister.CONFLITS,
    Register.CONFLIT_TEMPS_DIFFERE: NormRegister.CONFLITS,
    Register.INCOMPREHENSIONS: NormRegister.INCOMPREHENSIONS,
    Register.MISE_EN_RELATION: NormRegister.MISE_EN_RELATION,
    Register.CONCERTATION: NormRegister.CONCERTATION,
    Register.VEILLE_SOCIALE: NormRegister.VEILLE_SOCIALE,
    Register.VEILLE_TECHNIQUE: NormRegister.VEILLE_SOCIALE,
    Register.PROJETS_COLLECTIFS: NormRegister.PROJETS_COLLECTIFS,
    Register.SENSIBILISATION: NormRegister.SENSIBILISATION,
    Register.INTERMEDIATION_CULTURELLE: NormRegister.INCOMPREHENSIONS,
}

CONFLICT_REGISTERS = frozenset({Register.CONFLIT_TEMPS_REEL, Register.CONFLIT_TEMPS_DIFFERE})

# Rare enough, beside a place, to point at someone: lists and the team log keep quiet about them there.
TELLING_OBJECTS = frozenset({"norme_culturelle", "discrimination", "hygiene_logement", "argent", "harcelement"})
# A tension comes back when a team noted the same object at the same place this often in that many days.
RECURRENCE_TIMES, RECURRENCE_DAYS = 3, 30

# Sensitive data: shown so that the reflex card opens, kept only if the data protection officer
# switched them on, with a reason.
SENSITIVE = {
    ("L16", DangerSign.CRISE_PSY): "Donnée de santé",
    ("L16", DangerSign.SUICIDE): "Donnée de santé",
    ("L16", DangerSign.RADICALITE): "Opinion ou croyance prêtée à une personne",
    ("L8", PublicQuality.HANDICAP): "Donnée de santé",
    ("L8", PublicQuality.EXILE): "Origine d’une personne",
    ("L8", PublicQuality.SANS_DOMICILE): "Grande vulnérabilité, personne reconnaissable près d’un lieu",
}

# Two phones of one pair note the start of a situation as each remembers it, rounded to five minutes, and an act lasts
# ten to twenty: within a quarter of an hour it may be one. Beyond, two disputes in one hall in an evening are ordinary.
SAME_SITUATION = dt.timedelta(minutes=15)
ASKED_FOR = dt.timedelta(days=3)  # the first page asks about recent acts; an older pair is said on its own page

_COMMON = (Register.PRESENCE_ACTIVE, Register.MISE_EN_RELATION, Register.VEILLE_SOCIALE)
_CONFLICTS = (Register.CONFLIT_TEMPS_REEL, Register.CONFLIT_TEMPS_DIFFERE)
_INSTITUTIONS = (Register.INCOMPREHENSIONS, Register.INTERMEDIATION_CULTURELLE)
_COLLECTIVE = (Register.CONCERTATION, Register.PROJETS_COLLECTIFS, Register.SENSIBILISATION)

# Sensitive values that stay on the page so that the reflex card opens; the others are not even offered.
OPENS_A_CARD = "L16"

REGISTERS_BY_JOB: dict[Job, tuple[Register, ...]] = {
    Job.ESPACES_PUBLICS: (*_CONFLICTS, *_COMMON, Register.VEILLE_TECHNIQUE, *_INSTITUTIONS, *_COLLECTIVE),
    Job.MILIEU_SCOLAIRE: (*_CONFLICTS, *_COMMON, *_INSTITUTIONS, Register.SENSIBILISATION, Register.PROJETS_COLLECTIFS),
    Job.PUBLICS_EN_ERRANCE: (*_COMMON, Register.CONFLIT_TEMPS_REEL, *_INSTITUTIONS),
    Job.PREVENTION_SPECIALISEE: (*_COMMON, *_CONFLICTS, *_INSTITUTIONS, *_COLLECTIVE),
    Job.POINTS_ACCUEIL: (*_COMMON, *_INSTITUTIONS, *_CONFLICTS, Register.SENSIBILISATION),
    Job.EMPLOI: (*_COMMON, *_INSTITUTIONS, *_COLLECTIVE),
    Job.NUMERIQUE: (*_COMMON, *_INSTITUTIONS, Register.SENSIBILISATION, Register.PROJETS_COLLECTIFS),
    Job.TRANSPORTS: (*_CONFLICTS, *_COMMON, Register.VEILLE_TECHNIQUE, Register.SENSIBILISATION, *_INSTITUTIONS),
    Job.SOCIOCULTUREL: (*_COMMON, *_COLLECTIVE, *_CONFLICTS, *_INSTITUTIONS),
}


def registers_of(job: str) -> tuple[Register, ...]:
    """The registers that a team of this job works in, in order; every register when the job is unknown."""
    known = {str(key): registers for key, registers in REGISTERS_BY_JOB.items()}
    return known.get(job, tuple(Register))
