"""Why a file is refused, in the words its author will read."""

from typing import NoReturn

from entremise.core.errors import InvalidInput
from entremise.documents.words import count, megabytes

FIELD = "file"

WRONG_TYPE = "Ce fichier n’est pas un tableur. Choisissez un fichier .xlsx, .ods ou .csv."
OLD_EXCEL = "Ce fichier est à l’ancien format Excel (.xls). Ouvrez-le et enregistrez-le au format .xlsx."
BINARY_EXCEL = "Ce fichier est au format binaire d’Excel (.xlsb). Ouvrez-le et enregistrez-le au format .xlsx."
PASSWORD = "Ce fichier est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe."  # noqa: S105
MACROS = "Ce fichier contient des macros. Enregistrez-le au format .xlsx, sans macro."
BROKEN = "Ce fichier est abîmé et ne peut pas être lu. Ouvrez-le dans votre tableur et enregistrez-le de nouveau."
EMPTY_FILE = "Ce fichier est vide."
TOO_UNPACKED = "Ce fichier grossit de façon anormale quand on l’ouvre : il n’a pas été lu."
ENTITIES = "Ce fichier contient des références à d’autres documents (DTD ou entités) : il n’a pas été lu."
NO_SHEET = "Ce fichier ne contient aucune feuille visible."
NO_HEADER = "La première ligne doit porter les titres des colonnes. Ajoutez-la et recommencez."
NO_ROW = "Ce fichier a des titres de colonnes mais aucune ligne en dessous."
NUL_BYTES = "Ce fichier contient des octets nuls : ce n’est pas un texte. Enregistrez-le au format .xlsx ou .csv UTF-8."
ENCODING = "Les lettres de ce fichier ne peuvent pas être lues. Enregistrez-le au format CSV UTF-8."


def refuse(reason: str) -> NoReturn:
    """Raise InvalidInput on the field ``file``."""
    raise InvalidInput({FIELD: [reason]})


def too_heavy(size: int, limit: int) -> NoReturn:
    """The file itself is too large."""
    refuse(
        f"Ce fichier pèse {megabytes(size)} ; la limite est de {megabytes(limit)}. Partagez-le en plusieurs fichiers."
    )


def too_many_rows(limit: int) -> NoReturn:
    """More lines than an import may hold."""
    refuse(f"Ce fichier a plus de {count(limit)} lignes. Partagez-le en plusieurs fichiers.")


def column_name(index: int) -> str:
    """0 → ``A``, 26 → ``AA``: a column as spreadsheets name it."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
