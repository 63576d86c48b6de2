"""What follows an act: a return visit, a team action, a reading of a party's side."""

from django.db.models import IntegerChoices, TextChoices


class VisitDone(TextChoices):
    """What made a return visit done."""

    PASSAGE = "passage", "Passage au lieu"
    ACTE = "acte", "Intervention au lieu"
    LEVE = "leve", "Levé par l’équipe"


class ActionOrigin(TextChoices):
    """Why a team action was opened."""

    RECURRENCE = "recurrence", "Tension qui revient"
    LECON = "lecon", "Leçon d’un débriefing"
    AUTRE = "autre", "Autre"


class Party(TextChoices):
    """One side of a conflict; never who is at fault."""

    A = "a", "Partie A"
    B = "b", "Partie B"


class Escalation(IntegerChoices):
    """Glasl's nine stages, as one party lives them: an aid to reading, chosen by the mediator, never computed."""

    DURCISSEMENT = 1, "Durcissement : les positions se figent"
    DEBAT = 2, "Débat : joute verbale, supériorité"
    ACTES = 3, "Des actes, plus des mots"
    IMAGES = 4, "Images et coalitions : rumeurs, clans"
    FACE = 5, "Perte de face : attaque de la dignité"
    MENACES = 6, "Menaces et ultimatums"
    COUPS = 7, "Coups limités : nuire, même à perte"
    FRAGMENTATION = 8, "Détruire ce qui fait tenir l’autre"
    ABIME = 9, "Ensemble dans l’abîme"


# What each zone of three stages calls for (Glasl): said beside the choice, decided by the mediator.
ZONES = (
    (3, "Gagnant-gagnant : dialogue, facilitation, médiation."),
    (6, "Gagnant-perdant : médiation, avec du temps et un cadre."),
    (9, "Perdant-perdant : autorité et protection ; la médiation n’est plus le cadre."),
)
