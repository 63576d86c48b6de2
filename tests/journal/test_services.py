"""The journal cannot be rewritten, and shows it when someone tries."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from entremise.core import verify
from entremise.core.actor import system_actor
from entremise.core.ids import uuid7
from entremise.journal import services, triggers
from entremise.journal.events import Event, subscribe
from entremise.journal.models import Entry, Seal
from entremise.journal.services import publish, seal_days

pytestmark = pytest.mark.django_db
DAY = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


class Noted(Event):
    name = "test.noted"
    target_type = "test"


def _publish():
    with transaction.atomic():
        publish(Noted(actor=system_actor(), target_id=uuid7(), codes={"list": ["a"]}))


def test_an_event_published_outside_a_transaction_is_refused(monkeypatch):
    monkeypatch.setattr(services, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(RuntimeError):
        publish(Noted(actor=system_actor(), target_id=uuid7()))


def test_subscribers_are_called_with_the_event():
    seen = []
    subscribe(Noted, seen.append)
    _publish()
    assert [event.name for event in seen] == ["test.noted"]


@pytest.mark.parametrize("change", ["UPDATE journal_entry SET name = 'x'", "DELETE FROM journal_entry"])
def test_the_database_refuses_to_change_an_event(change):
    _publish()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(change)


def test_events_older_than_twelve_months_may_be_purged_and_their_seal_stays():
    with time_machine.travel(DAY - dt.timedelta(days=500), tick=False):
        _publish()
    with time_machine.travel(DAY, tick=False):
        assert len(seal_days()) == 1
    Entry.objects.all().delete()
    assert Seal.objects.get().count == 1
    assert all(finding.holds for finding in verify.run() if finding.name.startswith("journal"))


def test_seals_chain_finished_days_only():
    with time_machine.travel(DAY, tick=False):
        _publish()
        _publish()
        assert seal_days() == []
    with time_machine.travel(DAY + dt.timedelta(days=1), tick=False):
        _publish()
    with time_machine.travel(DAY + dt.timedelta(days=2), tick=False):
        first, second = seal_days()
    assert (first.count, second.count) == (2, 1)
    assert second.previous_hash == first.hash


@pytest.mark.parametrize("target", ["name", "payload", "function"])
def test_verify_sees_one_changed_event(target):
    with time_machine.travel(DAY, tick=False):
        _publish()
    with time_machine.travel(DAY + dt.timedelta(days=1), tick=False):
        seal_days()
        assert all(finding.holds for finding in verify.run() if finding.name.startswith("journal"))
        with triggers.lifted():
            Entry.objects.update(**{target: {"codes": {}} if target == "payload" else "altered"})
        assert not next(f for f in verify.run() if f.name == "journal.chaine").holds


def test_verify_sees_a_missing_trigger():
    triggers.remove()
    assert not next(f for f in verify.run() if f.name == "journal.declencheurs").holds
    triggers.install()


def test_verify_sees_seals_that_were_rewritten_in_the_database():
    with time_machine.travel(DAY, tick=False):
        _publish()
    with time_machine.travel(DAY + dt.timedelta(days=1), tick=False):
        seal_days()
    with triggers.lifted():
        Seal.objects.update(hash="0" * 64)
    assert not next(f for f in verify.run() if f.name == "journal.copie").holds


def test_events_written_out_of_order_around_midnight_are_all_sealed():
    with time_machine.travel(DAY + dt.timedelta(hours=13), tick=False):
        _publish()
    with time_machine.travel(DAY, tick=False):
        _publish()
    with time_machine.travel(DAY + dt.timedelta(days=2), tick=False):
        assert sum(seal.count for seal in seal_days()) == 2
        assert all(finding.holds for finding in verify.run() if finding.name.startswith("journal"))
