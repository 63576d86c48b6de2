"""Unique words are planted in a notebook and in a meeting; they are looked for everywhere somebody else could look.

``tests/test_matrix.py`` walks the whole product with the same words; here are the places a walk does not reach.
"""

import io
import json
import logging
import re
import zipfile

import pytest
from django.core.management import call_command
from django.db import connections

from entremise.documents import registry
from entremise.journal.models import Entry
from tests import matrix, matrix_world
from tests.matrix_practice import IN_MEETING, WORDS

pytestmark = pytest.mark.django_db
LOOKED_AT = ("practice:", "statistics:", "documents:")


@pytest.fixture
def world(caplog):
    with caplog.at_level(logging.DEBUG):
        yield matrix_world.build()


def shown(response) -> str:
    """The text of an answer, that of the parts of a spreadsheet or of an ODT included."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode("utf-8", "replace")


def others(world):
    """Everyone, with the words each one must not read."""
    for name, person in world.cast.people().items():
        hidden = [word for word, audience in WORDS.items() if name not in audience]
        yield name, world.client(person), hidden


def test_the_words_are_found_where_their_readers_look_so_that_the_search_proves_something(world):
    samia = world.client(world.cast.samia)
    assert "MARQUE-carnet-FIN" in shown(samia.get(f"/pratique/fiches/{world.own['reflection'][0]}"))
    assert "MARQUE-carnet-FIN" in shown(samia.post("/pratique/emporter/odt"))
    for name in IN_MEETING:
        client = world.client(world.cast.people()[name])
        assert "MARQUE-seance-FIN" in shown(client.get(f"/pratique/seances/{world.own['meeting'][0]}"))


def test_no_page_file_statistic_or_export_shows_them_to_anyone_else(world):
    looked = 0
    for name, client, hidden in others(world):
        assert hidden
        for address in sorted(set(matrix.addresses()), key=lambda one: one.name):
            if not address.name.startswith(LOOKED_AT):
                continue
            for _, values in world.fillings(address, name):
                found = shown(client.get(address.fill(values)))
                looked += 1
                assert [word for word in hidden if word in found] == [], (name, address.name)
        for code in registry.codes():
            found = shown(client.get(f"/exporter/{code}"))
            assert [word for word in hidden if word in found] == [], (name, code)
        for path in ("/", "/pratique/emporter/odt"):
            found = shown(client.post(path)) if path.endswith("odt") else shown(client.get(path))
            assert [word for word in hidden if word in found] == [], (name, path)
    assert looked > 300


def test_no_search_finds_them(world):
    for _, client, hidden in others(world):
        for word in (*hidden, "MARQUE-carnet-FIN"):
            assert not re.search(
                r'href="/pratique/(fiches|seances)/[0-9a-f]', shown(client.get("/recherche", {"q": word}))
            )


def test_no_line_of_the_journal_nor_of_the_log_holds_them(world, caplog, capsys):
    samia = world.client(world.cast.samia)
    sheet, meeting = world.own["reflection"][0], world.own["meeting"][0]
    samia.get(f"/pratique/fiches/{sheet}")
    samia.post(f"/pratique/fiches/{sheet}/ecrire", {"title": "MARQUE-carnet-FIN", "base_version": "0"})
    samia.post(f"/pratique/seances/{meeting}", {"text": "MARQUE-seance-FIN"})
    call_command("verify")
    journal = json.dumps(list(Entry.objects.values("name", "target_type", "payload", "function", "origin")))
    logged = caplog.text + "".join(capsys.readouterr())
    for word in WORDS:
        assert word not in journal
        assert word not in logged
    assert "practice_sheet.opened" in journal
    assert "practice:sheet" in logged  # the log was read


def test_no_table_of_either_database_holds_them_readable(world):
    seen = set()
    for alias in ("default", "keys"):
        connection = connections[alias]
        for table in connection.introspection.table_names():
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                stored = repr(cursor.fetchall())
            assert [word for word in WORDS if word in stored] == [], table
            seen.add(table)
    assert {"practice_sheet", "practice_contribution", "keys_datakey", "journal_entry"} <= seen


def test_managers_count_meetings_without_seeing_who_came(world):
    page = shown(world.client(world.cast.claire).get("/pratique/seances/tenues"))
    body = page.split("</h1>")[1].split("</main>")[0]
    assert "<td" in body
    assert not any(name.capitalize() in body for name in IN_MEETING)
