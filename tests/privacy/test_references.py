"""Two fiches opened at once never get the same reference, on either engine."""

import sqlite3
import threading

import pytest
from django.db import connection, connections, transaction

from entremise.journal import triggers
from entremise.privacy.models import Person
from entremise.privacy.services import open_person
from tests.privacy.people import facts

THREADS, EACH = 4, 3


@pytest.fixture
def lifted_triggers():
    """The journal's triggers are lifted before the tables are emptied, and come back with the next migrate."""
    yield
    triggers.remove()


@pytest.fixture
def real_files(transactional_db, cast, tmp_path, monkeypatch):
    """SQLite in files, as it is installed: one in memory knows no waiting between threads. PostgreSQL as it is."""
    if connection.vendor != "sqlite":
        return
    for alias in ("default", "keys"):
        path = tmp_path / f"{alias}.sqlite3"
        copy = sqlite3.connect(path)
        connections[alias].ensure_connection()
        connections[alias].connection.backup(copy)
        copy.close()
        monkeypatch.setitem(connections.settings, alias, {**connections.settings[alias], "NAME": str(path)})


@pytest.mark.django_db(transaction=True)
def test_creations_at_once_follow_each_other_without_a_gap(lifted_triggers, cast, real_files):
    barrier, failures, found = threading.Barrier(THREADS), [], []

    def create():
        try:
            barrier.wait(10)
            for _ in range(EACH):
                found.append(open_person(actor=cast.samia.actor, facts=facts(cast)).reference)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=create) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert sorted(int(one.partition("-")[2]) for one in found) == list(range(1, THREADS * EACH + 1))


@pytest.mark.django_db
def test_an_abandoned_creation_leaves_no_gap(cast):
    with pytest.raises(RuntimeError), transaction.atomic():
        open_person(actor=cast.samia.actor, facts=facts(cast))
        raise RuntimeError("the rest failed")
    assert open_person(actor=cast.samia.actor, facts=facts(cast)).reference.endswith("-1")
    assert Person.objects.count() == 1
