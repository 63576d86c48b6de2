"""Closed lists of reflective practice."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """How a question of a sheet is answered."""

    LINE = "line", "Une ligne"
    TEXT = "text", "Un texte"
    CHOICE = "choice", "Une réponse d’une liste"
    CHOICES = "choices", "Plusieurs réponses d’une liste"
    PAIRS = "pairs", "Une suite de deux textes qui vont ensemble"
    COMPETENCES = "competences", "Des compétences d’une fiche"


class SensitiveZone(TextChoices):
    """Where a shock between two frames of reference arises (Cohen-Emerique). Never an origin, never a belief."""

    ESPACE_TEMPS = "espace_temps", "Espace et temps : ponctualité, distance, corps"
    FAMILLE = "famille", "Famille : rôles, places, autorité, éducation"
    INDIVIDU_COLLECTIF = "individu_collectif", "La personne et le groupe : autonomie, honneur, pudeur"
    ECHANGES = "echanges", "Échanges : accueil, don et contre-don, politesse"
    AIDE = "aide", "Aide : demander, recevoir, l’institution et l’écrit"
    RITES = "rites", "Rites, sacré, invisible"
    SANTE_CORPS = "sante_corps", "Corps, maladie, mort, propre et sale, alimentation"
    CHANGEMENT = "changement", "Changement, place de chacun dans la société"
    PREJUGES = "prejuges", "Préjugés, contentieux de l’histoire"


class ImageOfOther(TextChoices):
    """The image of the other that comes out of the shock, as the author sees it on reading themselves again."""

    NEUTRE = "neutre", "Neutre"
    LEGEREMENT_NEGATIVE = "legerement_negative", "Légèrement négative"
    TRES_NEGATIVE = "tres_negative", "Très négative"
    STIGMATISEE = "stigmatisee", "Réduite à une étiquette"
    POSITIVE = "positive", "Positive"
    IDEALISEE = "idealisee", "Idéalisée"
    IRREELLE = "irreelle", "Irréelle, sans prise sur la personne"


class Done(TextChoices):
    """On re-reading after thirty days: was it done?"""

    OUI = "oui", "Oui"
    EN_PARTIE = "en_partie", "En partie"
    NON = "non", "Non"
    AUTREMENT = "autrement", "Autrement que prévu"


class Face(TextChoices):
    """The form in which a sheet is taken away."""

    PDF = "pdf", "PDF"
    ODT = "odt", "Texte modifiable (ODT)"


class GroupRole(TextChoices):
    """Who does what in an analysis meeting (GEASE)."""

    ANIMATEUR = "animateur", "Anime : tient le cadre et le temps"
    EXPOSANT = "exposant", "Expose : apporte une situation"
    PARTICIPANT = "participant", "Participe : questionne, fait des hypothèses"
    OBSERVATEUR = "observateur", "Observe : ne parle qu’à la fin"


class Answer(TextChoices):
    """What someone invited to a meeting answered."""

    ATTENDUE = "attendue", "Réponse attendue"
    OUI = "oui", "Y sera"
    NON = "non", "N’y sera pas"
