"""The phones of the demonstration: one with nothing to say, one with a missing entry and two versions of an act."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from entremise.core.actor import Actor
from entremise.core.ids import uuid7
from entremise.core.time import local, told_at
from entremise.demonstration.people import House
from entremise.demonstration.setting import Scene
from entremise.interventions import queries as acts_read
from entremise.interventions import services as acts
from entremise.interventions.commands import CorrectIntervention
from entremise.sync import envelope
from entremise.sync.commands import EnrolDevice, SendBatch
from entremise.sync.services import enrol_device, receive_batch
from entremise.sync.services.devices import report_health
from entremise.sync.services.keys import current_key

AT_THE_OFFICE = "Le ton est redescendu avant notre départ. Le gardien rappelle demain."
ON_THE_PHONE = "Le ton est redescendu. Les deux voisins acceptent de se revoir jeudi, avec nous."


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


def tell(house: House, scene: Scene, present: dt.datetime) -> None:
    """Samia's phone lost one entry on the way and changed an act that the office had changed; Paul's is well."""
    samia, paul = house.actors["samia"], house.actors["paul"]
    with told_at(present - dt.timedelta(days=2)):
        hers, his = Phone(samia), Phone(paul)
        hers.enrol("Chrome sur Android")
        his.enrol("Firefox sur Android")
    with told_at(present - dt.timedelta(hours=26)):
        act = hers.write("act.record/1", "act", _act(house, scene, paul, present), present - dt.timedelta(hours=27))
        hers.send(act)
        his.send()
    with told_at(present - dt.timedelta(hours=8)):
        _at_the_office(paul, uuid.UUID(act["entity_id"]))
    hers.seq += 1  # an entry that never arrived
    change = {"narrative": ["Échange de voix dans le hall.", ON_THE_PHONE], "people_count": [2, 3]}
    with told_at(present - dt.timedelta(minutes=50)):
        late = hers.write(
            "act.correct/1",
            "act",
            change,
            present - dt.timedelta(hours=20),
            entity=act["entity_id"],
            after=act["id"],
            base_version=1,
        )
        hers.send(late, waiting=1)
        his.send()


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
