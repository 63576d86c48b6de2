"""F11 to F26, server side: whatever the network does, an operation is applied once and answered the same."""

import json
import uuid

import pytest

from entremise.interventions.models import Intervention
from entremise.presence.models import Observation
from entremise.sync.models import Receipt, Stray
from entremise.sync.services import receiving
from tests.sync.phone import Wire

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The process dies here."""


def test_an_act_written_without_network_is_noted_once_sent(cast, hall, wire, phone):
    sealed = phone.act(hall, narrative="Deux personnes attendaient.")
    result = wire.one(sealed)
    assert result["status"] == "applied"
    assert result["version"] == 1
    act = Intervention.objects.get()
    assert act.narrative == "Deux personnes attendaient."
    assert act.author_id == cast.samia.member.pk
    row = Receipt.objects.get()
    assert row.seq == 1
    assert "attendaient" not in row.envelope
    assert str(row.__dict__["answer"]).startswith("e1.")


def test_f11_f14_f15_a_lost_answer_is_given_again_word_for_word(hall, wire, phone):
    sealed = phone.act(hall)
    first, second, third = wire.one(sealed), wire.one(sealed), wire.one(sealed)
    assert first == second == third
    assert Intervention.objects.count() == 1
    assert Receipt.objects.count() == 1


def test_f12_a_fault_after_the_commit_keeps_what_was_applied_before_it(hall, wire, phone, monkeypatch):
    first, second = phone.act(hall), phone.act(hall)
    monkeypatch.setattr(receiving, "follow", _die)
    with pytest.raises(Killed):
        wire.send(first, second)
    monkeypatch.undo()
    assert Intervention.objects.count() == 2
    assert [result["status"] for result in wire.results(first, second)] == ["applied", "applied"]
    assert Intervention.objects.count() == 2


def _die(*args, **kwargs):
    raise Killed


def test_f13_a_fault_before_the_commit_leaves_nothing_and_takes_nothing(hall, wire, phone, monkeypatch):
    sealed = phone.act(hall)
    monkeypatch.setattr(receiving.answers, "read", _die)
    with pytest.raises(Killed):
        wire.send(sealed)
    monkeypatch.undo()
    assert Intervention.objects.count() == Receipt.objects.count() == 0
    assert wire.one(sealed)["status"] == "applied"


def test_f17_another_content_under_the_same_number_is_kept_aside(hall, wire, phone):
    sealed = phone.act(hall)
    wire.one(sealed)
    forged = phone.act(hall, id=sealed["id"], seq=1, narrative="Autre chose.")
    told = {"id": sealed["id"], "status": "parked", "reason": "other_content"}
    assert wire.one(forged) == wire.one(forged) == told
    assert Stray.objects.get().reason == "other_content"
    assert "Autre" not in str(Stray.objects.values("text").get())
    assert Intervention.objects.get().narrative == ""


def test_f17_another_operation_under_a_rank_already_used_is_kept_aside(hall, wire, phone):
    wire.one(phone.act(hall))
    assert wire.one(phone.act(hall, seq=1))["reason"] == "other_content"
    assert Intervention.objects.count() == 1


@pytest.mark.parametrize("cut", [1, 40, 400])
def test_f18_a_batch_cut_in_the_middle_is_refused_whole_and_changes_nothing(hall, wire, phone, cut):
    body = json.dumps({"v": 1, "batch": "b", "ops": [phone.act(hall)]})
    response = wire.post("batches", body[:-cut])
    assert response.status_code == 400
    assert response.json()["error"] == "unreadable"
    assert response.json()["marker"] == "entremise-sync/1"
    assert Receipt.objects.count() == 0


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"v": 2, "batch": "b", "ops": []}',
        '{"v": 1, "batch": "", "ops": []}',
        '{"v": 1, "batch": "b", "ops": {}}',
        '{"v": 1, "batch": "b", "ops": [], "known": []}',
        '{"v": 1, "batch": "b", "ops": [], "known": {"x": 1}}',
        '{"v": 1, "batch": "b", "ops": [], "epoch": NaN}',
        "[" * 100_000,
        b"\xff\xfe\x00",
        "<html>Connectez-vous</html>",
    ],
)
def test_f18_what_is_not_a_batch_is_refused_in_words(wire, phone, body):
    response = wire.post("batches", body)
    assert response.status_code == 400
    assert response.json()["sentence"]


def test_f20_a_batch_too_heavy_is_refused_so_that_half_is_sent(hall, wire, phone):
    sealed = phone.act(hall)
    many = wire.post("batches", {"v": 1, "batch": "b", "ops": [sealed] * 51})
    heavy = wire.post("batches", {"v": 1, "batch": "b", "ops": [{**sealed, "ct": "A" * 270_000}]})
    assert many.status_code == heavy.status_code == 413
    assert many.json()["limits"] == {"operations": 50, "bytes": 262144}
    assert Receipt.objects.count() == 0


def test_f23_an_update_that_comes_before_its_creation_waits_for_it_and_leaves_by_itself(hall, wire, phone):
    created = phone.act(hall)
    correction = phone.write(
        "act.correct/1", "act", {"people_count": [None, 4]}, entity=created["entity_id"], after=created["id"], base=1
    )
    assert wire.one(correction)["status"] == "held"
    assert wire.one(correction) == {**wire.one(correction), "waits": created["id"]}
    answer = wire.send(created, phone=phone)
    assert answer["results"][0]["status"] == "applied"
    assert [(one["id"], one["status"]) for one in answer["updates"]] == [(correction["id"], "applied")]
    assert Intervention.objects.get().people_count == 4
    again = wire.send(phone=phone, seen=[correction["id"]])
    assert again["updates"] == []


def test_f23_a_batch_in_the_wrong_order_ends_right(hall, wire, phone):
    created = phone.act(hall)
    correction = phone.write(
        "act.correct/1", "act", {"people_count": [None, 4]}, entity=created["entity_id"], after=created["id"], base=1
    )
    later, first = wire.results(correction, created)
    assert (later["status"], first["status"]) == ("applied", "applied")


def test_f23_a_chain_of_three_received_backwards_is_released_in_order(cast, hall, wire, phone):
    team = str(cast.team.pk)
    opened = phone.write("round.open/1", "round", {"team_id": team})
    arrived = phone.write("stop.arrive/1", "stop", {"round_id": opened["entity_id"], "site_id": str(hall.pk)})
    tapped = phone.write("tally.add/1", "stop", {"delta": 2}, entity=arrived["entity_id"], after=arrived["id"])
    seen = phone.write(
        "observation.record/1",
        "observation",
        {"team_id": team, "site_id": str(hall.pk), "round_id": opened["entity_id"], "watch_type": "ambiance"},
    )
    assert [result["status"] for result in wire.results(seen, tapped, arrived)][:2] == ["held", "held"]
    wire.one(opened)
    statuses = {str(row.operation_id): row.status for row in Receipt.objects.all()}
    assert statuses[arrived["id"]] == statuses[tapped["id"]] == "applied"
    assert statuses[seen["id"]] in ("applied", "rejected")


def test_f24_a_gap_is_told_and_stops_only_what_depends_on_it(hall, wire, phone):
    missing = phone.act(hall)
    independent = phone.act(hall)
    dependent = phone.write("act.correct/1", "act", {"people_count": [None, 2]}, entity=missing["entity_id"], base=1)
    answer = wire.send(independent, dependent)
    assert [result["status"] for result in answer["results"]] == ["applied", "held"]
    state = answer["devices"][str(phone.device)]
    assert (state["acknowledged"], state["gap"]) == (0, [[1, 1]])
    answer = wire.send(missing)
    state = answer["devices"][str(phone.device)]
    assert (state["acknowledged"], state["gap"]) == (3, [])
    assert Receipt.objects.get(seq=3).status == "applied"


def test_f24_a_gap_that_closes_without_the_record_says_that_it_does_not_exist(hall, wire, phone):
    other = phone.act(hall)
    dependent = phone.write("act.correct/1", "act", {"people_count": [None, 2]}, base=1)
    assert wire.one(dependent)["status"] == "held"
    answer = wire.send(other, phone=phone)
    (told,) = answer["updates"]
    assert (told["status"], told["reason"]) == ("parked", "gone")


@pytest.mark.parametrize(
    ("poison", "reason"),
    [
        (lambda sealed: "n'importe quoi", "unreadable"),
        (lambda sealed: None, "unreadable"),
        (lambda sealed: {"id": 7}, "unreadable"),
        (lambda sealed: {**sealed, "seq": 0}, "unreadable"),
        (lambda sealed: {**sealed, "ct": sealed["ct"][:-8] + "AAAAAAAA"}, "unreadable"),
        (lambda sealed: {**sealed, "sha256": "0" * 64}, "unreadable"),
        (lambda sealed: {**sealed, "sig": "A" * 86}, "bad_signature"),
        (lambda sealed: {**sealed, "entity_id": str(uuid.uuid4())}, "bad_signature"),
    ],
)
def test_f25_a_poison_operation_at_the_head_blocks_nothing(hall, wire, phone, poison, reason):
    bad, good = poison(phone.act(hall)), phone.act(hall)
    first, second = wire.results(bad, good)
    assert (first["status"], first["reason"]) == ("parked", reason)
    assert second["status"] == "applied"
    wire.results(bad, good)
    assert Stray.objects.count() == 1
    assert Intervention.objects.count() == 1


def test_f25_a_fault_of_the_server_on_one_operation_keeps_it_and_goes_on(hall, wire, phone, monkeypatch):
    from entremise.interventions import sync

    bad, good = phone.act(hall, narrative="panne"), phone.act(hall)
    real = sync.record_intervention

    def fails(*, actor, command):
        if command.narrative:
            raise ZeroDivisionError
        return real(actor=actor, command=command)

    monkeypatch.setattr(sync, "record_intervention", fails)
    first, second = wire.results(bad, good)
    assert (first["status"], first["reason"]) == ("parked", "fault")
    assert second["status"] == "applied"
    assert Receipt.objects.get(operation_id=bad["id"]).envelope


@pytest.mark.parametrize(
    "change",
    [
        {"payload": []},
        {"payload": {"team_id": 4}},
        {"captured_at": "hier"},
        {"captured_at": "2026-11-20T19:42:00"},
        {"clock_offset_ms": "beaucoup"},
        {"entity": {"type": "act", "id": str(uuid.UUID(int=5))}},
        {"schema": "act.record"},
        {"schema": "act.record/zéro"},
        {"media": [{"slot": "photo-1"}]},
        {"base_version": -1},
        {"id": str(uuid.UUID(int=1))},
        {"after": "avant"},
    ],
)
def test_f25_a_sealed_content_that_is_not_an_operation_is_kept_and_blocks_nothing(hall, wire, phone, change):
    content = _content(phone, hall)
    sealed = phone.seal({**content, **change}) if "entity" not in change and "id" not in change else None
    if sealed is None:  # the envelope says one thing, its content another
        sealed = _lying(phone, content, {**content, **change})
    result = wire.one(sealed)
    assert result["status"] in ("parked", "rejected")
    assert result["status"] == "rejected" or result["reason"] == "unreadable"
    assert wire.one(phone.act(hall, seq=2))["status"] == "applied"


def _content(phone, hall):
    caught = {}
    real, phone.seal = phone.seal, lambda content: caught.update(content) or {}
    phone.act(hall)
    phone.journal.pop()
    del phone.seal
    assert real
    return caught


def _lying(phone, content, inner):
    """An envelope whose clear part is another operation's."""
    from entremise.sync import envelope as module

    real = module.canonical
    module.canonical = lambda value: real(inner) if isinstance(value, dict) and "payload" in value else real(value)
    try:
        return phone.seal(content)
    finally:
        module.canonical = real


def test_f26_a_mediator_whose_clock_is_ten_years_off_is_told_the_hour(wire, phone):
    hello = wire.hello()
    assert hello["now"].endswith("Z")
    assert hello["epoch"] == "0"
    assert hello["organisation_key"] == phone.organisation_key


def test_what_a_page_of_another_site_sends_is_refused_without_a_token(hall, wire, phone, cast):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.samia.user, backend="django.contrib.auth.backends.ModelBackend")
    line = Wire(strict)
    body = {"v": 1, "batch": "b", "ops": [phone.act(hall)]}
    refused = line.post("batches", body)
    assert refused.status_code == 403
    assert refused.json()["error"] == "csrf"
    token = line.hello()["csrf"]
    assert line.post("batches", body, **{"X-CSRFToken": token}).status_code == 200


def test_an_observation_that_already_exists_is_a_duplicate(cast, hall, wire, phone):
    payload = {"team_id": str(cast.team.pk), "site_id": str(hall.pk), "watch_type": "tension_montante"}
    first = phone.write("observation.record/1", "observation", payload)
    again = phone.write("observation.record/1", "observation", payload, entity=first["entity_id"])
    statuses = [result["status"] for result in wire.results(first, again)]
    assert statuses[1] in ("duplicate", statuses[0])
    assert Observation.objects.count() <= 1
