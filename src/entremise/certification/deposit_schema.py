"""The official schema, when the operator dropped it in the data folder: a file is compared with it before it is given.

The Caisse des Dépôts publishes it to certifiers; the product does not carry it. ``depot-officiel/*.xsd``, in the data
folder, whatever the name: its ``version`` says which it is.
"""

from pathlib import Path
from typing import Any

from django.conf import settings

FOLDER = "depot-officiel"
_SHOWN = 3


def has(profile: str) -> bool:
    """Whether a schema of this version was dropped and reads."""
    return _schema(profile) is not None


def faults(content: bytes, profile: str) -> list[str]:
    """What the official schema of this version refuses in this file; nothing when there is none to compare with."""
    from lxml import etree  # who makes a deposit pays for it, not each start

    schema = _schema(profile)
    if schema is None or schema.validate(etree.fromstring(content, _parser())):
        return []
    first = list(schema.error_log)[:_SHOWN]
    return [f"Le schéma officiel {profile} refuse ce fichier, ligne {one.line} : {one.message}" for one in first]


def _schema(profile: str) -> Any:
    from lxml import etree

    for path in sorted(Path(settings.DATA_DIR, FOLDER).glob("*.xsd")):
        try:
            tree = etree.parse(path, _parser())
            if tree.getroot().get("version") == profile:
                return etree.XMLSchema(tree)
        except (etree.XMLSyntaxError, etree.XMLSchemaParseError, OSError):
            continue  # a file that is no schema: the page says that there is none
    return None


def _parser() -> Any:
    """Nothing fetched, nothing replaced; a file of two hundred thousand passages is one long text."""
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
