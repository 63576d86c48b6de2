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


class EvidenceKind(TextChoices):
    """What a piece of evidence comes from."""

    ACT = "act", "Acte de médiation"
    MEDIATION = "mediation", "Médiation formelle"
    SHEET = "sheet", "Fiche réflexive"
    WORKSHOP = "workshop", "Atelier"
    DIAGNOSIS = "diagnosis", "Diagnostic de territoire"
    PROJECT = "project", "Projet"
    DOCUMENT = "document", "Document extérieur"


# Told by their author from the first word; the three others start from a record kept here.
TOLD_BY_HAND = (EvidenceKind.WORKSHOP, EvidenceKind.DIAGNOSIS, EvidenceKind.PROJECT, EvidenceKind.DOCUMENT)
# Drawn from the employer's records: the employer says whether they may serve.
FROM_EMPLOYER = (EvidenceKind.ACT, EvidenceKind.MEDIATION)


class Grain(TextChoices):
    """How precisely a piece of evidence says when; never the day."""

    MONTH = "month", "Mois"
    QUARTER = "quarter", "Trimestre"
    YEAR = "year", "Année"
    NONE = "none", "Non dit"


class Cover(TextChoices):
    """How far a competence is covered by a portfolio."""

    NONE = "none", "Rien encore"
    THIN = "thin", "Mince"
    HELD = "held", "Étayée"


class LedgerKind(TextChoices):
    """The two proofs the record asks for before the certification."""

    INTERNSHIP = "internship", "Stage"
    EXPERIENCE = "experience", "Expérience"


class Nature(TextChoices):
    """How an experience was lived; both count alike."""

    SALARIED = "salaried", "Salariée"
    VOLUNTEER = "volunteer", "Bénévole"


class ExperienceField(TextChoices):
    """The four fields of experience the record admits."""

    ANIMATION = "animation", "Animation"
    RECEPTION = "accueil", "Accueil"
    INFORMATION = "information", "Information"
    ACCOMPANIMENT = "accompagnement", "Accompagnement"


class AttestationKind(TextChoices):
    """What somebody is asked to sign by link."""

    LINE = "line", "Un stage ou une expérience"
    EVIDENCE = "evidence", "Un regard sur une preuve"
    REUSE = "reuse", "L’accord de l’employeur pour réutiliser des actes"


class AiUse(TextChoices):
    """What the author says of tools that write, for the jury."""

    NONE = "none", "Aucun"
    LANGUAGE = "language", "Pour la langue : orthographe, tournures, traduction"
    IDEAS = "ideas", "Pour chercher des idées ou un plan"
    WRITING = "writing", "Pour écrire une partie du texte"
