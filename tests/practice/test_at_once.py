"""Two clicks on one button: the second waits for the first, then is told what it wrote."""

import threading

import pytest
from django.db import connection, connections  # noqa: F401 - the mark below reads the first

from entremise.core.errors import InvalidInput
from entremise.journal import triggers
from entremise.practice.queries.ledger import list_lines
from tests.practice import build_portfolio as build


@pytest.fixture
def lifted_triggers():
    """The journal's triggers are lifted before the tables are emptied, and come back with the next migrate."""
    yield
    triggers.remove()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="threads need a server")
def test_two_clicks_write_one_line(transactional_db, lifted_triggers, cast):
    refused = []

    def click():
        try:
            build.line(cast.samia)
        except InvalidInput as refusal:
            refused.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 2
    assert list_lines(cast.samia.actor).count() == 1
