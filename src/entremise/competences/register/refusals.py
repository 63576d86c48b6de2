"""Why an export is not read, in sentences for the one who brought it."""

from typing import NoReturn

from entremise.core.errors import Refused

NOTHING = "rien n’a été enregistré."
BROKEN = (
    "Ce fichier ne se lit pas jusqu’au bout : il est coupé, abîmé, ou dans un autre encodage que celui qu’il annonce ; "
    + NOTHING
)
HOSTILE = "Ce fichier déclare des entités ou un autre document, ce qu’aucun export du registre ne fait : " + NOTHING
TOO_BIG = "Ce fichier grossit bien au-delà d’un export du registre quand on l’ouvre : " + NOTHING
NOT_AN_EXPORT = (
    "Ce fichier n’est pas un export des fiches RNCP ou RS (XML V4.1, ou l’archive des tableaux CSV) : " + NOTHING
)
EMPTY = "Cet export ne contient aucune fiche : " + NOTHING
PASSWORD = "Cette archive est protégée par un mot de passe : " + NOTHING
GONE = "Le fichier à lire n’est plus là : donnez-le de nouveau."


def refuse(sentence: str) -> NoReturn:
    """Raise Refused with this sentence."""
    raise Refused(sentence)
