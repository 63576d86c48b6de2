"""F49 to F52: workers that die, backups that come back, the mirror, what is erased."""

import pytest
from django.db import OperationalError

from entremise.core import personal
from entremise.core.time import now
from entremise.interventions.models import Intervention
from entremise.privacy.models.backups import RestoreEpoch
from entremise.privacy.registry import parts
from entremise.sync import registry
from entremise.sync.models import Conflict, Device, Receipt
from entremise.sync.services import locks, receiving, release_unblocked

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The worker dies here."""


def test_f49_a_worker_killed_between_apply_and_commit_leaves_nothing_half_done(hall, wire, phone, monkeypatch):
    real, sealed = receiving.settle, phone.act(hall)

    def settle(*args, **kwargs):
        real(*args, **kwargs)
        raise Killed

    monkeypatch.setattr(receiving, "settle", settle)
    with pytest.raises(Killed):
        wire.send(sealed)
    monkeypatch.undo()
    assert (Intervention.objects.count(), Receipt.objects.count()) == (0, 0)
    assert wire.one(sealed)["status"] == "applied"


@pytest.mark.parametrize("by", ["the next batch", "the tick"])
@pytest.mark.parametrize("kind", ["operation", "gap"])
def test_f49_a_worker_killed_while_it_releases_leaves_nothing_waiting_for_ever(
    hall, wire, phone, monkeypatch, kind, by
):
    real, created, calls = receiving.settle, phone.act(hall), []
    after = {"after": created["id"]} if kind == "operation" else {}
    pair = {"people_count": [None, 4]}
    correction = phone.write("act.correct/1", "act", pair, entity=created["entity_id"], base=1, **after)
    assert wire.one(correction)["status"] == "held"

    def settle(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:  # the creation is settled and committed; what waited for it is not
            raise Killed
        real(*args, **kwargs)

    monkeypatch.setattr(receiving, "settle", settle)
    with pytest.raises(Killed):
        wire.send(created)
    monkeypatch.undo()
    assert Receipt.objects.get(seq=2).status == "held"
    if by == "the tick":
        assert release_unblocked() == 1
        assert release_unblocked() == 0
    answer = wire.send(phone=phone)
    assert [(one["id"], one["status"]) for one in answer["updates"]] == [(correction["id"], "applied")]
    assert Intervention.objects.get().people_count == 4


def test_f49_an_operation_the_database_could_not_take_has_no_result_and_the_others_pass(hall, wire, phone, monkeypatch):
    first, second = phone.act(hall), phone.act(hall)
    real = receiving.in_transaction
    calls = []

    def in_transaction(work):
        calls.append(1)
        if len(calls) == 1:
            raise locks.Busy
        return real(work)

    monkeypatch.setattr(receiving, "in_transaction", in_transaction)
    (result,) = wire.results(first, second)
    assert (result["id"], result["status"]) == (second["id"], "applied")
    assert wire.one(first)["status"] == "applied"


def test_f49_a_deadlock_is_tried_again(monkeypatch):
    class Deadlock(Exception):
        sqlstate = "40P01"

    monkeypatch.setattr(locks, "_is_outermost", lambda: True)
    tries = []

    def work():
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("deadlock detected") from Deadlock()
        return "done"

    assert locks.in_transaction(work) == "done"
    assert len(tries) == 3
    with pytest.raises(locks.Busy):
        locks.in_transaction(lambda: (_ for _ in ()).throw(OperationalError("database is locked")))
    with pytest.raises(OperationalError):
        locks.in_transaction(lambda: (_ for _ in ()).throw(OperationalError("no such table")))


def test_f50_a_restored_server_has_the_phone_replay_its_journal(hall, wire, phone):
    ops = [phone.act(hall) for _ in range(6)]
    device = str(phone.device)
    assert wire.send(*ops)["devices"][device]["acknowledged"] == 6
    lost = Receipt.objects.filter(seq__gt=4)
    from entremise.presence.models import LogEntry

    LogEntry.objects.filter(subject_id__in=lost.values("entity_id")).delete()
    Intervention.objects.filter(pk__in=[row.entity_id for row in lost]).delete()
    lost.delete()
    Device.objects.update(acknowledged_seq=4, highest_seq=4)
    state = wire.send(phone=phone, known={device: 6})["devices"][device]
    assert (state["acknowledged"], state["replay_from"]) == (4, 5)
    answer = wire.send(*ops, known={device: 6})
    assert {one["status"] for one in answer["results"]} == {"applied"}
    assert answer["devices"][device]["replay_from"] is None
    assert Intervention.objects.count() == 6


def test_f50_a_phone_the_restored_server_never_knew_enrols_again_under_its_own_name(cast, hall, wire, phone, other):
    from tests.sync.phone import point

    theirs, line = other
    sealed = phone.act(hall)
    Device.objects.filter(pk=phone.device).delete()
    answer = wire.send(sealed)
    assert answer["results"] == []
    assert answer["devices"] == {str(phone.device): {"unknown": True}}
    body = {"signing_public": point(phone.signing), "reading_public": point(phone.reading), "device": str(phone.device)}
    assert line.post("devices", {**body, "device": str(theirs.device)}).status_code == 422
    assert wire.post("devices", {**body, "device": str(theirs.device)}).status_code == 404
    assert wire.post("devices", body).json()["device"] == str(phone.device)
    assert wire.one(sealed)["status"] == "applied"


def test_f50_the_epoch_changes_with_a_restore(wire, phone):
    before = wire.hello()["epoch"]
    RestoreEpoch.objects.create(number=1, taken_at=now())
    assert wire.hello()["epoch"] != before


def test_f51_the_mirror_compares_states_so_that_the_order_of_writes_hides_nothing(cast, wire, phone, monkeypatch):
    state = {"lines": [1]}
    monkeypatch.setitem(registry._mirrors, "essai", lambda actor: {**state, "who": str(actor.member_id)})
    first = wire.client.get("/api/sync/mirror").json()
    part = first["parts"]["essai"]
    assert part["data"] == {"lines": [1], "who": str(cast.samia.member.pk)}
    known = f"?known=essai:{part['hash']},autre:{'0' * 64}"
    assert "essai" not in wire.client.get(f"/api/sync/mirror{known}").json()["parts"]
    state["lines"] = [0, 1]
    again = wire.client.get(f"/api/sync/mirror{known}").json()
    assert again["parts"]["essai"]["data"]["lines"] == [0, 1]
    assert "essai" in again["codes"]


def test_an_erased_person_leaves_no_word_in_envelopes_answers_and_conflicts(hall, wire, phone, monkeypatch):
    act = phone.act(hall, narrative="Avec Madame.")
    clash = phone.write(
        "act.correct/1", "act", {"narrative": ["Rien.", "Autre."]}, entity=act["entity_id"], after=act["id"], base=1
    )
    wire.results(act, clash)
    person, entity = phone.device, Receipt.objects.first().entity_id
    monkeypatch.setattr(registry, "_links", [lambda persons: {entity} if person in persons else set()])
    (part,) = [part for part in parts() if part.code == "carnet"]
    assert part.erase([person]) == 2
    assert part.erase([person]) == 0
    assert set(Receipt.objects.values_list("envelope", "answer")) == {("", "")}
    assert Conflict.objects.get().fields == ""
    assert wire.one(act)["status"] == "applied"
    assert Intervention.objects.count() == 1


def test_the_words_of_settled_operations_go_after_their_duration_and_replays_still_count_once(hall, wire, phone, cast):
    act = phone.act(hall, narrative="Mot.")
    refused = phone.act(hall, outcome="")
    wire.results(act, refused)
    rule = personal.rule("carnet-enveloppes")
    due = rule.due(cast.organisation.pk, now())
    assert [row.operation_id for row in due] == [Receipt.objects.get(seq=1).operation_id]
    rule.apply([row.pk for row in due])
    assert rule.due(cast.organisation.pk, now()).count() == 0
    assert wire.one(act)["status"] == "applied"
    assert Intervention.objects.count() == 1
