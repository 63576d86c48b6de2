"""Gestures of the field that come from a phone without network: the same services as the pages."""

import datetime as dt
import io
import uuid
from collections.abc import Callable

from entremise.accounts.queries import choices_for, list_members
from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.permissions import require
from entremise.core.ui.formats import moment
from entremise.documents.services import clean_picture
from entremise.places.queries import get_sector, get_site, site_names
from entremise.presence import services
from entremise.presence.enums import AgeBand, LogKind, Reliability, RoundKind, Urgency
from entremise.presence.models import Defect, LogEntry, Observation, Round, Stop
from entremise.presence.queries.log import get_entry
from entremise.presence.queries.rounds import standing_round
from entremise.presence.services.photos import add_photos
from entremise.sync import registry
from entremise.sync.payload import Reader
from entremise.sync.queries import standing_for
from entremise.sync.registry import Kind, Missing, Operation, Outcome

LATEST = {"round.close", "stop.atmosphere", "stop.reception"}
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
UNKNOWN_SITE = "Ce lieu n’est pas dans la liste de votre organisation. Choisissez-en un autre."


def declare() -> None:
    """Called once, when the applications are ready."""
    found: dict[str, tuple[str, str, Callable[[Actor, Operation], Outcome]]] = {
        "round.open": ("round", "Début de tournée", open_round),
        "round.join": ("round", "Arrivée dans une tournée", join_round),
        "round.close": ("round", "Fin de tournée", close_round),
        "stop.arrive": ("stop", "Passage sur un lieu", arrive),
        "tally.add": ("stop", "Contacts comptés", count),
        "stop.atmosphere": ("stop", "Ambiance", atmosphere),
        "stop.reception": ("stop", "Accueil", reception),
        "observation.record": ("observation", "Observation", observe),
        "defect.report": ("defect", "Signalement technique", report),
        "instruction.leave": ("log", "Consigne", instruct),
        "instruction.acknowledge": ("log", "Consigne lue", acknowledge),
        "call.note": ("log", "Appel", call),
    }
    merge = {"tally.add": {"delta": registry.DELTA}}
    for name, (entity, label, apply) in found.items():
        registry.register(
            Kind(
                schema=f"{name}/1",
                label=label,
                entity=entity,
                apply=apply,
                permission="presence.work",
                latest=name in LATEST,
                fields=LABELS,
                texts=TEXTS,
                words=words_of,
                attach=attach_photo if name == "defect.report" else None,
                merge=merge.get(name, {}),
            )
        )


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


def _team(actor: Actor, reader: Reader) -> uuid.UUID:
    team_id = reader.identifier("team_id")
    if team_id is None:
        reader.wrong("team_id")
        reader.done()
    elif team_id not in actor.team_ids:
        raise NotAllowed("presence.work")
    assert team_id is not None
    return team_id


def _site(actor: Actor, reader: Reader, *, required: bool = True) -> uuid.UUID | None:
    site_id = reader.identifier("site_id")
    if site_id is None:
        if required:
            reader.wrong("site_id")
        return None
    try:
        return get_site(actor, site_id).pk
    except NotFound:
        raise InvalidInput({"site_id": [UNKNOWN_SITE]})


def _round(actor: Actor, round_id: uuid.UUID) -> Round:
    """The round as it stands; one of a team the member has left is a lost right, not a missing record."""
    try:
        return standing_round(actor, round_id)
    except NotFound:
        if Round.objects.filter(pk=round_id, organisation_id=actor.organisation_id).exists():
            raise NotAllowed("presence.work")
        raise Missing(round_id)


def _maybe_round(actor: Actor, reader: Reader) -> uuid.UUID | None:
    round_id = reader.identifier("round_id")
    return _round(actor, round_id).pk if round_id else None


def _stop(actor: Actor, operation: Operation) -> Stop:
    """The passage the phone means: its own, or the one the server kept instead."""
    stop_id = standing_for(actor.organisation_id, operation.entity_id)
    found = Stop.objects.select_related("round").filter(pk=stop_id, organisation_id=actor.organisation_id).first()
    if found is None:
        raise Missing(operation.entity_id)
    if found.round.team_id not in actor.team_ids:
        raise NotAllowed("presence.work")
    return found


def _kept(outcome_id: uuid.UUID, team_id: uuid.UUID | None = None, *, already: bool = False) -> Outcome:
    return Outcome(entity_id=outcome_id, team_id=team_id, already=already)


def open_round(actor: Actor, operation: Operation) -> Outcome:
    """Open a round at the hour it really began."""
    reader = Reader(operation)
    team_id = _team(actor, reader)
    kind, sector_id = reader.text("kind") or RoundKind.TOURNEE, reader.identifier("sector_id")
    begin, wanted = reader.moment("started_at") or operation.moment(), reader.identifiers("member_ids")
    reader.done()
    known = Round.objects.filter(pk=operation.entity_id, organisation_id=actor.organisation_id).first()
    if known is not None:
        return _kept(known.pk, known.team_id, already=True)
    people = list_members(actor).filter(pk__in=wanted).values_list("pk", flat=True)
    outing = services.open_round(
        actor=actor,
        team_id=team_id,
        kind=kind,
        sector_id=_known_sector(actor, sector_id),
        started_at=begin,
        member_ids=list(people),
        pk=operation.entity_id,
        from_phone=True,
    )
    return _kept(outing.pk, outing.team_id)


def _known_sector(actor: Actor, sector_id: uuid.UUID | None) -> uuid.UUID | None:
    try:
        return get_sector(actor, sector_id).pk if sector_id else None
    except NotFound:
        return None


def join_round(actor: Actor, operation: Operation) -> Outcome:
    """Be part of a colleague's round."""
    require(actor, "presence.work")
    Reader(operation).done()
    outing = _round(actor, operation.entity_id)
    services.join_round(actor=actor, round_id=outing.pk, from_phone=True)
    return _kept(outing.pk, outing.team_id)


def close_round(actor: Actor, operation: Operation) -> Outcome:
    """Close a round with its real hours."""
    require(actor, "presence.work")
    reader = Reader(operation)
    hours = {"started_at": reader.moment("started_at"), "ended_at": reader.moment("ended_at") or operation.moment()}
    handover = reader.text("handover")
    reader.done()
    outing = _round(actor, operation.entity_id)
    services.close_round(actor=actor, round_id=outing.pk, handover=handover, **hours)
    return _kept(outing.pk, outing.team_id)


def arrive(actor: Actor, operation: Operation) -> Outcome:
    """Be at a place. Where the round already stands, the passage that exists is the one kept."""
    require(actor, "presence.work")
    reader = Reader(operation)
    round_id, site_id = reader.identifier("round_id"), _site(actor, reader)
    at = reader.moment("at") or operation.moment()
    if round_id is None:
        reader.wrong("round_id")
    reader.done()
    assert round_id is not None
    assert site_id is not None
    outing = _round(actor, round_id)
    known = Stop.objects.filter(pk=operation.entity_id, organisation_id=actor.organisation_id).first()
    if known is not None:
        return _kept(known.pk, outing.team_id, already=True)
    stop = services.arrive_at_site(
        actor=actor,
        round_id=outing.pk,
        site_id=site_id,
        at=max(at, outing.started_at or at),
        pk=operation.entity_id,
        from_phone=True,
    )
    return _kept(stop.pk, outing.team_id)


def count(actor: Actor, operation: Operation) -> Outcome:
    """Add contacts, or take some back: once for each operation."""
    require(actor, "presence.work")
    reader = Reader(operation)
    band, delta = reader.text("band") or AgeBand.NON_COMMUNIQUE, reader.whole("delta")
    if delta is None:
        reader.wrong("delta")
    reader.done()
    stop = _stop(actor, operation)
    services.count_contacts(actor=actor, stop_id=stop.pk, delta=delta or 0, band=band)
    return _kept(stop.pk, stop.round.team_id)


def atmosphere(actor: Actor, operation: Operation) -> Outcome:
    """Say the atmosphere of the place."""
    require(actor, "presence.work")
    reader = Reader(operation)
    code = reader.text("atmosphere")
    reader.done()
    stop = _stop(actor, operation)
    services.set_atmosphere(actor=actor, stop_id=stop.pk, atmosphere=code, from_phone=True)
    return _kept(stop.pk, stop.round.team_id)


def reception(actor: Actor, operation: Operation) -> Outcome:
    """Say how a first meeting was received."""
    require(actor, "presence.work")
    reader = Reader(operation)
    code = reader.text("reception")
    reader.done()
    stop = _stop(actor, operation)
    services.set_reception(actor=actor, stop_id=stop.pk, reception=code, from_phone=True)
    return _kept(stop.pk, stop.round.team_id)


def observe(actor: Actor, operation: Operation) -> Outcome:
    """Note an observation."""
    reader = Reader(operation)
    team_id, site_id, round_id = _team(actor, reader), _site(actor, reader), _maybe_round(actor, reader)
    words = {"watch_type": reader.text("watch_type"), "text": reader.text("text")}
    reliability = reader.text("reliability") or Reliability.OBSERVE
    at = reader.moment("observed_at") or operation.moment()
    reader.done()
    assert site_id is not None
    known = Observation.objects.filter(pk=operation.entity_id, organisation_id=actor.organisation_id).first()
    row = known or services.observe(
        actor=actor,
        team_id=team_id,
        site_id=site_id,
        round_id=round_id,
        reliability=reliability,
        observed_at=at,
        pk=operation.entity_id,
        **words,
    )
    return _kept(row.pk, team_id, already=known is not None)


def report(actor: Actor, operation: Operation) -> Outcome:
    """Report something broken; its photos follow."""
    reader = Reader(operation)
    team_id, site_id, round_id = _team(actor, reader), _site(actor, reader), _maybe_round(actor, reader)
    words = {"category": reader.text("category"), "description": reader.text("description")}
    urgency, empty = reader.text("urgency") or Urgency.NORMAL, reader.flag("empty_confirmed")
    at = reader.moment("reported_at") or operation.moment()
    reader.done()
    assert site_id is not None
    known = Defect.objects.filter(pk=operation.entity_id, organisation_id=actor.organisation_id).first()
    row = known or services.report_defect(
        actor=actor,
        team_id=team_id,
        site_id=site_id,
        round_id=round_id,
        urgency=urgency,
        empty_confirmed=empty,
        reported_at=at,
        pk=operation.entity_id,
        **words,
    )
    return _kept(row.pk, team_id, already=known is not None)


def attach_photo(actor: Actor, defect_id: uuid.UUID, slot: str, clear: bytes, mime: str) -> None:
    """A photo of a defect, made again from its points alone like those of the office."""
    picture = clean_picture(io.BytesIO(clear), name="Cette photo", field="photos")
    add_photos(actor=actor, defect_id=defect_id, pictures=[picture])


def instruct(actor: Actor, operation: Operation) -> Outcome:
    """Leave an instruction to the team."""
    reader = Reader(operation)
    team_id, site_id, text = _team(actor, reader), _site(actor, reader, required=False), reader.text("text")
    reader.done()
    known = LogEntry.objects.filter(pk=operation.entity_id, organisation_id=actor.organisation_id).first()
    row = known or services.leave_instruction(
        actor=actor, team_id=team_id, text=text, site_id=site_id, at=operation.moment(), pk=operation.entity_id
    )
    return _kept(row.pk, team_id, already=known is not None)


def call(actor: Actor, operation: Operation) -> Outcome:
    """Note a received call."""
    reader = Reader(operation)
    team_id, site_id, text = _team(actor, reader), _site(actor, reader, required=False), reader.text("text")
    kind, at = reader.text("kind") or LogKind.APPEL, reader.moment("occurred_at") or operation.moment()
    reader.done()
    known = LogEntry.objects.filter(pk=operation.entity_id, organisation_id=actor.organisation_id).first()
    row = known or services.note_call(
        actor=actor, team_id=team_id, text=text, kind=kind, occurred_at=at, site_id=site_id, pk=operation.entity_id
    )
    return _kept(row.pk, team_id, already=known is not None)


def acknowledge(actor: Actor, operation: Operation) -> Outcome:
    """Mark an instruction as read. One taken back since asks nothing more of anybody."""
    require(actor, "presence.work")
    Reader(operation).done()
    try:
        entry = get_entry(actor, operation.entity_id)
    except NotFound:
        if LogEntry.objects.filter(pk=operation.entity_id, organisation_id=actor.organisation_id).exists():
            return _kept(operation.entity_id, already=True)
        raise Missing(operation.entity_id)
    services.acknowledge(actor=actor, entry_id=entry.pk)
    return _kept(entry.pk, entry.team_id)
