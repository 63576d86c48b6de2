"""Closed lists of a record of the national register of certifications."""

from django.db.models import TextChoices


class CodeKind(TextChoices):
    """The nomenclature a code of the record belongs to."""

    NSF = "nsf", "NSF"
    FORMACODE = "formacode", "Formacode"
    ROME = "rome", "ROME"


class LineKind(TextChoices):
    """What a line of text of the record tells."""

    ACTIVITY = "activity", "Activité visée"
    SECTOR = "sector", "Secteur d’activité"
    JOB = "job", "Emploi accessible"
    LEGAL = "legal", "Référence juridique"


class Route(TextChoices):
    """How one comes to the certification: the six routes the register knows, in its order."""

    INITIAL = "initial", "Formation sous statut d’élève ou d’étudiant"
    APPRENTICESHIP = "apprenticeship", "Contrat d’apprentissage"
    CONTINUING = "continuing", "Formation continue"
    PROFESSIONALISATION = "professionalisation", "Contrat de professionnalisation"
    INDIVIDUAL = "individual", "Candidature individuelle"
    VAE = "vae", "Validation des acquis de l’expérience"


class SeatKind(TextChoices):
    """Whom a seat of the jury is for, as the record asks."""

    PROFESSIONAL = "professional", "Professionnel du secteur"
    INSTITUTION = "institution", "Représentant des institutions"
    CERTIFIER = "certifier", "Représentant du certificateur"


class ExportState(TextChoices):
    """Where an official export stands."""

    WAITING = "waiting", "En attente"
    READING = "reading", "En cours de lecture"
    READ = "read", "Lu"
    REFUSED = "refused", "Refusé"


class Exam(TextChoices):
    """How a block is examined before the jury; a block may have several, each with its grid."""

    SIMULATION = "simulation", "Mise en situation professionnelle"
    REFLECTIVE = "reflective", "Entretien oral d’analyse réflexive"
    PRESENTATION = "presentation", "Présentation orale devant le jury"
