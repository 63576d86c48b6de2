"""Random operations of three phones through a line that loses, repeats, reorders and cuts: ``make faults SEEDS=n``.

A model phone keeps what it wrote until a terminal answer, as docs/adr/0009 says, and replays when told to. The line
injects the faults F11 to F25, F29, F49 and F50 of the list of faults. When the line is quiet again and everything has
been sent, an oracle that never saw the network says what the server must hold. Prints
``seeds=… operations=… lost=… duplicated=…``; anything but zero is an error.
"""

import json
import random
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Sum
from django.test import Client

from entremise.core.ids import uuid7
from entremise.interventions.models import Intervention, InterventionRevision
from entremise.places.services import create_site
from entremise.presence.models import Observation, Tally
from entremise.presence.services import arrive_at_site, open_round
from entremise.sync.models import Conflict, Receipt
from entremise.sync.services import receiving
from tests import cast as cast_module
from tests.sync.phone import Phone, Wire, enrol

TERMINAL = {"applied", "duplicate", "rejected", "conflict", "parked"}
FIELDS = ("people_count", "duration_minutes", "narrative")
FAULTS = (
    "fine",
    "fine",
    "fine",
    "request_lost",
    "answer_lost",
    "killed_before",
    "killed_between",
    "error_after",
    "captive",
    "proxy",
    "cut",
    "late",
    "twice",
    "signed_out",
    "shuffled",
    "poison",
)


class Killed(BaseException):
    """The worker dies: the transaction in progress goes with it."""


@dataclass
class Model:
    """One phone of the model: what waits, what was answered, what it was told received."""

    phone: Phone
    wire: Wire
    waiting: dict[str, dict] = field(default_factory=dict)
    answers: dict[str, dict] = field(default_factory=dict)
    told: int = 0
    last: dict[str, str] = field(default_factory=dict)  # the last operation of this phone on each record

    def keep(self, sealed: dict) -> None:
        """A gesture was saved."""
        self.waiting[sealed["id"]] = sealed
        self.last[sealed["entity_id"]] = sealed["id"]

    def hear(self, answer: dict) -> None:
        """Believe an answer of ours."""
        for result in (*answer["results"], *answer["updates"]):
            if result["id"] in self.waiting and result["status"] in (*TERMINAL, "held"):
                del self.waiting[result["id"]]
            if result["status"] in (*TERMINAL, "held"):
                self.answers[result["id"]] = result
        state = answer["devices"].get(str(self.phone.device), {})
        self.told = state.get("acknowledged", self.told)
        if state.get("replay_from"):
            for sealed in self.phone.journal:
                if sealed["seq"] >= state["replay_from"]:
                    self.waiting[sealed["id"]] = sealed


class World:
    """A place, three phones, what they really did."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.cast = cast_module.build()
        samia, paul = self.cast.samia, self.cast.paul
        self.site = create_site(actor=self.cast.claire.actor, name="Hall", space_type="hall")
        outing = open_round(actor=samia.actor, team_id=self.cast.team.pk, member_ids=[paul.member.pk])
        self.stop = arrive_at_site(actor=samia.actor, round_id=outing.pk, site_id=self.site.pk)
        self.models = [self._model(person) for person in (samia, samia, paul)]
        self.acts: dict[str, dict] = {}
        self.edits: list[tuple[str, str, str, object]] = []  # (operation, act, field, value)
        self.observed: set[str] = set()
        self.contacts = 0
        self.late: list[tuple[Model, bytes]] = []
        self.count = 0

    def _model(self, person) -> Model:
        client = Client(raise_request_exception=True)
        client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
        wire = Wire(client)
        return Model(enrol(wire, person), wire)

    def act_once(self) -> None:
        """One gesture on one phone."""
        model = self.draw.choice(self.models)
        gesture = self.draw.choices((self.note, self.tap, self.edit, self.observe), (4, 3, 4, 1))[0]
        gesture(model)
        self.count += 1

    def note(self, model: Model) -> None:
        """An act that samia and paul both sign."""
        other = self.cast.paul if model.phone.person is self.cast.samia else self.cast.samia
        sealed = model.phone.act(self.site, second_author_id=str(other.member.pk), narrative=f"acte {self.count}")
        self.acts[sealed["entity_id"]] = {
            "people_count": None,
            "duration_minutes": None,
            "narrative": f"acte {self.count}",
        }
        model.keep(sealed)

    def tap(self, model: Model) -> None:
        """Contacts, at the place where the round stands."""
        delta = self.draw.randint(1, 4)
        model.keep(model.phone.write("tally.add/1", "stop", {"delta": delta}, entity=self.stop.pk))
        self.contacts += delta

    def edit(self, model: Model) -> None:
        """A correction of any act by any phone, from what that phone believes."""
        if not self.acts:
            return self.note(model)
        act = self.draw.choice(list(self.acts))
        known = model.__dict__.setdefault("beliefs", {}).setdefault(act, dict(self.acts[act]))
        name = self.draw.choice(FIELDS)
        after = f"texte {self.count}" if name == "narrative" else self.draw.randint(1, 9)
        if known[name] == after:
            return self.note(model)
        sealed = model.phone.write(
            "act.correct/1", "act", {name: [known[name], after]}, entity=act, base=1, after=model.last.get(act)
        )
        known[name] = after
        self.edits.append((sealed["id"], act, name, after))
        return model.keep(sealed)

    def observe(self, model: Model) -> None:
        """An observation."""
        payload = {"team_id": str(self.cast.team.pk), "site_id": str(self.site.pk), "watch_type": "rumeur"}
        sealed = model.phone.write("observation.record/1", "observation", payload)
        self.observed.add(sealed["entity_id"])
        model.keep(sealed)

    def send(self, model: Model, fault: str) -> None:
        """One attempt of one phone, and what the line does to it."""
        ops = list(model.waiting.values())[: self.draw.randint(1, 50)]
        if fault == "shuffled":
            self.draw.shuffle(ops)
            ops = ops[: self.draw.randint(1, len(ops))] if ops else ops
        if fault == "poison":
            ops = [self._poison(model, ops), *ops[:49]]
        body = self._body(model, ops)
        if fault in ("request_lost", "captive", "proxy"):  # nothing of ours went, or came back
            return
        if fault == "late":
            self.late.append((model, body))
        elif fault == "cut":
            assert self._post(model, body[: self.draw.randint(0, len(body) - 1)]) == {}
        elif fault == "signed_out":
            assert Client().post("/api/sync/batches", body, content_type="application/json").status_code == 401
        elif fault.startswith("killed"):
            self._killed(model, body, fault)
        else:
            self._answered(model, body, fault)

    def _answered(self, model: Model, body: bytes, fault: str) -> None:
        if fault == "twice":
            self._post(model, body)
        answer = self._post(model, body)
        if fault not in ("answer_lost", "error_after"):
            model.hear(answer)

    def _poison(self, model: Model, ops: list) -> object:
        victim = dict(ops[0]) if ops else {"v": 1}
        victim["sig"] = "A" * 86
        return self.draw.choice([victim, None, 7, "x", {"v": 1, "id": str(uuid7())}, {**victim, "sha256": "0"}])

    def _body(self, model: Model, ops: list) -> bytes:
        device = str(model.phone.device)
        body = {"v": 1, "batch": uuid.uuid4().hex, "device": device, "known": {device: model.told}, "ops": ops}
        return json.dumps(body).encode()

    def _post(self, model: Model, body: bytes) -> dict:
        response = model.wire.client.post("/api/sync/batches", body, content_type="application/json")
        return response.json() if response.status_code == 200 else {}

    def _killed(self, model: Model, body: bytes, when: str) -> None:
        """The worker dies at some operation: before it is applied, or between applying and committing."""
        left, real = self.draw.randint(0, 6), receiving.settle
        budget = {"left": left}

        def settle(*args, **kwargs):
            budget["left"] -= 1
            if budget["left"] < 0 and when == "killed_before":
                raise Killed
            real(*args, **kwargs)
            if budget["left"] < 0:
                raise Killed

        receiving.settle = settle
        try:
            self._post(model, body)  # its answer is lost with the worker
        except Killed:
            pass
        finally:
            receiving.settle = real

    def run(self, operations: int) -> None:
        """Write and send, then let everything through."""
        while self.count < operations:
            for _ in range(self.draw.randint(1, 8)):
                self.act_once()
            for _ in range(self.draw.randint(0, 2)):
                self.send(self.draw.choice(self.models), self.draw.choice(FAULTS))
            if self.late and self.draw.random() < 0.4:
                model, body = self.late.pop(self.draw.randrange(len(self.late)))
                self._post(model, body)
        for _, body in self.late:
            self._post(self.models[0], body)  # any session may carry it
        for _ in range(len(self.models) * (operations // 50 + 3)):
            for model in self.models:
                self.send(model, "fine")
        for model in self.models:
            assert not model.waiting, "a phone still waits once the line is quiet"

    def verdict(self) -> tuple[int, int]:
        """How many operations were lost, how many counted twice."""
        lost, duplicated = self._missing(), 0
        contacts = Tally.objects.filter(stop=self.stop).aggregate(total=Sum("count"))["total"] or 0
        lost += max(self.contacts - contacts, 0)
        duplicated += max(contacts - self.contacts, 0)
        kept = {str(pk) for pk in Intervention.objects.values_list("pk", flat=True)}
        lost += len(self.acts.keys() - kept)
        duplicated += len(kept - self.acts.keys())
        observed = {str(pk) for pk in Observation.objects.values_list("pk", flat=True)}
        lost += len(self.observed - observed)
        duplicated += len(observed - self.observed)
        edits_lost, edits_twice = self._edits()
        return lost + edits_lost, duplicated + edits_twice

    def _missing(self) -> int:
        """Operations without a receipt, or not in a state that keeps them."""
        written = {sealed["id"] for model in self.models for sealed in model.phone.journal}
        rows = {str(row.operation_id): row for row in Receipt.objects.all()}
        bad = [row for row in rows.values() if row.status not in ("applied", "duplicate", "conflict")]
        differing = sum(
            model.answers[one]["status"] != rows[one].status
            for model in self.models
            for one in model.answers
            if one in rows and model.answers[one]["status"] in TERMINAL
        )
        return len(written - rows.keys()) + len(bad) + differing

    def _edits(self) -> tuple[int, int]:
        """Each correction is in the act's history once, in a conflict, or changed nothing."""
        written: dict[tuple[str, str], Counter] = defaultdict(Counter)
        for row in InterventionRevision.objects.all():
            for name, (_, new) in json.loads(row.changes).items():
                written[str(row.intervention_id), name][json.dumps(new)] += 1
        conflicts = {str(row.receipt.operation_id): json.loads(row.fields) for row in Conflict.objects.all()}
        states = {str(row.operation_id): row.status for row in Receipt.objects.all()}
        lost = twice = 0
        wanted: dict[tuple[str, str], Counter] = defaultdict(Counter)
        for operation, act, name, value in self.edits:
            if states.get(operation) == "applied":
                wanted[act, name][json.dumps(value)] += 1
            elif states.get(operation) == "conflict":
                lost += conflicts[operation][name][2] != value
            elif states.get(operation) != "duplicate":
                lost += 1
        for key, values in written.items():
            twice += sum((values - wanted[key]).values())
        for key, values in wanted.items():
            lost += sum((values - written[key]).values())
        return lost, twice
