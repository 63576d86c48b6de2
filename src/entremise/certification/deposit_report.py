"""The processing report that comes back from the official deposit. Pure; made to be fed anything.

Names are compared without their namespace nor their capitals: both spellings of the lists are met.
"""

import uuid
from dataclasses import dataclass, field
from typing import Any, NoReturn
from xml.parsers import expat

from entremise.core.errors import InvalidInput

MOST_BYTES = 20_000_000
_DEEPEST = 30
# A passage refused because it is already there was accepted before: nothing is left to send.
_ALREADY = "existe déjà en base"
_BROKEN = "Ce fichier n’est pas un compte rendu lisible, ou il est coupé : rien n’a été enregistré."
_HOSTILE = "Ce fichier déclare des entités, ce qu’aucun compte rendu ne fait : rien n’a été enregistré."
_TOO_BIG = "Ce fichier dépasse 20 Mo, ce qu’aucun compte rendu n’atteint : rien n’a été enregistré."


@dataclass
class Report:
    """What a report says: its flux, the passages accepted, those refused with why."""

    flux: str = ""
    accepted: set[uuid.UUID] = field(default_factory=set)
    rejected: dict[uuid.UUID, str] = field(default_factory=dict)
    unreadable: int = 0


def read(content: bytes) -> Report:
    """The report; raises InvalidInput (``file``) for anything that is not one."""
    if len(content) > MOST_BYTES:
        _refuse(_TOO_BIG)
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse_declaration
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.data
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError):
        _refuse(_BROKEN)
    if reader.root != "rapport" or not reader.report.flux:
        _refuse(_BROKEN)
    return reader.report


def _refuse(sentence: str) -> NoReturn:
    raise InvalidInput({"file": [sentence]})


def _refuse_declaration(*_: Any) -> NoReturn:
    _refuse(_HOSTILE)


class _Reader:
    """Follows where one is; keeps four kinds of texts."""

    def __init__(self) -> None:
        self.report = Report()
        self.root = ""
        self.path: list[str] = []
        self.text = ""
        self.identifier = ""
        self.messages: list[str] = []

    def start(self, name: str, _: dict[str, str]) -> None:
        local = name.rpartition(":")[2].lower()
        self.root = self.root or local
        self.path.append(local)
        if len(self.path) > _DEEPEST:
            _refuse(_BROKEN)
        self.text = ""
        if local == "passage":
            self.identifier, self.messages = "", []

    def data(self, text: str) -> None:
        self.text += text

    def end(self, _: str) -> None:
        local, said = self.path.pop(), self.text.strip()
        within = set(self.path)
        if local == "idflux":
            self.report.flux = said
        elif local == "idtechnique" and "passagesok" in within:
            self._accept(said)
        elif local == "idtechnique":
            self.identifier = said
        elif local == "messageerreur":
            self.messages.append(said)
        elif local == "passage" and "passagesko" in within:
            self._reject()
        self.text = ""

    def _accept(self, said: str) -> None:
        identifier = _identifier(said)
        if identifier is None:
            self.report.unreadable += 1
        else:
            self.report.accepted.add(identifier)

    def _reject(self) -> None:
        identifier = _identifier(self.identifier)
        if identifier is None:
            self.report.unreadable += 1
        elif any(_ALREADY in message.casefold() for message in self.messages):
            self.report.accepted.add(identifier)
        else:
            self.report.rejected[identifier] = " ".join(self.messages) or "Rejeté sans motif."


def _identifier(said: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(said)
    except ValueError:
        return None
