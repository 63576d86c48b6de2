"""Closed lists of this module."""

from django.db.models import TextChoices


class FileStatus(TextChoices):
    """Where an export stands."""

    ATTENTE = "attente", "En attente"
    EN_COURS = "en_cours", "En préparation"
    PRETE = "prete", "Prêt"
    ECHEC = "echec", "Échec"
    EXPIREE = "expiree", "Effacé"


class Failure(TextChoices):
    """Why an export failed."""

    AUCUNE = "", "Aucun échec"
    DROIT = "droit", "Vous n’avez plus accès à cette liste."
    ERREUR = (
        "erreur",
        "La préparation s’est arrêtée sur une erreur. Recommencez, puis prévenez la maintenance.",
    )
    DELAI = "delai", "La préparation n’a pas abouti dans le délai. Réduisez la période ou ajoutez un filtre."


PENDING = (FileStatus.ATTENTE, FileStatus.EN_COURS)
