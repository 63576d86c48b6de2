"""Gestures of the field that come from a phone without network: the same services as the pages."""

from collections.abc import Callable

from entremise.core.actor import Actor
from entremise.presence.sync import log, rounds, stops, watch
from entremise.presence.sync.words import LABELS, TEXTS, words_of
from entremise.sync import registry
from entremise.sync.registry import Kind, Operation, Outcome

LATEST = {"round.close", "stop.atmosphere", "stop.reception"}
APPLIED: dict[str, tuple[str, str, Callable[[Actor, Operation], Outcome]]] = {
    "round.open": ("round", "Début de tournée", rounds.open_round),
    "round.join": ("round", "Arrivée dans une tournée", rounds.join_round),
    "round.close": ("round", "Fin de tournée", rounds.close_round),
    "stop.arrive": ("stop", "Passage sur un lieu", stops.arrive),
    "tally.add": ("stop", "Contacts comptés", stops.count),
    "stop.atmosphere": ("stop", "Ambiance", stops.atmosphere),
    "stop.reception": ("stop", "Accueil", stops.reception),
    "observation.record": ("observation", "Observation", watch.observe),
    "defect.report": ("defect", "Signalement technique", watch.report),
    "instruction.leave": ("log", "Consigne", log.instruct),
    "instruction.acknowledge": ("log", "Consigne lue", log.acknowledge),
    "call.note": ("log", "Appel", log.call),
}
MERGED = {"tally.add": {"delta": registry.DELTA}}
PHOTOS = {"defect.report": watch.attach_photo}
PAGES = {"defect.report": watch.url}


def declare() -> None:
    """Called once, when the applications are ready."""
    for name, (entity, label, apply) in APPLIED.items():
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
                attach=PHOTOS.get(name),
                merge=MERGED.get(name, {}),
                url=PAGES.get(name),
            )
        )
