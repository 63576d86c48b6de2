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
