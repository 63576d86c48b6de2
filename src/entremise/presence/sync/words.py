"""What a colleague reads of an operation: the name of each field, and its value in French."""

import datetime as dt
import uuid

from entremise.accounts.queries import choices_for
from entremise.core.actor import Actor
from entremise.core.ui.formats import moment
from entremise.places.queries import site_names

LABELS = {
    "team_id": "Équipe",
    "round_id": "Tournée",
    "site_id": "Lieu",
    "sector_id": "Secteur",
    "kind": "Nature",
    "member_ids": "Participants",
    "started_at": "Début",
    "ended_at": "Fin",
    "at": "Heure",
    "handover": "Passation",
    "band": "Tranche d’âge",
    "delta": "Contacts",
    "atmosphere": "Ambiance",
    "reception": "Accueil",
    "watch_type": "Type",
    "reliability": "Fiabilité",
    "text": "Texte",
    "observed_at": "Heure",
    "category": "Catégorie",
    "urgency": "Urgence",
    "description": "Précision",
    "empty_confirmed": "Vide et sans occupant",
    "reported_at": "Heure",
    "occurred_at": "Heure",
}
LISTS = {"atmosphere": "L24", "watch_type": "L25", "reliability": "L26", "category": "L21", "urgency": "L23"}
TEXTS = frozenset({"text", "description", "handover"})


def words_of(actor: Actor, name: str, value: object) -> str:
    """One value of one field in French, such as a phone sent it: it may be anything."""
    if value in (None, "", []):
        return "–"
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if name in LISTS:
        return choices_for(actor.organisation_id, LISTS[name])[LISTS[name]].label(str(value))
    try:
        if name == "site_id":
            return site_names([uuid.UUID(str(value))]).get(uuid.UUID(str(value)), str(value))
        if LABELS.get(name) in ("Heure", "Début", "Fin"):
            return moment(dt.datetime.fromisoformat(str(value)))
    except ValueError:
        pass
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
