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
