"""RNCP41674 is carried over fact by fact: figures as printed, unknown left unknown, nothing guessed."""

import json

import pytest
from django.core.management import call_command

from entremise.competences import queries, services, verification
from entremise.competences.commands import read_record
from entremise.competences.enums import CodeKind, Route
from entremise.competences.models import Block, Competence, Record, YearFigures
from entremise.core.actor import system_actor
from entremise.core.errors import NotAllowed, NotFound, Refused
from entremise.journal.models import Entry

pytestmark = pytest.mark.django_db
WRITTEN = (services.DATA / "rncp41674.json").read_bytes()


@pytest.fixture
def record(db):
    return services.load_shipped_records(actor=system_actor())[0]


def changed(**facts) -> bytes:
    return json.dumps(json.loads(WRITTEN) | facts).encode()


def test_it_has_four_blocks_of_four_seven_five_and_five_competences(record):
    assert [(block.code, block.competences.count()) for block in record.blocks.all()] == [
        ("RNCP41674BC01", 4),
        ("RNCP41674BC02", 7),
        ("RNCP41674BC03", 5),
        ("RNCP41674BC04", 5),
    ]
    assert [one.code for one in record.competences.all()] == [f"C{number}" for number in range(1, 22)]
    assert record.blocks.all()[1].evaluation.endswith("entretien oral d’analyse réflexive")
    assert record.lines.filter(kind="activity").count() == 14
    assert record.lines.filter(kind="sector").count() == 5
    assert record.lines.filter(kind="job").count() == 9


def test_its_codes_keep_the_printed_label_and_no_version_is_made_up(record):
    assert [one.code for one in record.codes.filter(kind=CodeKind.FORMACODE)] == [
        "44035",
        "44056",
        "44091",
        "15006",
        "15016",
    ]
    assert record.codes.get(code="K1204").label == "Médiation sociale et facilitation de la vie en société"
    assert set(record.codes.values_list("version", flat=True)) == {""}


def test_the_individual_route_is_closed_by_inference_and_says_so(record):
    routes = {route.code: route for route in record.routes.all()}
    assert set(routes) == set(Route.values)
    assert routes[Route.INDIVIDUAL].is_open is False
    assert "à confirmer par le certificateur" in routes[Route.INDIVIDUAL].inferred
    others = [route for code, route in routes.items() if code != Route.INDIVIDUAL]
    assert all(route.is_open and not route.inferred and len(route.jury) == 3 for route in others)


def test_figures_are_those_printed_and_a_missing_year_is_not_zero(record):
    rows = record.figures.values_list(
        "year", "certified", "certified_vae", "insertion_6m", "target_job_6m", "target_job_2y"
    )
    assert list(rows) == [(2024, 16, 1, 87, 73, None), (2022, 17, 0, 100, 75, 70), (2020, 11, 0, 89, 56, 70)]
    assert not YearFigures.objects.filter(year__in=(2021, 2023)).exists()


def test_what_the_source_lost_stays_unknown(record):
    assert record.new_caledonia is None
    assert record.french_polynesia is None
    assert (record.entry_months, record.validation_hours) == (6, 245)
    assert record.block_prerequisites == "Non"


def test_loading_again_writes_nothing_and_a_new_source_keeps_the_identity_of_competences(record):
    before = dict(Competence.objects.values_list("code", "pk"))
    services.load_shipped_records(actor=system_actor())
    assert Entry.objects.filter(name="competence_record.loaded").count() == 1
    content = json.loads(WRITTEN)
    content["blocks"][0]["skills"][0]["text"] = "Assurer une veille, autrement dit."
    content["blocks"][3]["skills"].pop()
    services.load_record(actor=system_actor(), command=read_record(json.dumps(content).encode()))
    after = dict(Competence.objects.values_list("code", "pk"))
    assert after == {code: pk for code, pk in before.items() if code != "C21"}
    assert Competence.objects.get(code="C1").text == "Assurer une veille, autrement dit."
    assert Block.objects.count() == 4


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        b'{"code": "RNCP1"}',
        changed(code=""),
        changed(blocks=[]),
        changed(registered_until="27-11-2030"),
        changed(access_routes=[{"code": "ailleurs", "last_modified": None}]),
        changed(blocks=[{"skills": [{"code": "C1"}, {"code": "C1"}]}]),
    ],
)
def test_a_file_that_is_no_record_is_refused_and_changes_nothing(written):
    with pytest.raises(Refused, match="rien n’a été chargé"):
        read_record(written)
    assert not Record.objects.exists()


def test_nobody_signed_in_loads_a_record(cast):
    with pytest.raises(NotAllowed):
        services.load_shipped_records(actor=cast.alban.actor)


def test_other_modules_choose_competences_by_block_in_one_query(record, django_assert_num_queries):
    with django_assert_num_queries(1):
        groups = queries.competence_choices()
    assert len(groups) == 4
    assert groups[1][1][2][0] == "RNCP41674-C7"
    assert groups[1][1][2][1].startswith("C7 · Réguler les conflits en temps réel")
    assert [line.code for line in queries.competence_lines({"RNCP41674-C9", "RNCP41674-C2"})] == ["C2", "C9"]


def test_every_role_reads_the_record(record, cast, signed_in):
    for person in cast.people().values():
        assert signed_in(person).get("/competences/")["Location"] == "/competences/RNCP41674"
        page = signed_in(person).get("/competences/RNCP41674").content.decode()
        assert "C21" in page
        assert "Non, par déduction" in page
        assert "Cadre de la Nouvelle-Calédonie : inconnu" in page
        assert "2 professionnels du secteur et extérieurs aux certificateurs" in page


def test_the_page_costs_the_same_with_another_record(record, cast, signed_in, django_assert_num_queries):
    client = signed_in(cast.samia)
    with django_assert_num_queries(15):
        client.get("/competences/RNCP41674")
    services.load_record(actor=system_actor(), command=read_record(changed(code="RNCP99999")))
    with django_assert_num_queries(15):
        client.get("/competences/RNCP41674")
    assert "RNCP99999" in client.get("/competences/").content.decode()


def test_an_unknown_record_is_a_404_and_an_empty_installation_says_what_to_do(cast, signed_in):
    client = signed_in(cast.samia)
    assert client.get("/competences/RNCP41674").status_code == 404
    assert "charger_fiches" in client.get("/competences/").content.decode()
    with pytest.raises(NotFound):
        queries.get_record(cast.samia.actor, "RNCP41674")


def test_the_command_loads_what_is_shipped_and_the_check_sees_a_block_without_competences(capsys):
    call_command("charger_fiches")
    assert "RNCP41674 · Médiateur social et interculturel" in capsys.readouterr().out
    assert verification.check_records().holds
    Competence.objects.filter(code__in=("C1", "C2", "C3", "C4")).delete()
    assert not verification.check_records().holds


def test_the_jury_is_typed_as_it_is_printed(record):
    facts = queries.record_facts("rncp41674")
    for route in facts.routes:
        if route.code == Route.INDIVIDUAL:
            assert (route.is_open, route.seats) == (False, ())
            continue
        assert sum(seat.count for seat in route.seats) == 4
        assert [(seat.kind, seat.count) for seat in route.seats if seat.external] == [("professional", 2)]
        assert [seat.kind for seat in route.seats if seat.presides] == ["institution"]
        assert [seat.kind for seat in route.seats if seat.independent] == ["certifier"]
    assert [len(block.competences) for block in facts.blocks] == [4, 7, 5, 5]
    assert (facts.entry_months, facts.validation_hours) == (6, 245)


def test_a_seat_for_nobody_known_is_refused_before_anything_is_written():
    routes = json.loads(WRITTEN)["access_routes"]
    routes[0]["seats"][0]["kind"] = "voisin"
    with pytest.raises(Refused):
        read_record(changed(access_routes=routes))
