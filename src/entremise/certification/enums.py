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
    """A link between a member of the jury and a candidate."""

    TRAINER = "trainer", "A formé le candidat"
    TUTOR = "tutor", "A été son tuteur"
    COMPANION = "companion", "L’a accompagné"
    HOST = "host", "L’a reçu en stage comme employeur"
    FAMILY = "family", "Lien familial ou personnel"
    HIERARCHY = "hierarchy", "Lien hiérarchique"
    EMPLOYER = "employer", "Même employeur"
    OTHER = "other", "Autre lien déclaré"


# What a member of the jury, or the certifier, may declare; the others come from the candidate's file.
DECLARED_TIES = (TieKind.TRAINER, TieKind.TUTOR, TieKind.COMPANION, TieKind.HOST)
DECLARED_TIES += (TieKind.FAMILY, TieKind.HIERARCHY, TieKind.OTHER)


class TieBreak(TextChoices):
    """What happens when as many members say acquired as not: the record is silent, the certifier decides."""

    PRESIDENT = "president", "La voix du président est prépondérante"
    AGAIN = "again", "Le jury délibère à nouveau jusqu’à se départager"
    CANDIDATE = "candidate", "Le partage profite au candidat"
