"""What changed in an act, when, by whom."""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from entremise.accounts import queries as accounts
from entremise.core.actor import Actor
from entremise.core.db import open_together
from entremise.core.ui.formats import moment
from entremise.interventions.commands import ActContent
from entremise.interventions.enums import Link, Status, Visibility
from entremise.interventions.models import Intervention, InterventionRevision
from entremise.interventions.queries.content import CODES, MARGINS, Changes, differences
from entremise.places.queries import site_names
from entremise.presence.enums import Reception

TITLES = {
    "occurred_at": "Début",
    "site_id": "Lieu",
    "registers": "Registres",
    "outcome": "Résultat",
    "duration_minutes": "Durée en minutes",
    "second_author_id": "Second auteur",
    "origin": "Origine",
    "contact_mode": "Mode de contact",
    "people_count": "Nombre de personnes",
    "ages": "Tranches d’âge",
    "genders": "Genre",
    "configurations": "Configuration du public",
    "publics": "Qualité du public",
    "first_meeting": "Première rencontre",
    "language_need": "Besoin de langue",
    "demands": "Demande",
    "themes": "Thèmes",
    "conflict_kind": "Type de conflit",
    "conflict_objects": "Objet du conflit",
    "party_a": "Partie A",
    "party_b": "Partie B",
    "history": "Antériorité",
    "tension_before": "Tension en arrivant",
    "tension_after": "Tension en repartant",
    "link": "Lien",
    "dangers": "Signaux de danger",
    "actions": "Actions",
    "follow_ups": "Suites",
    "partners": "Partenaires",
    "narrative": "Récit",
    "visibility": "Visibilité",
    "status": "État",
    "correction_request": "Correction demandée",
    "locked": "Verrouillée",
    "merged": "Réunion de deux fiches",
}
MERGED = "merged"  # a version brought by a merging: the other act under « before », the one kept under « after »
LIST_OF = {
    **CODES,
    "ages": "L6",
    "genders": "L7",
    "origin": "L2",
    "contact_mode": "L3",
    "language_need": "L9",
    "conflict_kind": "L12",
    "history": "L14",
    "outcome": "L18",
}
_CHOICES: dict[str, Any] = {"status": Status, "visibility": Visibility, "link": Link, "first_meeting": Reception}
NOTHING = "–"


@dataclass(frozen=True)
class Change:
    """One field of one version, in words."""

    title: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """One change of an act."""

    number: int
    at: Any
    author: str
    changes: list[Change]


def history_of(actor: Actor, act: Intervention) -> list[Version]:
    """The versions of an act, the latest first, in the words of the organisation (four queries)."""
    revisions = list(InterventionRevision.objects.filter(intervention=act).order_by("-version"))
    if not revisions:
        return []
    open_together(revisions, "changes")
    loaded = [(revision, json.loads(revision.changes or "{}")) for revision in revisions]  # empty once erased
    lists = accounts.choices_for(actor.organisation_id, *dict.fromkeys(LIST_OF.values()))
    names = _names({revision.author_id for revision in revisions}, [changes for _, changes in loaded])
    return [
        Version(
            revision.version,
            revision.at,
            names.get(str(revision.author_id), ""),
            _in_words(changes, lists, names),
        )
        for revision, changes in loaded
    ]


def signed_by(act: Intervention, names: Sequence[str]) -> dict[str, tuple[str, dt.datetime]]:
    """For each field, who wrote its present value and when: the last correction that touched it, else the noting."""
    last: dict[str, tuple[uuid.UUID, dt.datetime]] = dict.fromkeys(names, (act.author_id, act.recorded_at))
    revisions = list(InterventionRevision.objects.filter(intervention=act).order_by("version"))
    open_together(revisions, "changes")
    for revision in revisions:
        changes = json.loads(revision.changes or "{}")  # empty once erased
        for name in changes:
            if name in last and MERGED not in changes:  # a merging changes nothing of the act that is kept
                last[name] = (revision.author_id, revision.at)
    people = accounts.member_names({member for member, _ in last.values()})
    return {name: (people.get(member, accounts.FORMER_MEMBER), at) for name, (member, at) in last.items()}


def words_of(actor: Actor, name: str, value: Any) -> str:
    """One value of one field in the words of the organisation, such as a phone sent it: it may be anything."""
    lists = accounts.choices_for(actor.organisation_id, LIST_OF[name]) if name in LIST_OF else {}
    try:
        names: dict[Any, str] = {}
        if name == "second_author_id" and value:
            names = accounts.member_names([uuid.UUID(value)])
        elif name == "site_id" and value:
            names = site_names([uuid.UUID(value)])
        return _words(name, value, lists, {str(key): found for key, found in names.items()})
    except (TypeError, ValueError, KeyError, AttributeError):
        return str(value)


def compared(actor: Actor, saved: ActContent, typed: ActContent) -> list[Change]:
    """Where two contents of an act differ, in words: what is saved first, what was typed second."""
    changes = differences(saved, typed)
    lists = accounts.choices_for(actor.organisation_id, *dict.fromkeys(LIST_OF.values()))
    return _in_words(changes, lists, _names(set(), [changes]))


def _in_words(changes: Changes, lists: dict[str, accounts.ListChoices], names: dict[str, str]) -> list[Change]:
    return [
        Change(TITLES.get(name, name), _words(name, old, lists, names), _words(name, new, lists, names))
        for name, (old, new) in changes.items()
    ]


def _names(members: set[Any], all_changes: list[Changes]) -> dict[str, str]:
    sites: set[Any] = set()
    for changes in all_changes:
        members.update(value for value in changes.get("second_author_id", ()) if value)
        sites.update(value for value in changes.get("site_id", ()) if value)
    found = {**accounts.member_names(members), **site_names(sites)}
    return {str(key): name for key, name in found.items()}


def _words(name: str, value: Any, lists: dict[str, accounts.ListChoices], names: dict[str, str]) -> str:
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if name in _CHOICES:
        return str(dict(_CHOICES[name].choices).get(value, value))
    if name == "occurred_at":
        return moment(dt.datetime.fromisoformat(value))
    if name in MARGINS:
        return ", ".join(f"{lists[LIST_OF[name]].label(band['code'])} : {band['count']}" for band in value)
    if name in LIST_OF:
        codes = value if isinstance(value, list) else [value]
        return ", ".join(lists[LIST_OF[name]].label(code) for code in codes)
    return names.get(str(value), str(value))
