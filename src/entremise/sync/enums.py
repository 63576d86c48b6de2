"""Closed lists of the notebook's protocol: stable codes, which phones know too."""

from django.db.models import TextChoices


class OperationStatus(TextChoices):
    """What became of an operation. ``RECU`` is seen by nobody: it is being applied."""

    RECU = "received", "Reçue"
    APPLIQUEE = "applied", "Appliquée"
    DOUBLON = "duplicate", "Déjà enregistrée"
    REFUSEE = "rejected", "À corriger"
    CONFLIT = "conflict", "À comparer"
    EN_ATTENTE = "held", "En attente d’une autre"
    MISE_DE_COTE = "parked", "Mise de côté"


# The entity is on the server, whatever else is to be decided.
SETTLED = frozenset({OperationStatus.APPLIQUEE, OperationStatus.DOUBLON, OperationStatus.CONFLIT})


class ParkReason(TextChoices):
    """Why an operation is kept aside, shown and not applied."""

    AUTRE_CONTENU = "other_content", "Un autre contenu porte déjà ce numéro"
    SCHEMA_INCONNU = "unknown_schema", "Ce téléphone est plus récent que le serveur"
    ILLISIBLE = "unreadable", "Contenu illisible"
    SIGNATURE = "bad_signature", "Signature qui n’est pas celle de l’appareil"
    REVOQUE = "revoked", "Appareil révoqué"
    SANS_DROIT = "no_right", "L’auteur n’a plus ce droit"
    VERROUILLEE = "locked", "Fiche validée ou verrouillée entre-temps"
    DISPARUE = "gone", "Fiche inconnue ou effacée"
    MEDIA = "media", "Pièce jointe manquante ou abîmée"
    PANNE = "fault", "Erreur du serveur, à reprendre"


class Clock(TextChoices):
    """What was done with the hour a phone gave."""

    JUSTE = "", "Heure du téléphone"
    CORRIGEE = "corrected", "Heure corrigée de l’écart mesuré"
    BORNEE = "bounded", "Heure impossible, remplacée par celle de la réception"


class MediaState(TextChoices):
    """Where an expected file stands."""

    ATTENDU = "expected", "Attendu"
    RECU = "received", "Reçu"
    RANGE = "attached", "Joint à la fiche"
    REFUSE = "refused", "Refusé"
    MANQUANT = "missing", "Jamais arrivé"
    SANS = "without", "Fiche laissée sans"


AWAITED = (MediaState.ATTENDU, MediaState.MANQUANT)  # one that comes late is still taken


class ConflictState(TextChoices):
    """Whether two versions have been compared."""

    OUVERT = "open", "À comparer"
    RESOLU = "resolved", "Résolu"
    SANS_OBJET = "moot", "Sans objet"
