"""The Charter is stated with its source, and what it refuses is recorded without a name."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.interventions.models import CharterRefusal
from entremise.interventions.reference import charter, queries, services
from entremise.interventions.reference.commands import RecordRefusal
from entremise.interventions.reference.enums import Principle, RefusedRequest
from entremise.journal.models import Entry

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)
COMMAND = RecordRefusal(
    asked_on=TODAY,
    asker_type="bailleur",
    kind=RefusedRequest.NOM,
    principle=Principle.CONFIDENTIALITE,
    circumstances="Le nom d’un locataire demandé par téléphone.",
)
TYPED = {
    "asked_on": "2026-11-23",
    "asker_type": "mairie",
    "kind": "patrouille",
    "principle": "dialogue",
    "circumstances": "Passer tous les soirs noter qui est là.",
}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(dt.datetime(2026, 11, 23, 15, tzinfo=dt.UTC), tick=False):
        yield


def record(person, **changes):
    return services.record_refusal(actor=person.actor, command=replace(COMMAND, **changes))


def test_the_page_quotes_the_definition_and_gives_its_source(cast, signed_in):
    page = signed_in(cast.dora).get("/charte").content.decode()
    assert "tiers impartial et indépendant" in page
    assert "1er octobre 2001" in page
    assert "Créteil" in page
    assert "481-1" not in page  # an article that is not in force


def test_every_principle_of_the_list_is_explained():
    assert [row.code for row in charter.load().principles] == Principle.values


def test_a_refusal_is_kept_sealed_and_the_journal_holds_codes_only(cast):
    refusal = record(cast.samia)
    with connection.cursor() as cursor:
        cursor.execute("SELECT circumstances FROM interventions_charterrefusal")
        assert "locataire" not in cursor.fetchone()[0]
    assert CharterRefusal.objects.get(pk=refusal.pk).circumstances == COMMAND.circumstances
    entry = Entry.objects.get(name="charter.request_refused")
    assert entry.payload["codes"] == {"asker": "bailleur", "kind": "nom", "principle": "confidentialite"}
    assert "locataire" not in str(entry.payload)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("asked_on", None),
        ("asked_on", TODAY + dt.timedelta(days=1)),
        ("asked_on", dt.date(1999, 1, 1)),
        ("asker_type", "inconnu"),
        ("asker_type", ""),
        ("kind", "inconnu"),
        ("principle", ""),
        ("circumstances", "x" * 501),
        ("circumstances", "nul\x00"),
    ],
)
def test_impossible_values_are_refused_beside_their_field(cast, field, value):
    with pytest.raises(InvalidInput) as refusal:
        record(cast.samia, **{field: value})
    assert list(refusal.value.errors) == [field]
    assert not CharterRefusal.objects.exists()


@pytest.mark.parametrize("text", ["", "🙂", "مرحبا", "\u202erenversé", "<script>"])
def test_any_language_may_be_written(cast, text):
    assert record(cast.samia, circumstances=text).circumstances == text


@pytest.mark.parametrize("name", ["alban", "dora", "leo"])
def test_only_mediators_and_coordinators_record(cast, signed_in, name):
    person = cast.people()[name]
    with pytest.raises(NotAllowed):
        record(person)
    assert signed_in(person).get("/charte/demandes/nouvelle").status_code == 403


def test_who_reads_what(cast, signed_in):
    mine, other = record(cast.samia), record(cast.hugo)
    assert list(queries.list_refusals(cast.samia.actor)) == [mine]
    assert set(queries.list_refusals(cast.claire.actor)) == {mine, other}
    assert list(queries.list_refusals(cast.clara.actor)) == []
    with pytest.raises(NotAllowed):
        queries.list_refusals(cast.leo.actor)
    assert queries.count_refusals(cast.leo.actor).count == 2
    with pytest.raises(NotAllowed):
        queries.count_refusals(cast.samia.actor)


@pytest.mark.parametrize("name", ["paul", "ines", "clara", "leo", "alban", "dora"])
def test_to_others_a_refusal_does_not_exist(cast, signed_in, name):
    refusal = record(cast.samia)
    with pytest.raises(NotFound):
        queries.get_refusal(cast.people()[name].actor, refusal.pk)
    assert signed_in(cast.people()[name]).get(f"/charte/demandes/{refusal.pk}").status_code == 404


def test_author_and_coordinator_open_the_page(cast, signed_in):
    refusal = record(cast.samia)
    for person in (cast.samia, cast.claire):
        page = signed_in(person).get(f"/charte/demandes/{refusal.pk}").content.decode()
        assert "Bailleur" in page
        assert "Samia" in page


def test_the_auditor_sees_totals_and_no_line(cast, signed_in):
    refusal = record(cast.samia)
    page = signed_in(cast.leo).get("/charte/demandes/").content.decode()
    assert "Le nom d’une personne" in page
    assert str(refusal.pk) not in page


@pytest.mark.parametrize("name", ["alban", "dora"])
def test_others_do_not_open_the_list(cast, signed_in, name):
    assert signed_in(cast.people()[name]).get("/charte/demandes/").status_code == 403


def test_filters_select_by_code_and_by_day(cast):
    record(cast.samia)
    late = record(cast.samia, kind=RefusedRequest.LISTE, asked_on=TODAY - dt.timedelta(days=40), asker_type="mairie")
    actor = cast.claire.actor
    assert list(queries.list_refusals(actor, kind="liste")) == [late]
    assert list(queries.list_refusals(actor, asker_type="mairie")) == [late]
    assert list(queries.list_refusals(actor, last=TODAY - dt.timedelta(days=1))) == [late]
    assert queries.list_refusals(actor, first=TODAY).count() == 1
    assert queries.list_refusals(actor, principle="dialogue").count() == 0
    assert [(t.code, t.value) for t in queries.count_refusals(actor).by_kind] == [("nom", 1), ("liste", 1)]


@pytest.mark.parametrize(
    "query", ["?demande=liste", "?du=hier", "?qui=zzz&page=9999", "?demande=%00", "?au=2026-02-31"]
)
def test_any_filter_answers_with_a_page(cast, signed_in, query):
    record(cast.samia)
    assert signed_in(cast.claire).get(f"/charte/demandes/{query}").status_code == 200


def test_the_form_records_and_shows(cast, signed_in):
    answer = signed_in(cast.samia).post("/charte/demandes/nouvelle", TYPED, follow=True)
    refusal = CharterRefusal.objects.get()
    assert answer.redirect_chain == [(f"/charte/demandes/{refusal.pk}", 302)]
    assert (refusal.kind, refusal.author_id) == ("patrouille", cast.samia.member.pk)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("asked_on", "2026-12-31", "pas encore arrivé"),
        ("asked_on", "31/02/2026", "n’existe pas"),
        ("kind", "", "Choisissez"),
        ("asker_type", "pirate", "liste"),
        ("circumstances", "x" * 2_000_000, "raccourcissez"),
        ("circumstances", "nul\x00", "invisible"),
    ],
)
def test_the_form_keeps_what_was_typed(cast, signed_in, field, value, sentence):
    answer = signed_in(cast.samia).post("/charte/demandes/nouvelle", {**TYPED, field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    if field != "circumstances":
        assert "Passer tous les soirs" in page
    assert not CharterRefusal.objects.exists()


def test_the_form_calls_the_text_helper(cast, signed_in):
    page = signed_in(cast.samia).get("/charte/demandes/nouvelle").content.decode()
    assert "data-text-helper" in page
    assert "interventions/texthelper.js" in page


def test_the_database_itself_refuses_unknown_codes(cast):
    refusal = record(cast.samia)
    with pytest.raises(IntegrityError), transaction.atomic():
        CharterRefusal.objects.filter(pk=refusal.pk).update(kind="inconnu")


def test_the_list_asks_the_same_number_of_queries_for_one_and_three_rows(
    cast, signed_in, django_assert_max_num_queries
):
    client = signed_in(cast.claire)
    counts = []
    for missing in (1, 2):
        for _ in range(missing):
            record(cast.samia)
        client.get("/charte/demandes/")
        with django_assert_max_num_queries(40) as captured:
            client.get("/charte/demandes/")
        counts.append(len(captured))
    assert counts[0] == counts[1]
