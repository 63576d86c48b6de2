"""Closed lists of what is exchanged with the national service of the VAE."""

from django.db.models import TextChoices


class SendKind(TextChoices):
    """What leaves for the national service of the VAE."""

    FEASIBILITY = "feasibility", "Décision sur la faisabilité"
    VALIDATION = "validation", "Décision sur le dossier de validation"
    SESSION = "session", "Session de jury"
    RESULT = "result", "Résultat de jury"


class NationalResult(TextChoices):
    """The results the national service knows, with its codes."""

    FULL_OF_FULL = "SUCCES_TOTAL_CERTIFICATION_COMPLETE", "Succès total, certification complète"
    PENDING = "SUCCES_TOTAL_CERTIFICATION_COMPLETE_SOUS_RESERVE", "Succès total, sous réserve d’une preuve"
    PARTIAL_OF_FULL = "SUCCES_PARTIEL_CERTIFICATION_COMPLETE", "Succès partiel, certification complète"
    FULL_OF_PARTIAL = "SUCCES_TOTAL_CERTIFICATION_PARTIELLE", "Succès total, certification partielle"
    PARTIAL_OF_PARTIAL = "SUCCES_PARTIEL_CERTIFICATION_PARTIELLE", "Succès partiel, certification partielle"
    FAILURE = "ECHEC", "Échec"
    EXCUSED = "CANDIDAT_EXCUSE", "Candidat excusé"
    ABSENT = "CANDIDAT_ABSENT", "Candidat absent"
