"""Fixtures shared by every test."""

import sqlite3

import pytest
import time_machine
from django.conf import settings
from django.db import connection, connections
from django.test import Client

from entremise.core import crypto
from entremise.core.time import now
from entremise.journal import triggers
from tests import cast as cast_module
from tests.replay import Replay

WALKS = ("tests/test_matrix", "tests/test_confided", "tests/browser/test_every_page")


def pytest_collection_modifyitems(config, items) -> None:
    """Every test of the database may use the store of keys too: almost any record has something to seal.

    The walks of every page come first: begun last, the longest test would leave the other worker idle. What asks
    nothing of a database, and who may open which page, are asked once, on SQLite.
    """
    items.sort(key=lambda item: not item.nodeid.startswith(WALKS))
    elsewhere = connection.vendor != "sqlite"
    kept, left = [], []
    for item in items:
        mark = item.get_closest_marker("django_db")
        stores = bool(mark) or bool({"db", "transactional_db"} & set(getattr(item, "fixturenames", ())))
        if stores:
            options = {**(mark.kwargs if mark else {}), "databases": ["default", "keys"]}
            item.add_marker(pytest.mark.django_db(**options), append=False)
        once = elsewhere and (not stores or item.get_closest_marker("one_engine"))
        (left if once else kept).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


class _Undefined(str):
    """Fails the test when a template prints a variable that does not exist."""

    __slots__ = ()

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, missing: object) -> str:
        raise AssertionError(f"undefined template variable: {missing}")


@pytest.fixture(autouse=True)
def _undefined_variables_fail(settings):
    from django.template import engines

    engines["django"].engine.string_if_invalid = _Undefined()


@pytest.fixture(autouse=True)
def _fresh_keys(monkeypatch):
    """Opened keys do not pass from one test's database to the next."""
    provider = crypto.key_provider()
    monkeypatch.setattr(type(provider), "trust_uncommitted", True)
    provider.forget()
    yield
    provider.forget()


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    """Seals and files of one test are not those of another."""
    settings.SEALS_FILE = tmp_path / "seals.jsonl"
    settings.TOMBSTONES_FILE = tmp_path / "tombstones.jsonl"
    settings.MEDIA_ROOT = tmp_path / "files"


class _OwnTransactions:
    """The connection as the code would find it outside a test: the transaction a test is wrapped in does not count."""

    @property
    def in_atomic_block(self) -> bool:
        return any(not block._from_testcase for block in connection.atomic_blocks)


@pytest.fixture(autouse=True)
def _events_in_the_transaction_of_their_write(monkeypatch):
    """An event published by code that opened no transaction fails its test, as it would fail in service."""
    monkeypatch.setattr("entremise.journal.services.connection", _OwnTransactions())


_casts: dict[object, Replay] = {}


@pytest.fixture
def cast(db):
    """The fixed cast, in the database.

    Made anew where sending its rows again would not do: at a time of the test's choice, and outside a transaction,
    where what waits for a commit must be seen to happen.
    """
    if time_machine.escape_hatch.is_travelling() or not connection.in_atomic_block:
        return cast_module.build()
    hour = now().replace(minute=0, second=0, microsecond=0)  # a day that ends meanwhile has its own cast
    return _casts.setdefault((hour, settings.MASTER_KEY), Replay(cast_module.build))()


@pytest.fixture
def signed_in():
    """A function: ``signed_in(person)`` gives a client whose second factor, if any, is done."""

    def sign_in(person) -> Client:
        client = Client()
        client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["organisation"] = str(person.actor.organisation_id)
        session["second_factor_done"] = True
        session.save()
        return client

    return sign_in


@pytest.fixture
def lifted_triggers():
    """The journal's triggers are lifted before the tables are emptied, and come back with the next migrate."""
    yield
    triggers.remove()


@pytest.fixture
def real_files(transactional_db, tmp_path, monkeypatch):
    """A function that puts SQLite in files, as it is installed: one in memory knows no waiting between threads.

    Called once the test has written what it needs. PostgreSQL stays as it is.
    """

    def keep() -> None:
        for alias in ("default", "keys") if connection.vendor == "sqlite" else ():
            path = tmp_path / f"{alias}.sqlite3"
            copy = sqlite3.connect(path)
            connections[alias].ensure_connection()
            connections[alias].connection.backup(copy)
            copy.close()
            monkeypatch.setitem(connections.settings, alias, {**connections.settings[alias], "NAME": str(path)})

    return keep
