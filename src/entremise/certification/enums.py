"""Closed lists of the certification: candidates, juries, sessions, results."""

from django.db.models import TextChoices


class Sex(TextChoices):
    """As civil status writes it; the official deposit knows no other."""

    F = "F", "Féminin"
    M = "M", "Masculin"


class ExperienceNature(TextChoices):
    """How the experience asked at the entry of training was lived: both count alike."""

    SALARIED = "salaried", "Salariée"
    VOLUNTEER = "volunteer", "Bénévole"
    BOTH = "both", "Salariée et bénévole"


class Companionship(TextChoices):
    """What somebody was to a candidate on the way: each of these keeps one from judging them."""

    TRAINER = "trainer", "Formateur ou formatrice"
    TUTOR = "tutor", "Tuteur ou tutrice de stage"
    COMPANION = "companion", "Accompagnateur ou accompagnatrice (VAE comprise)"
    HOST = "host", "Employeur du stage"


class TieKind(TextChoices):
    """A link between a member of the jury and a candidate: declared, or known from the candidate's file."""

    TRAINER = "trainer", "A formé le candidat"
    TUTOR = "tutor", "A été son tuteur"
    COMPANION = "companion", "L’a accompagné"
    HOST = "host", "L’a reçu en stage comme employeur"
    FAMILY = "family", "Lien familial ou personnel"
    HIERARCHY = "hierarchy", "Lien hiérarchique"
    EMPLOYER = "employer", "Même employeur"
    OTHER = "other", "Autre lien déclaré"


class SessionState(TextChoices):
    """Where a session of certification stands."""

    PREPARING = "preparing", "En préparation"
    CONVOKED = "convoked", "Convoquée"
    OPEN = "open", "Épreuves en cours"
    DELIBERATING = "deliberating", "En délibération"
    SIGNING = "signing", "Procès-verbal à signer"
    SEALED = "sealed", "Procès-verbal scellé"
    CANCELLED = "cancelled", "Annulée"


# The exam has not begun: dates, place and candidates may still change.
BEFORE = (SessionState.PREPARING, SessionState.CONVOKED)
# A jury member reads a session only while it lives.
LIVING = (SessionState.CONVOKED, SessionState.OPEN, SessionState.DELIBERATING, SessionState.SIGNING)
# Its jury may still change: nothing is sealed.
JURY_CHANGES = (SessionState.PREPARING, *LIVING)


class SeatState(TextChoices):
    """What became of a member of the jury in a session."""

    EXPECTED = "expected", "Attendu"
    PRESENT = "present", "Présent"
    ABSENT = "absent", "Absent"
    RECUSED = "recused", "Récusé"


class Attendance(TextChoices):
    """Whether a candidate came."""

    EXPECTED = "expected", "Attendu"
    PRESENT = "present", "Présent"
    ABSENT = "absent", "Absent"
    EXCUSED = "excused", "Excusé"


class Level(TextChoices):
    """What one member saw of one competence."""

    SHOWN = "shown", "Démontrée"
    PARTLY = "partly", "En partie démontrée"
    NOT_SHOWN = "not_shown", "Non démontrée"


class Outcome(TextChoices):
    """The result of a block: nothing in between."""

    ACQUIRED = "acquired", "Acquis"
    NOT_ACQUIRED = "not_acquired", "Non acquis"


class TieBreak(TextChoices):
    """What happens when as many members say acquired as not: the record is silent, the certifier decides."""

    PRESIDENT = "president", "La voix du président est prépondérante"
    AGAIN = "again", "Le jury délibère à nouveau jusqu’à se départager"
    CANDIDATE = "candidate", "Le partage profite au candidat"


class Modality(TextChoices):
    """How the exam is held, with the codes of the official deposit."""

    ON_SITE = "EN_PRESENTIEL", "En présence"
    REMOTE = "A_DISTANCE", "À distance"
    MIXED = "MIXTE", "Mixte"


class CertificateKind(TextChoices):
    """What is delivered."""

    FULL = "full", "Certificat (parchemin)"
    BLOCK = "block", "Attestation de bloc"


class DepositState(TextChoices):
    """What became of a certification in a file of the official deposit; without a row, it is to send."""

    SENT = "sent", "Envoyé"
    ACCEPTED = "accepted", "Accepté"
    REJECTED = "rejected", "Rejeté"
    REPLACED = "replaced", "Remplacé"


# A line in one of these states carries nothing any more: its certification is to send again.
UNDONE = (DepositState.REJECTED, DepositState.REPLACED)


class DepositProfile(TextChoices):
    """The version of the official file. The second is known from who uses it, not from its own text."""

    PUBLISHED = "1.1.2", "1.1.2, vérifiée sur le schéma publié"
    SECOND_HAND = "1.1.5", "1.1.5, connue de seconde main"


class DepositAction(TextChoices):
    """What a file asks of the register; version 1.1.2 has no word for the second."""

    CREATION = "CREATION", "Dépôt"
    SUPPRESSION = "SUPPRESSION", "Retrait"


class OrderRule(TextChoices):
    """How candidates follow one another."""

    ALPHABETICAL = "alphabetical", "Alphabétique"
    DRAWN = "drawn", "Tirée au sort, la même si on la refait"
    KEPT = "kept", "Celle de la page"


class Turn(TextChoices):
    """What comes round first when candidates pass several blocks."""

    BLOCK = "block", "Bloc après bloc, chacun commence à son tour"
    CANDIDATE = "candidate", "Candidat après candidat"


class ClashKind(TextChoices):
    """Why a passage cannot be held as it is placed."""

    CANDIDATE = "candidate", "Le candidat serait à deux endroits à la fois"
    JURY = "jury", "Le jury serait à deux endroits à la fois"
    ROOM = "room", "La salle est prise deux fois"
    REST = "rest", "Le candidat n’a pas le repos prévu entre ses deux passages"
    PAUSE = "pause", "Le passage prend sur la pause"
    DAY = "day", "Le passage sort des heures de la journée"
    DATES = "dates", "Le passage tombe hors des jours de la session"
    UNPLACED = "unplaced", "Le passage n’a pas d’horaire : les journées sont trop courtes"


class Wave(TextChoices):
    """When holders are asked what became of them."""

    SIX_MONTHS = "6m", "À six mois"
    TWO_YEARS = "24m", "À deux ans"


WAVE_MONTHS = {Wave.SIX_MONTHS: 6, Wave.TWO_YEARS: 24}


class NoticeChannel(TextChoices):
    """How a candidate was told their results."""

    LETTER = "letter", "Par courrier"
    EMAIL = "email", "Par courrier électronique"
    HAND = "hand", "En main propre"


class Situation(TextChoices):
    """What a holder does today, in the words of France compétences; the last four leave numerator and denominator."""

    EMPLOYED = "employed", "En emploi, salarié ou à votre compte"
    SEEKING = "seeking", "Sans emploi, en recherche"
    RESTING = "resting", "Sans emploi, sans en chercher"
    STUDYING = "studying", "En études ou en formation"
    APPRENTICE = "apprentice", "En alternance"
    UNABLE = "unable", "Dans l’incapacité de travailler, pour un temps ou pour toujours"
    ABROAD = "abroad", "En activité hors du marché du travail français"


NEUTRALISED = frozenset({Situation.STUDYING, Situation.APPRENTICE, Situation.UNABLE, Situation.ABROAD})


class SurveyState(TextChoices):
    """Where the question put to a holder stands."""

    WAITING = "waiting", "En attente de réponse"
    EXPIRED = "expired", "Lien échu, à joindre"
    CLOSED = "closed", "Lien fermé"
    ANSWERED = "answered", "A répondu"
    DECLINED = "declined", "Ne souhaite pas répondre"


class Channel(TextChoices):
    """How an answer came."""

    LINK = "link", "Par le lien"
    PHONE = "phone", "Par téléphone"


class FeasibilityState(TextChoices):
    """Where the dossier de faisabilité of a VAE stands."""

    DRAFT = "draft", "En préparation"
    SENT = "sent", "Envoyé"
    COMPLETE = "complete", "Complet"
    INCOMPLETE = "incomplete", "Incomplet"
    ADMISSIBLE = "admissible", "Recevable"
    REJECTED = "rejected", "Non recevable"


class ValidationState(TextChoices):
    """Where the dossier de validation of a VAE stands; the jury hears only a verified one."""

    AWAITED = "awaited", "Attendu"
    SENT = "sent", "Envoyé"
    FLAGGED = "flagged", "Signalé"
    VERIFIED = "verified", "Vérifié"


class Mastery(TextChoices):
    """What the candidate says of a competence in the dossier de faisabilité."""

    YES = "yes", "Oui"
    PARTLY = "partly", "En partie"
    NO = "no", "Non"


class Opinion(TextChoices):
    """What the accompagnateur thinks of the feasibility."""

    FAVORABLE = "favorable", "Favorable"
    UNFAVORABLE = "unfavorable", "Défavorable"


class PieceKind(TextChoices):
    """What a piece joined to a VAE dossier proves."""

    ID_CARD = "id_card", "Pièce d’identité"
    EXEMPTION = "exemption", "Justificatif d’équivalence ou de dispense"
    TRAINING = "training", "Attestation de formation"
    ADDITIONAL = "additional", "Pièce complémentaire"
    VALIDATION = "validation", "Dossier de validation"
    SERVICE = "service", "Document déposé au service national"


class VaeStepKind(TextChoices):
    """What happened to a VAE dossier, in its history."""

    SENT = "sent", "Dossier de faisabilité envoyé"
    COMPLETE = "complete", "Dossier de faisabilité complet"
    INCOMPLETE = "incomplete", "Dossier de faisabilité incomplet"
    ADMISSIBLE = "admissible", "Dossier de faisabilité recevable"
    REJECTED = "rejected", "Dossier de faisabilité non recevable"
    VALIDATION_SENT = "validation_sent", "Dossier de validation envoyé"
    FLAGGED = "flagged", "Dossier de validation signalé"
    VERIFIED = "verified", "Dossier de validation vérifié"
    TO_CORRECT = "to_correct", "Résultat changé par un additif, à faire corriger au service national"
    CORRECTED = "corrected", "Le service national tient le résultat d’aujourd’hui"
    FETCHED = "fetched", "Documents du service national repris"
    HEARD = "heard", "Résultat du jury ; le dossier de validation se rouvre s’il reste des blocs"
    IDLE = "idle", "Sans activité : réponse attendue du candidat"
    RESUMED = "resumed", "Activité reprise"
    LAPSED = "lapsed", "Caduque, faute d’activité"
    CONTESTED = "contested", "Caducité contestée"
    LAPSE_UPHELD = "lapse_upheld", "Caducité maintenue"
