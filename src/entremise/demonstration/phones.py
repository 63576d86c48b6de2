"""The phones of the demonstration: a missing entry, two versions of an act, a text too long, a photo that stays."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from entremise.core.actor import Actor
from entremise.core.ids import uuid7
from entremise.core.time import local
from entremise.demonstration.asides import Step
from entremise.demonstration.people import House
from entremise.demonstration.setting import Scene
from entremise.interventions import queries as acts_read
from entremise.interventions import services as acts
from entremise.interventions.commands import CorrectIntervention
from entremise.sync import envelope
from entremise.sync.commands import EnrolDevice, SendBatch
from entremise.sync.services import enrol_device, receive_batch, tell_missing
from entremise.sync.services.devices import report_health
from entremise.sync.services.keys import current_key

AT_THE_OFFICE = "Le ton est redescendu avant notre départ. Le gardien rappelle demain."
ON_THE_PHONE = "Le ton est redescendu. Les deux voisins acceptent de se revoir jeudi, avec nous."


DICTATED = (
    "Arrivés au pied du hall vers dix-neuf heures, on entend de la musique au deuxième. Trois jeunes sont "
    "assis sur les marches, une voisine descend et leur demande de baisser, le ton monte un peu des deux "
    "côtés. On se présente, on laisse chacun parler. La voisine travaille tôt, les jeunes ne savaient pas. Ils "
    "proposent d’aller vers le city-stade après vingt et une heures. Elle dit merci, ils disent bonne soirée. "
    "On reste dix minutes, la musique s’arrête. À revoir jeudi avec le gardien, qui connaît tout le monde et "
    "peut dire si cela tient dans la durée."
)


@dataclass
class Phone:
    """A phone that seals as the notebook does."""

    actor: Actor
    device: uuid.UUID = field(default_factory=uuid7)
    signing: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(envelope.CURVE))
    reading: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(envelope.CURVE))
    seq: int = 0

    def enrol(self, browser: str) -> None:
        """First opening, with network."""
        command = EnrolDevice(signing_public=_point(self.signing), reading_public=_point(self.reading), name=browser)
        self.device = enrol_device(actor=self.actor, command=command).pk

    def write(self, schema: str, kind: str, payload: dict[str, Any], at: dt.datetime, **facts: Any) -> dict[str, Any]:
        """Seal one gesture."""
        self.seq += 1
        key = current_key(self._organisation)
        content = {
            "id": str(uuid7()),
            "schema": schema,
            "organisation": str(self._organisation),
            "actor": str(self.actor.member_id),
            "device": str(self.device),
            "seq": self.seq,
            "entity": {"type": kind, "id": str(facts.pop("entity", None) or uuid7())},
            "after": None,
            "replaces": None,
            "base_version": None,
            "payload": payload,
            "form_version": "1",
            "app_version": "1",
            "captured_at": local(at).isoformat(timespec="milliseconds"),
            "timezone": "Europe/Paris",
            "clock_offset_ms": 0,
            "media": [],
            **facts,
        }
        return envelope.seal(
            content,
            signer=self.signing,
            organisation_point=envelope.decode(key.public),
            own_point=envelope.raw_point(self.reading.public_key()),
            key_id=key.pk,
        )

    def send(self, *ops: dict[str, Any], waiting: int = 0) -> None:
        """What leaves when the network is back."""
        receive_batch(actor=self.actor, command=SendBatch(batch=uuid7().hex, ops=ops, device=self.device))
        health = {"waiting": waiting, "issued": self.seq, "persisted": True, "version": "1"}
        report_health(actor=self.actor, device_id=self.device, report=health)

    @property
    def _organisation(self) -> uuid.UUID:
        assert self.actor.organisation_id is not None
        return self.actor.organisation_id


def _point(private: ec.EllipticCurvePrivateKey) -> str:
    return envelope.encode(envelope.raw_point(private.public_key()))


def steps(house: House, scene: Scene, present: dt.datetime) -> list[Step]:
    """Samia's phone lost an entry, changed an act the office had changed, dictated too long; Paul keeps a photo."""
    story = _Story(house, scene, present)
    told = (
        (6 * 24 * 60, story.enrol),
        (5 * 24 * 60, story.report_with_a_photo),
        (26 * 60, story.note),
        (8 * 60, story.correct_at_the_office),
        (50, story.meet),
        (30, story.dictate),
        (20, tell_missing),
    )
    return [(present - dt.timedelta(minutes=minutes), step) for minutes, step in told]


class _Story:
    """Two phones, and the act that one of them noted."""

    def __init__(self, house: House, scene: Scene, present: dt.datetime) -> None:
        self.house, self.scene, self.present = house, scene, present
        self.hers, self.his = Phone(house.actors["samia"]), Phone(house.actors["paul"])
        self.act: dict[str, Any] = {}

    def enrol(self) -> None:
        """Both join."""
        self.hers.enrol("Chrome sur Android")
        self.his.enrol("Firefox sur Android")

    def note(self) -> None:
        """An act noted without network, sent an hour later."""
        facts = _act(self.house, self.scene, self.house.actors["paul"], self.present)
        self.act = self.hers.write("act.record/1", "act", facts, self.present - dt.timedelta(hours=27))
        self.hers.send(self.act)
        self.his.send()

    def report_with_a_photo(self) -> None:
        """Paul reports a door that no longer closes; the photo waits for a better network, which never came."""
        facts = {
            "team_id": str(self.house.teams["soir"]),
            "site_id": str(self.scene.sites["Place des Marronniers"]),
            "category": "acces",
            "description": "La porte du local ne ferme plus.",
        }
        at = self.present - dt.timedelta(days=5, hours=1)
        photo = {"slot": "photo-1", "sha256": "5e" * 32, "bytes": 214_380, "mime": "image/jpeg", "key": "", "iv": ""}
        self.his.send(self.his.write("defect.report/1", "defect", facts, at, media=[photo]))

    def dictate(self) -> None:
        """A text longer than an act keeps: refused, kept, to be corrected by its author."""
        facts = _act(self.house, self.scene, self.house.actors["paul"], self.present)
        at = self.present - dt.timedelta(hours=1)
        told = {"occurred_at": local(at).isoformat(timespec="seconds"), "narrative": DICTATED}
        self.hers.send(self.hers.write("act.record/1", "act", {**facts, **told}, at), waiting=1)

    def correct_at_the_office(self) -> None:
        """Paul changes its narrative."""
        _at_the_office(self.house.actors["paul"], uuid.UUID(self.act["entity_id"]))

    def meet(self) -> None:
        """So had Samia, on her phone, before she knew."""
        self.hers.seq += 1  # an entry that never arrived
        change = {"narrative": ["Échange de voix dans le hall.", ON_THE_PHONE], "people_count": [2, 3]}
        late = self.hers.write(
            "act.correct/1",
            "act",
            change,
            self.present - dt.timedelta(hours=20),
            entity=self.act["entity_id"],
            after=self.act["id"],
            base_version=1,
        )
        self.hers.send(late, waiting=1)
        self.his.send()


def _act(house: House, scene: Scene, paul: Actor, present: dt.datetime) -> dict[str, Any]:
    return {
        "team_id": str(house.teams["soir"]),
        "site_id": str(scene.sites["Place des Marronniers"]),
        "second_author_id": str(paul.member_id),
        "occurred_at": local(present - dt.timedelta(hours=27)).isoformat(timespec="seconds"),
        "registers": ["conflit_temps_reel"],
        "outcome": "apaise",
        "conflict_objects": ["bruit"],
        "people_count": 2,
        "tension_before": 3,
        "tension_after": 1,
        "narrative": "Échange de voix dans le hall.",
    }


def _at_the_office(paul: Actor, act_id: uuid.UUID) -> None:
    act = acts_read.get_intervention(paul, act_id)
    content = acts_read.content_of(act)
    values = {name: getattr(content, name) for name in content.__dataclass_fields__} | {"narrative": AT_THE_OFFICE}
    acts.correct_intervention(actor=paul, command=CorrectIntervention(**values, id=act.pk, base_version=act.version))
