"""The lists and files that can be prepared, and how to know again who asked: filled by the modules above."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from entremise.core.actor import Actor
from entremise.core.crypto import Scope
from entremise.core.errors import NotFound
from entremise.documents.tables import Column

# A QueryDict: ``params["lieu"]``, ``params.get("lieu")``, ``params.getlist("lieu")``; a filter form takes it as data.
Params = Any


@dataclass(frozen=True)
class Export:
    """A list that leaves as a spreadsheet.

    ``rows`` yields one tuple a line, in the order of ``columns``, starting from ``visible_to(actor)``; over a large
    list it must stream (``queryset.iterator()``). ``count`` tells how many lines there will be. ``permission``
    (``module.verb``) is asked when the list is requested, prepared and downloaded. ``words`` names the filters
    that hold typed words: a list prepared in the background refuses them, since its filters are stored.
    """

    title: str
    permission: str
    columns: Sequence[Column]
    rows: Callable[[Actor, Params], Iterable[Sequence[Any]]]
    count: Callable[[Actor, Params], int]
    definitions: Sequence[tuple[str, str]] = ()
    words: frozenset[str] = frozenset()
    lifetime: dt.timedelta = dt.timedelta(hours=48)
    suffix = "xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Bundle:
    """A file that is made rather than listed: a person's access file, an archive.

    ``build(actor, subject)`` gives the clear content, which never touches the disk. ``check(actor, subject)`` raises
    NotFound or NotAllowed when the actor may not (any more) have the file about this subject: asked when it is
    requested, prepared and taken. ``scope(subject)`` is what it is sealed under: with a person's own key, the file
    vanishes with them.
    """

    title: str
    permission: str
    build: Callable[[Actor, uuid.UUID], bytes]
    check: Callable[[Actor, uuid.UUID], None]
    scope: Callable[[uuid.UUID], Scope]
    lifetime: dt.timedelta = dt.timedelta(days=7)
    suffix: str = "zip"
    media_type: str = "application/zip"


Prepared = Export | Bundle

ActorSource = Callable[[Any, uuid.UUID], Actor | None]
_exports: dict[str, Prepared] = {}
_actor_source: ActorSource | None = None


def register(code: str, export: Prepared) -> None:
    """Declare a list, or a file to make, under its stable code; a code is used once."""
    known = _exports.get(code)
    if known is not None and known != export:
        raise ValueError(f"the export {code} is declared twice")
    _exports[code] = export


def get(code: str) -> Prepared:
    """What is declared under this code; NotFound when nothing is."""
    try:
        return _exports[code]
    except KeyError:
        raise NotFound(code) from None


def get_list(code: str) -> Export:
    """The declared list; NotFound when there is none."""
    found = get(code)
    if not isinstance(found, Export):
        raise NotFound(code)
    return found


def codes() -> list[str]:
    """The code of every list that can be exported."""
    return sorted(code for code, one in _exports.items() if isinstance(one, Export))


def title_of(code: str) -> str:
    """The title of a list, or its code once no module declares it any more."""
    return _exports[code].title if code in _exports else code


def set_actor_source(source: ActorSource) -> None:
    """``source(user, organisation_id)`` gives the actor a person is today, None when they belong nowhere."""
    global _actor_source  # noqa: PLW0603 - one source per process, set at start
    _actor_source = source


def actor_of(member: Any) -> Actor | None:
    """The actor a member is today (for work done later in their name); None once they left."""
    if _actor_source is None:
        raise RuntimeError("no actor source is registered")
    actor = _actor_source(member.user, member.organisation_id) if member.user is not None else None
    return actor if actor is not None and actor.member_id == member.pk else None
