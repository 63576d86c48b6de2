"""How a language is written."""

from django.db.models import TextChoices


class Direction(TextChoices):
    """Where a line starts."""

    LTR = "ltr", "De gauche à droite"
    RTL = "rtl", "De droite à gauche"


class Script(TextChoices):
    """ISO 15924 codes of the scripts our languages are written in."""

    LATIN = "Latn", "Latine"
    ARABIC = "Arab", "Arabe"
    GURMUKHI = "Guru", "Gurmukhi"
    BENGALI = "Beng", "Bengali"
    TAMIL = "Taml", "Tamoule"
    SINHALA = "Sinh", "Cingalaise"
    DEVANAGARI = "Deva", "Devanagari"
    TIBETAN = "Tibt", "Tibétaine"
    HAN = "Hans", "Chinoise simplifiée"
    KHMER = "Khmr", "Khmère"
    LAO = "Laoo", "Lao"
    ETHIOPIC = "Ethi", "Éthiopienne"
    CYRILLIC = "Cyrl", "Cyrillique"
    ARMENIAN = "Armn", "Arménienne"
    GEORGIAN = "Geor", "Géorgienne"
    NONE = "none", "Sans écriture (langue des signes)"


class MediatorForm(TextChoices):
    """How the mediator speaks of themselves, in the languages that mark it."""

    FEMININE = "f", "Médiatrice"
    MASCULINE = "m", "Médiateur"


class Paper(TextChoices):
    """What a card is printed on."""

    A6 = "a6", "A6, une carte par page"
    A4 = "a4", "A4, toutes les cartes à afficher"


class InterpreterKind(TextChoices):
    """Who carried what was said from one language to the other. A child is never offered (see ``child_translated``)."""

    PROFESSIONNEL = "professionnel", "Interprète professionnel"
    COLLEGUE = "collegue", "Médiateur ou collègue qui parle la langue"
    BENEVOLE = "benevole", "Interprète bénévole d’une association"
    PROCHE = "proche", "Proche ou voisin adulte, faute de mieux"
    AUCUN = "aucun", "Personne : aucun interprète trouvé"


class Modality(TextChoices):
    """How the interpreter was there."""

    PRESENTIEL = "presentiel", "Sur place"
    TELEPHONE = "telephone", "Au téléphone"
    VISIO = "visio", "En visio"
    ECRIT = "ecrit", "Par écrit"


class Understanding(TextChoices):
    """What came of it."""

    COMPRIS = "compris", "On s’est compris"
    EN_PARTIE = "en_partie", "On s’est compris en partie"
    NON = "non", "On ne s’est pas compris"


class Need(TextChoices):
    """What is counted: computed from the rest, never chosen."""

    COUVERT = "couvert", "Besoin couvert"
    EN_PARTIE = "en_partie", "Couvert en partie"
    SANS_REPONSE = "sans_reponse", "Besoin sans réponse"
