"""A destroyed key leaves the files of the store, whoever was reading meanwhile."""

import time
from contextlib import closing

import pytest
from django.db import connection, connections

from entremise.core import crypto
from entremise.core.ids import uuid7
from entremise.keys import services
from entremise.keys.models import DataKey, Tombstone
from entremise.keys.router import ALIAS
from tests.privacy.backup_world import installation
from tests.privacy.raw_search import kept_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(tmp_path):
    """An installation whose files can be searched."""
    with installation(tmp_path / "ici") as folder:
        yield folder


@pytest.fixture
def erased(place):
    """A person's scope and their wrapped key, which lies in the store."""
    scope = services.person_scope(uuid7())
    crypto.seal_text(scope, "Awa", "x")
    wrapped = bytes(DataKey.objects.get(scope_id=scope.identifier).wrapped)
    assert kept_in(place, wrapped) == ["cles"]
    return scope, wrapped


def reader(*statements):
    """A transaction of somebody else on the store of keys, left open on what it saw."""
    apart = connections[ALIAS].copy()
    cursor = apart.cursor()
    begin = "BEGIN" if apart.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ"
    for statement in (begin, *statements):
        cursor.execute(statement)
    cursor.fetchone()
    return closing(apart)


def test_an_older_snapshot_does_not_keep_a_destroyed_key(place, erased):
    scope, wrapped = erased
    if connection.vendor == "sqlite":
        pytest.skip("SQLite refuses instead, and comes back: the next test")
    with reader("SELECT COUNT(*) FROM keys_tombstone"):
        services.destroy_keys([scope])
        assert services.settle(scope.kind, [scope.identifier])
        assert kept_in(place, wrapped) == []
    assert kept_in(place, wrapped) == []


def test_who_reads_the_keys_for_long_stops_nobody_and_the_work_is_done_after(place, erased):
    scope, wrapped = erased
    with reader("SELECT COUNT(*) FROM keys_datakey"):
        services.destroy_keys([scope])
        asked = time.monotonic()
        assert not services.settle(scope.kind, [scope.identifier])
        assert time.monotonic() - asked < 5  # given up, not waited for
        assert Tombstone.objects.get(scope_id=scope.identifier).settled_at is None
        assert kept_in(place, wrapped) == ["cles"]
    assert services.settle(scope.kind, [scope.identifier])
    assert kept_in(place, wrapped) == []
