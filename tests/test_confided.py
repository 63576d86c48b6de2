"""What is confided to a vault or to a notebook, sealed in each of its fields, looked for everywhere else.

``tests/test_matrix.py`` walks every page as every role; here are the fields themselves, every address that opens a
vault or a sheet, the bytes of both databases, of files and mails, the searches, the journal and the log.
"""

import json
import logging
import re
from itertools import product

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import connections
from django.test import Client

from entremise.core.db import EncryptedTextField
from entremise.journal.models import Entry
from tests import matrix, matrix_mediations, matrix_practice, matrix_world

pytestmark = pytest.mark.django_db
VAULT = {f"MARQUE-{name}-FIN": audience for name, audience in matrix_mediations.AUDIENCES.items()}
WORDS = VAULT | matrix_practice.WORDS
SECRETS = (*WORDS, matrix_mediations.DRAWING, matrix_mediations.GROUND, matrix_practice.FILED)
CODES = {"CaseMediator.link": "aucun", "Case.ground": matrix_mediations.GROUND, "Case.exact_outcome": "danger"}
CODES |= {"Signature.drawing": matrix_mediations.DRAWING}
CODES |= {"EvidenceFile.content": matrix_practice.FILED}
MODULES = ("mediations", "practice")
# What names, in an address, a row that its author alone may open.
AUTHORS = {"reflection_id", "evidence_id", "line_id", "attestation_id", "snapshot_id"}
# What a coordinator does with a case of the team without opening its vault.
OVERSIGHT = {"case", "stage_report", "warn", "name_mediator", "decide"}


@pytest.fixture
def world(db):
    return matrix_world.build()


def sealed_fields():
    for module in MODULES:
        for model in apps.get_app_config(module).get_models():
            for field in model._meta.local_fields:
                if isinstance(field, EncryptedTextField):
                    yield model, field.name


def test_every_sealed_field_holds_a_word_to_look_for(world):
    """A field added tomorrow without a word in the world would be looked for by nobody."""
    seen = set()
    for model, name in sealed_fields():
        values = [getattr(row, name) for row in model.objects.all()]
        wanted = CODES.get(f"{model.__name__}.{name}", "MARQUE-")
        assert [value for value in values if wanted in value], f"{model.__name__}.{name}"
        seen.add(f"{model.__name__}.{name}")
    assert {
        "VaultNote.text",
        "PreparationSheet.content",
        "Signature.drawing",
        "Sheet.content",
        "Evidence.content",
        "EvidenceFile.content",
        "Snapshot.content",
    } <= seen


def test_no_byte_of_either_database_nor_of_any_file_or_mail_reads_them(world, tmp_path):
    looked = set()
    for alias in ("default", "keys"):
        connection = connections[alias]
        for table in connection.introspection.table_names():
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                stored = repr(cursor.fetchall())
            assert [word for word in SECRETS if word in stored] == [], table
            looked.add(table)
    assert {"mediations_vaultnote", "mediations_signature", "practice_sheet", "practice_contribution"} <= looked
    assert {"journal_entry", "keys_datakey"} <= looked
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    for path in (*files, settings.SEALS_FILE):
        content = path.read_bytes() if path.exists() else b""
        assert [word for word in SECRETS if word.encode() in content] == [], path
    sent = "\n".join(f"{one.subject} {one.body}" for one in mail.outbox)
    assert [word for word in SECRETS if word in sent] == []


def test_no_line_of_the_journal_nor_of_the_log_holds_them(db, caplog, capsys):
    caplog.set_level(logging.DEBUG)
    world = matrix_world.build()
    samia, (case,), (sheet,) = world.client(world.cast.samia), world.own["case"], world.own["reflection"]
    party, note = world.own["party"][0], world.own["note"][0]
    base = f"/mediations/{case}"
    vault = ("", "notes/", f"notes/{note}/", f"notes/{note}/versions/", "preparation/", "accord/", "accord/ecrire/")
    for path in (*vault, f"parties/{party}/extrait/", f"parties/{party}/accord.pdf", f"parties/{party}/preparation/"):
        assert samia.get(f"{base}/{path}").status_code == 200, path
    word = "MARQUE-coffre-FIN"
    samia.post(f"{base}/notes/", {"kind": "fait", "text": word})
    samia.post(f"{base}/notes/{note}/", {"kind": "fait", "text": word, "base_version": "0"})  # refused: a conflict
    samia.post(f"{base}/accord/ecrire/", {"context": word, "rows": "1", "base_version": "0"})  # refused: no date
    samia.get(f"/pratique/fiches/{sheet}")
    samia.post(f"/pratique/fiches/{sheet}/ecrire", {"title": "MARQUE-carnet-FIN", "base_version": "0"})
    samia.post(f"/pratique/seances/{world.own['meeting'][0]}", {"text": "MARQUE-seance-FIN"})
    call_command("verify")
    journal = json.dumps(list(Entry.objects.values("name", "target_type", "payload", "function", "origin")))
    logged = caplog.text + "".join(capsys.readouterr())
    for secret in (*SECRETS, "Violences au sein du couple"):
        assert secret not in journal
        assert secret not in logged
    assert "mediation.read" in journal
    assert "practice_sheet.opened" in journal
    assert "mediations:notes" in logged  # the log was read
    assert "practice:sheet" in logged


def test_no_search_finds_them_for_anyone_their_readers_included(world):
    for name, person in world.cast.people().items():
        client = world.client(person)
        for word in WORDS:
            page = client.get("/recherche", {"q": word}).content.decode()
            assert f"/mediations/{world.own['case'][0]}" not in page, name
            assert not re.search(r'href="/pratique/(fiches|seances)/[0-9a-f]', page), name


def opened_by(address) -> str:
    """``vault`` or ``sheet`` when this address opens one of them; else an empty text."""
    variables = {name for name, _ in address.variables}
    module, _, name = address.name.partition(":")
    if module == "mediations" and "case_id" in variables and name not in OVERSIGHT:
        return "vault"
    return "sheet" if module == "practice" and variables & AUTHORS else ""


@pytest.mark.one_engine
def test_each_address_of_the_vault_and_of_the_notebook_is_shut_to_everyone_else(world):
    people = {name: world.client(person) for name, person in world.cast.people().items() if name != "samia"}
    people["(personne)"] = Client()
    tried = set()
    for address in sorted(set(matrix.addresses()), key=lambda one: one.name):
        kind = opened_by(address)
        if not kind:
            continue
        _, values = next(found for found in world.fillings(address, "samia") if found[0] == "own")
        for (name, client), method in product(people.items(), ("get", "post")):
            expected = 302 if name == "(personne)" else 403 if (name, kind) == ("claire", "vault") else 404
            answer = getattr(client, method)(address.fill(values))
            assert answer.status_code in (expected, 405), (name, method, address.name, answer.status_code)
            assert [word for word in WORDS if word in answer.content.decode("utf-8", "replace")] == []
        tried.add(address.name)
    assert len(tried) > 30
    assert {
        "mediations:notes",
        "mediations:extract",
        "mediations:agreement_copy",
        "practice:sheet",
        "practice:evidence",
        "practice:snapshot",
    } <= tried


def test_what_a_coordinator_does_without_the_vault_shows_none_of_it(world):
    claire = world.client(world.cast.claire)
    hidden = [word for word, audience in WORDS.items() if "claire" not in audience]
    for address in sorted(set(matrix.addresses()), key=lambda one: one.name):
        module, _, name = address.name.partition(":")
        if module != "mediations" or name not in OVERSIGHT:
            continue
        for _, values in world.fillings(address, "claire"):
            for method in ("get", "post"):
                page = getattr(claire, method)(address.fill(values)).content.decode("utf-8", "replace")
                assert [word for word in hidden if word in page] == [], address.name
