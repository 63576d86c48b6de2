"""F43 and F44: phones older or newer than the server. ``fixtures/`` keeps one content of every published schema."""

import json
import uuid
from pathlib import Path

import pytest

from entremise.interventions.models import Intervention
from entremise.sync import registry
from entremise.sync.models import Receipt
from entremise.sync.queries.devices import accepted_schemas
from entremise.sync.registry import Kind, Outcome
from entremise.sync.services import retry_after_upgrade

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).parent / "fixtures"


def test_every_accepted_schema_has_its_example_kept():
    kept = {path.stem.replace("_", "/") for path in FIXTURES.glob("*.json")}
    assert kept == set(accepted_schemas())


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.json")), ids=lambda path: path.stem)
def test_f43_an_operation_of_every_published_schema_is_still_read(cast, hall, wire, phone, path):
    schema = path.stem.replace("_", "/")
    kept = path.read_text(encoding="utf-8").replace("{team}", str(cast.team.pk)).replace("{site}", str(hall.pk))
    example = json.loads(kept)
    result = wire.one(phone.write(schema, example["entity"], example["payload"], base=example.get("base_version")))
    assert result["status"] in example["statuses"]
    assert result.get("reason") not in ("unknown_schema", "unreadable", "fault")


@pytest.fixture
def newer(monkeypatch):
    """A kind in its third version, whose two former ones are still read."""
    seen = []

    def apply(actor, operation):
        seen.append(operation.payload)
        return Outcome(version=operation.version)

    kind = Kind(
        schema="essai.noter/3",
        label="Essai",
        entity="essai",
        apply=apply,
        upcasters={
            1: lambda content: {**content, "payload": {"texte": content["payload"]["mot"]}},
            2: lambda content: {**content, "payload": {**content["payload"], "langue": "fr"}},
        },
    )
    monkeypatch.setitem(registry._kinds, kind.name, kind)
    return seen


def test_f43_two_versions_are_climbed_one_after_the_other(wire, phone, newer):
    ops = [
        phone.write("essai.noter/1", "essai", {"mot": "bonjour"}),
        phone.write("essai.noter/2", "essai", {"texte": "bonjour"}),
        phone.write("essai.noter/3", "essai", {"texte": "bonjour", "langue": "ar"}),
    ]
    assert {one["status"] for one in wire.results(*ops)} == {"applied"}
    assert [payload["langue"] for payload in newer] == ["fr", "fr", "ar"]


def test_f43_a_phone_newer_than_the_server_waits_for_its_upgrade(wire, phone, newer, monkeypatch):
    early = phone.write("essai.noter/4", "essai", {"texte": "bonjour"})
    unknown = phone.write("essai.inventer/1", "essai", {})
    assert [one["reason"] for one in wire.results(early, unknown)] == ["unknown_schema", "unknown_schema"]
    kind = registry.kind_of("essai.noter")
    upgraded = Kind(
        schema="essai.noter/4",
        label="Essai",
        entity="essai",
        apply=kind.apply,
        upcasters={**kind.upcasters, 3: lambda content: content},
    )
    monkeypatch.setitem(registry._kinds, kind.name, upgraded)
    assert retry_after_upgrade() == 0  # the same server: nothing to try again
    monkeypatch.setattr("entremise.sync.services.deciding.__version__", "99")
    assert retry_after_upgrade() == 1
    updates = wire.send(phone=phone)["updates"]
    assert [(one["id"], one["status"]) for one in updates] == [(early["id"], "applied")]


def test_f43_two_hundred_operations_of_an_older_phone_all_pass(wire, phone, newer):
    ops = [phone.write("essai.noter/1", "essai", {"mot": str(rank)}) for rank in range(200)]
    for start in range(0, 200, 50):
        assert {one["status"] for one in wire.results(*ops[start : start + 50])} == {"applied"}
    assert len(newer) == 200


def test_f44_a_field_this_server_does_not_know_is_never_dropped_in_silence(hall, wire, phone):
    result = wire.one(phone.act(hall, humeur="bonne"))
    assert (result["status"], result["reason"]) == ("parked", "unknown_schema")
    assert wire.one(phone.act(hall, humeur=""))["status"] == "applied"


def test_f44_a_choice_withdrawn_from_the_form_asks_for_another(hall, wire, phone):
    refused = phone.act(hall, registers=["registre_disparu"])
    result = wire.one(refused)
    assert result["status"] == "rejected"
    assert "registers" in result["errors"]
    right = phone.act(hall, entity=refused["entity_id"], replaces=refused["id"])
    assert wire.one(right)["status"] == "applied"
    assert str(Intervention.objects.get().pk) == refused["entity_id"]
    assert Receipt.objects.get(operation_id=refused["id"]).replaced_by == uuid.UUID(right["id"])


def test_a_correction_that_comes_before_what_it_corrects_is_not_overwritten(hall, wire, phone):
    wrong = phone.act(hall, narrative="Faux.")
    right = phone.act(hall, entity=wrong["entity_id"], replaces=wrong["id"], narrative="Juste.")
    assert [one["status"] for one in wire.results(right, wrong)] == ["applied", "duplicate"]
    assert Intervention.objects.get().narrative == "Juste."


def test_an_act_written_again_by_its_author_after_it_was_applied_is_corrected(hall, wire, phone):
    wrong = phone.act(hall, narrative="Faux.")
    wire.one(wrong)
    right = phone.act(hall, entity=wrong["entity_id"], replaces=wrong["id"], narrative="Juste.")
    assert wire.one(right)["status"] == "applied"
    act = Intervention.objects.get()
    assert (act.narrative, act.version) == ("Juste.", 2)


def test_a_kind_that_could_not_read_its_older_versions_is_refused_when_declared():
    with pytest.raises(ValueError, match="older versions"):
        registry.register(Kind(schema="essai.creux/3", label="", entity="", apply=lambda actor, op: Outcome()))
