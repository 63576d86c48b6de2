"""A phone as the server sees one: it seals, numbers, signs, keeps a journal. No network of its own."""

import datetime as dt
import json
import uuid
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec

from entremise.core.ids import uuid7
from entremise.core.time import now
from entremise.sync import envelope


def point(private) -> str:
    """The public half, as phones send it."""
    return envelope.encode(envelope.raw_point(private.public_key()))


@dataclass
class Phone:
    """One device of one person. ``journal`` holds every envelope in order; ``clock`` is its error."""

    person: object
    organisation_key: str
    organisation_key_id: str
    device: uuid.UUID = field(default_factory=uuid7)
    signing: object = field(default_factory=lambda: ec.generate_private_key(envelope.CURVE))
    reading: object = field(default_factory=lambda: ec.generate_private_key(envelope.CURVE))
    journal: list = field(default_factory=list)
    clock: dt.timedelta = dt.timedelta()
    offset_ms: int | None = 0

    @property
    def seq(self) -> int:
        """The last rank issued."""
        return len(self.journal)

    def write(self, schema, entity_type, payload, *, entity=None, after=None, replaces=None, base=None, **more):
        """Seal one gesture, and keep it; returns its envelope."""
        content = {
            "id": str(more.pop("id", None) or uuid7()),
            "schema": schema,
            "organisation": str(self.person.actor.organisation_id),
            "actor": str(self.person.actor.member_id),
            "device": str(self.device),
            "seq": more.pop("seq", self.seq + 1),
            "entity": {"type": entity_type, "id": str(entity or uuid7())},
            "after": str(after) if after else None,
            "replaces": str(replaces) if replaces else None,
            "base_version": base,
            "payload": payload,
            "form_version": "1",
            "app_version": "1",
            "captured_at": (now() + self.clock).isoformat(timespec="milliseconds"),
            "timezone": "Europe/Paris",
            "clock_offset_ms": self.offset_ms,
            "media": [],
            **more,
        }
        sealed = self.seal(content)
        self.journal.append(sealed)
        return sealed

    def seal(self, content):
        """The envelope of any content, right or wrong."""
        return envelope.seal(
            content,
            signer=self.signing,
            organisation_point=envelope.decode(self.organisation_key),
            own_point=envelope.raw_point(self.reading.public_key()),
            key_id=uuid.UUID(self.organisation_key_id),
        )

    def act(self, place, **values):
        """An act at a place, three answers and what the test adds."""
        names = ("entity", "after", "replaces", "id", "seq", "schema")
        options = {name: values.pop(name) for name in names if name in values}
        payload = {
            "team_id": str(next(iter(self.person.actor.team_ids))),
            "site_id": str(place.pk),
            "occurred_at": (now() + self.clock).isoformat(timespec="seconds"),
            "registers": ["presence_active"],
            "outcome": "info_donnee",
            **values,
        }
        return self.write(options.pop("schema", "act.record/1"), "act", payload, **options)


class Wire:
    """The line between a phone and the server: a signed-in client, and a batch number."""

    def __init__(self, client) -> None:
        self.client = client

    def hello(self):
        return self.client.get("/api/sync/hello").json()

    def post(self, path, body, **headers):
        """One request, as a phone makes it; the raw response."""
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.post(f"/api/sync/{path}", data, content_type="application/json", headers=headers)

    def send(self, *ops, phone=None, known=None, epoch="", **more):
        """Send these envelopes; the decoded answer."""
        device = str(phone.device) if phone else (ops[0].get("device") if ops and isinstance(ops[0], dict) else None)
        body = {"v": 1, "batch": uuid.uuid4().hex, "device": device, "known": known or {}, "epoch": epoch}
        response = self.post("batches", {**body, **more, "ops": list(ops)})
        assert response.status_code == 200, response.content
        answer = response.json()
        assert answer["marker"] == "entremise-sync/1"
        assert answer["batch"] == body["batch"]
        return answer

    def results(self, *ops, **more):
        """The results alone, in order."""
        return self.send(*ops, **more)["results"]

    def one(self, op, **more):
        """The result of one operation."""
        (result,) = self.results(op, **more)
        return result


def enrol(wire, person) -> Phone:
    """A phone enrolled over the wire."""
    phone = Phone(person, "", "")
    body = {
        "signing_public": point(phone.signing),
        "reading_public": point(phone.reading),
        "name": "Firefox sur Android",
    }
    response = wire.post("devices", body)
    assert response.status_code == 200, response.content
    told = response.json()
    phone.device = uuid.UUID(told["device"])
    phone.organisation_key, phone.organisation_key_id = told["organisation_key"], told["organisation_key_id"]
    return phone
