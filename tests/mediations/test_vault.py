"""Words seeded in every place of a vault are found by nobody else: rows, journal, logs, search, files, erasure."""

import logging

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from entremise.core.ids import uuid7
from entremise.keys.models import Tombstone
from entremise.keys.services import case_scope
from entremise.mediations import services
from entremise.mediations.models import Case, Party, VaultNote
from entremise.mediations.part import collect
from entremise.mediations.services.erasure import erase_cases, finish_erasures
from entremise.places.search import search
from entremise.privacy.services import erase_persons
from tests import matrix_mediations
from tests.mediations import build

pytestmark = pytest.mark.django_db
WORD = "Zygomorphe"


@pytest.fixture
def seeded(cast):
    """A case whose every text holds the word, brought to its follow-up."""
    found: dict = {}
    matrix_mediations.side(found, cast.samia, cast.team.pk, f"{WORD} au coffre", "Ce qui serait dit")
    return Case.objects.get(pk=found["case"][0])


def every_row() -> str:
    """All that the database holds, whatever the table."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_the_database_and_the_journal_hold_none_of_its_words(seeded):
    rows = every_row()
    assert str(seeded.pk) in rows or seeded.pk.hex in rows
    assert WORD not in rows


def test_no_log_line_holds_its_words(cast, caplog):
    with caplog.at_level(logging.DEBUG):
        matrix_mediations.side({}, cast.samia, cast.team.pk, f"{WORD} au coffre", f"{WORD} à dire")
    spoken = [line for line in caplog.text.splitlines() if "django.db.backends" not in line]
    assert not [line for line in spoken if WORD in line]


@pytest.mark.parametrize("name", ["paul", "claire", "hugo", "alban", "dora", "leo", "ines", "clara"])
def test_nobody_else_finds_them_on_any_page_of_the_case(cast, signed_in, seeded, name):
    someone = cast.people()[name]
    client: Client = signed_in(someone)
    party = Party.objects.filter(case=seeded).first().pk
    for page in ("case", "notes", "prepare", "agreement", "draft_agreement", "disclose", "admit", "close", "stop"):
        answer = client.get(reverse(f"mediations:{page}", args=[seeded.pk]))
        assert WORD not in answer.content.decode()
        assert answer.status_code == (200 if (name, page) == ("claire", "case") else 403 if name == "claire" else 404)
    for page in ("party", "contact", "consent", "prepare_party", "letters", "sign", "agreement_copy", "letter"):
        answer = client.get(reverse(f"mediations:{page}", args=[seeded.pk, party]))
        assert answer.status_code == (403 if name == "claire" else 404)
    assert WORD not in str(search(someone.actor, WORD))


def test_the_mediator_s_own_search_and_list_do_not_hold_them_either(cast, signed_in, seeded):
    assert WORD not in str(search(cast.samia.actor, WORD))
    assert WORD not in signed_in(cast.samia).get(reverse("mediations:list")).content.decode()


def test_a_party_s_access_file_has_dates_and_neither_s_confidences(cast):
    case = build.at_stage(cast, "pleniere")
    for letter in "AB":
        party = Party.objects.get(case=case, letter=letter)
        told = {"kind": "fait", "party_id": party.pk, "text": f"{WORD} {letter}"}
        services.write_note(actor=cast.samia.actor, case_id=case.pk, **told)
    (item,) = collect(Party.objects.get(case=case, letter="A").person_id)
    assert case.reference in str(item.facts)
    assert "Table ronde" in str(item.facts)
    assert "vous le remet lui-même" in item.withheld
    for word in (WORD, "Marc Lindon", build.SUBJECT):
        assert word not in str(item)


def test_erasing_a_person_empties_what_they_confided_and_leaves_the_other_party(cast):
    case = build.at_stage(cast, "pleniere")
    for letter in "AB":
        party = Party.objects.get(case=case, letter=letter)
        told = {"kind": "fait", "party_id": party.pk, "text": f"{WORD} {letter}"}
        services.write_note(actor=cast.samia.actor, case_id=case.pk, **told)
    gone = Party.objects.get(case=case, letter="A")
    erase_persons([gone.person_id], actor=cast.dora.actor, ground="demande")
    assert [note.text for note in VaultNote.objects.all()] == [f"{WORD} B"]
    gone.refresh_from_db()
    assert (gone.person_id, gone.letter) == (None, "A")
    assert Case.objects.get(pk=case.pk).stage == "engagement"
    assert not gone.consents.filter(withdrawn_at=None).exists()


def test_erasing_a_case_destroys_its_key_and_keeps_its_figures(cast, signed_in, seeded):
    assert erase_cases([seeded.pk]) == 1
    assert erase_cases([seeded.pk]) == 0
    assert Tombstone.objects.filter(scope_kind="case", scope_id=case_scope(seeded.pk).identifier).exists()
    case = Case.objects.get(pk=seeded.pk)
    assert (case.subject, case.ground, case.outcome) == ("", "", "perdu_vue")
    assert case.agreed_on is not None
    page = signed_in(cast.samia).get(reverse("mediations:case", args=[case.pk])).content.decode()
    assert "effacé" in page
    assert "0 médiations vidées" in finish_erasures()


def test_every_sealed_field_of_the_module_is_under_the_case_s_own_key(seeded):
    for model in apps.get_app_config("mediations").get_models():
        for row in model.objects.all()[:3]:
            if hasattr(row, "encryption_scope"):
                assert row.encryption_scope() == case_scope(row.pk if model is Case else row.case_id)


def test_an_unknown_case_is_no_case(cast, signed_in):
    assert signed_in(cast.samia).get(reverse("mediations:case", args=[uuid7()])).status_code == 404
