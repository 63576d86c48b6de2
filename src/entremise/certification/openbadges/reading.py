"""A badge that comes from anybody. Pure; made to be fed anything.

Read strictly: only what our badges are made of, each term at its place. A property the vocabulary does not know would
not be covered by the signature, a graph tied in knots would take years to put in order; neither passes this door.
"""

import datetime as dt
import json
import uuid
from typing import Any, NoReturn

from entremise.certification.openbadges import contexts, proof, status_list
from entremise.core.errors import InvalidInput

MOST_BYTES = 65_536
_LEAF: dict[str, Any] = {}
_UNREADABLE = "Ce fichier n’est pas un badge lisible : donnez le fichier JSON tel qu’il a été téléchargé."
_FOREIGN = "Ce badge n’est pas de ceux que l’outil délivre : il ne peut pas être vérifié ici."
_LIST = "Ce fichier n’est pas la liste des retraits de ce badge."


def _of(*names: str, **parts: dict[str, Any]) -> dict[str, Any]:
    return {**dict.fromkeys(names, _LEAF), **parts}


_PROOF = _of("type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue")
_ALIGNMENT = _of("type", "targetName", "targetUrl", "targetCode", "targetFramework")
_ACHIEVEMENT = _of("id", "type", "achievementType", "humanCode", "inLanguage", "name", "description")
_ACHIEVEMENT |= {"criteria": _of("narrative"), "alignment": _ALIGNMENT}
_HOLDER = _of("type", "hashed", "identityHash", "identityType", "salt")
_STATUS = _of("id", "type", "statusPurpose", "statusListIndex", "statusListCredential")
BADGE = _of(
    *("@context", "id", "type", "name", "validFrom", "awardedDate"),
    issuer=_of("id", "type", "name", "url"),
    credentialSubject=_of("id", "type", achievement=_ACHIEVEMENT, identifier=_HOLDER),
    evidence=_of("type", "name", "narrative"),
    credentialStatus=_STATUS,
    proof=_PROOF,
)
LIST = _of(
    *("@context", "id", "type", "issuer", "validFrom"),
    credentialSubject=_of("id", "type", "statusPurpose", "encodedList"),
    proof=_PROOF,
)
_MANY = {"alignment", "evidence", "identifier"}
_OPTIONAL = {"identifier"}


def read_badge(content: bytes) -> dict[str, Any]:
    """The badge, whatever its signature says; raises InvalidInput (``file``) for anything that is not one of ours."""
    found = _parsed(content)
    if not _has_shape(found, BADGE) or found["@context"] != [contexts.CREDENTIALS, contexts.BADGES]:
        _refuse(_FOREIGN)
    try:
        uuid.UUID(found["id"])
        position_of(found)
        acquired_on(found)
    except ValueError:
        _refuse(_FOREIGN)
    return found


def is_intact(badge: dict[str, Any]) -> bool:
    """Whether not one word of it changed since the key it names signed it."""
    return proof.signature_holds(badge, badge["issuer"]["id"])


def acquired_on(badge: dict[str, Any]) -> dt.date:
    """The day of the jury's decision."""
    return dt.date.fromisoformat(badge["awardedDate"][:10])


def position_of(badge: dict[str, Any]) -> int:
    """Its place in the list of what was withdrawn."""
    return int(badge["credentialStatus"]["statusListIndex"])


def is_withdrawn(badge: dict[str, Any], content: bytes) -> bool:
    """What this list says of this badge; raises InvalidInput (``list``) when it is not its list, signed by its key."""
    try:
        found = _parsed(content)
    except InvalidInput:
        _refuse(_LIST, "list")
    same = (
        _has_shape(found, LIST)
        and found["@context"] == [contexts.CREDENTIALS]
        and found["id"] == badge["credentialStatus"]["statusListCredential"]
        and found["issuer"] == badge["issuer"]["id"]
        and found["credentialSubject"]["statusPurpose"] == status_list.PURPOSE
    )
    if not same or not proof.signature_holds(found, found["issuer"]):
        _refuse(_LIST, "list")
    try:
        return status_list.is_withdrawn(found["credentialSubject"]["encodedList"], position_of(badge))
    except ValueError:
        _refuse(_LIST, "list")


def _refuse(sentence: str, field: str = "file") -> NoReturn:
    raise InvalidInput({field: [sentence]})


def _parsed(content: bytes) -> dict[str, Any]:
    if len(content) > MOST_BYTES:
        _refuse(_UNREADABLE)
    try:
        found = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_constant)
    except (ValueError, RecursionError):
        _refuse(_UNREADABLE)
    if not isinstance(found, dict):
        _refuse(_UNREADABLE)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name said twice is read differently by different programs: it is not read at all."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found


def _constant(name: str) -> NoReturn:
    raise ValueError(name)


def _has_shape(value: Any, shape: dict[str, Any], name: str = "") -> bool:
    if shape is _LEAF:
        return _is_leaf(value, name)
    if name in _MANY:
        return isinstance(value, list) and all(_has_shape(one, shape) for one in value)
    if not isinstance(value, dict) or value.keys() - shape.keys() or shape.keys() - value.keys() - _OPTIONAL:
        return False
    return all(_has_shape(one, shape[key], key) for key, one in value.items())


def _is_leaf(value: Any, name: str) -> bool:
    """Words, or a list of them for a type; nothing that names a node without an address."""
    if name in ("@context", "type") and isinstance(value, list):
        return all(_is_leaf(one, "") for one in value)
    if name == "hashed":
        return isinstance(value, bool)
    return isinstance(value, str) and not value.startswith("_:") and "\x00" not in value
