"""A certifier takes a record from an official export; it counts once a person has read its blocks again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from entremise.accounts.enums import Role
from entremise.competences import queries
from entremise.competences.enums import ExportState
from entremise.competences.models import Block, Competence, ExportEntry, Record, RegisterExport, folder
from entremise.competences.services import confirming, exports, load_shipped_records
from entremise.core.actor import system_actor
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.time import now
from tests import cast as people
from tests.competences import register_build as build

pytestmark = pytest.mark.django_db
DEMANDS = {"professionals": 2, "institutions": 1, "certifiers": 1, "presides": "institution"}


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def certifier(cast):
    return people._join(cast.organisation, "celine", [Role.CERTIFICATEUR], [])


@pytest.fixture
def other(cast):
    return people._join(cast.other_organisation, "noor", [Role.CERTIFICATEUR], [])


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("export.zip", content)


def read(person, *fiches: str, content: bytes = b"") -> RegisterExport:
    export = exports.bring_export(actor=person.actor, file=upload(content or build.zipped(*fiches)))
    exports.read_export(export.pk)
    export.refresh_from_db()
    return export


def keep(person, *fiches: str) -> Record:
    export = read(person, *fiches)
    return exports.keep_records(actor=person.actor, export_id=export.pk, codes=["RNCP99001"])[0]


def confirmed(person, *fiches: str) -> Record:
    record = keep(person, *(fiches or (build.fiche(),)))
    for block in record.blocks.all():
        confirming.reread_block(actor=person.actor, block_id=block.pk, lines=block.draft)
    facts = confirming.DemandFacts(**DEMANDS)
    confirming.write_demands(actor=person.actor, record_code=record.code, facts=facts)
    return confirming.confirm_record(actor=person.actor, record_code=record.code)


def test_the_whole_way_from_the_file_to_a_record_that_may_be_used(certifier, signed_in):
    client = signed_in(certifier)
    content = build.zipped(build.fiche(), build.fiche("RS7001", "Autre chose"))
    assert client.post("/competences/exports/", {"file": upload(content)}).status_code == 302
    export = RegisterExport.objects.get()
    assert "En attente" in client.get("/competences/exports/").content.decode()
    exports.read_export(export.pk)
    page = client.get("/competences/exports/", headers={"HX-Request": "true"})
    assert "2 fiches" in page.content.decode()
    assert "hx-trigger" not in page.content.decode()
    found = client.get(f"/competences/exports/{export.pk}", {"mots": "MÉDIATEUR 99001"}).content.decode()
    assert "RNCP99001" in found
    assert "RS7001" not in found
    kept = client.post(f"/competences/exports/{export.pk}/garder", {"codes": ["RNCP99001"]})
    assert kept["Location"] == "/competences/RNCP99001/relecture"
    assert Competence.objects.count() == 0
    first, second = Block.objects.order_by("rank")
    lines = {f"line-{rank}": text for rank, text in enumerate(first.draft, 1)}
    client.post(f"/competences/blocs/{first.pk}", lines | {"join": "00012"})  # no such line: nothing is joined
    client.post(f"/competences/blocs/{first.pk}", lines | {"join": "1"})
    first.refresh_from_db()
    assert len(first.draft) == 2
    client.post(f"/competences/blocs/{first.pk}", {"line-1": "Accueillir\r\nOrienter", "line-2": "", "confirm": "1"})
    client.post(f"/competences/blocs/{second.pk}", lines | {"confirm": "1"})
    refused = client.post("/competences/RNCP99001/relecture/confirmer", follow=True)
    assert "de qui se compose le jury" in refused.content.decode()
    client.post(
        "/competences/RNCP99001/relecture/jury", DEMANDS | {"professionals_external": "on", "entry_months": "6"}
    )
    client.post("/competences/RNCP99001/relecture/confirmer")
    facts = queries.record_facts("RNCP99001")
    assert [one.code for block in facts.blocks for one in block.competences] == ["C1", "C2", "C3", "C4", "C5"]
    assert (facts.is_confirmed, facts.entry_months, facts.validation_hours) == (True, 6, None)
    seats = facts.route("vae").seats
    assert [(seat.kind, seat.count, seat.external, seat.presides) for seat in seats] == [
        ("professional", 2, True, False),
        ("institution", 1, False, True),
        ("certifier", 1, False, False),
    ]
    assert facts.route("individual").seats == ()
    assert client.post(f"/competences/blocs/{first.pk}", {"line-1": "Autre", "confirm": "1"}).status_code == 422


def test_until_it_is_confirmed_nobody_else_sees_it_nor_may_use_it(certifier, other, cast, signed_in):
    keep(certifier, build.fiche())
    assert signed_in(certifier).get("/competences/RNCP99001").status_code == 200
    for stranger in (other, cast.samia):
        assert signed_in(stranger).get("/competences/RNCP99001").status_code == 404
    assert queries.record_choices() == []
    assert "n’est pas confirmée" in queries.record_facts("RNCP99001").entry_fault(now().date())
    with pytest.raises(NotFound):
        confirming.confirm_record(actor=other.actor, record_code="RNCP99001")


def test_a_certifiers_own_record_adds_nothing_to_the_answers_of_mediators(certifier):
    load_shipped_records(actor=system_actor())
    confirmed(certifier)
    assert {line.reference.split("-")[0] for line in queries.competence_lines()} == {"RNCP41674"}
    assert queries.competence_lines({"RNCP99001-C1"})


def test_nothing_is_half_written_when_the_file_is_cut(certifier, signed_in):
    export = read(certifier, content=build.zipped(build.fiche())[:-40])
    assert export.state == ExportState.REFUSED
    assert "rien n’a été enregistré" in signed_in(certifier).get("/competences/exports/").content.decode()
    assert not ExportEntry.objects.exists()
    assert not Record.objects.exists()
    assert list(folder().iterdir()) == []


def test_one_record_that_cannot_be_kept_keeps_the_others_out(certifier):
    export = read(certifier, build.fiche(), build.fiche("RS7001", texts=()))
    with pytest.raises(InvalidInput, match="RS7001"):
        exports.keep_records(actor=certifier.actor, export_id=export.pk, codes=["RNCP99001", "RS7001"])
    with pytest.raises(InvalidInput, match="pas dans l’export"):
        exports.keep_records(actor=certifier.actor, export_id=export.pk, codes=["RNCP99001", "RNCP5"])
    assert not Record.objects.exists()


def test_another_certifier_neither_reads_an_export_nor_changes_a_record_brought_here(certifier, other, signed_in):
    keep(certifier, build.fiche())
    export = RegisterExport.objects.get()
    assert signed_in(other).get(f"/competences/exports/{export.pk}").status_code == 404
    block = Block.objects.first()
    assert signed_in(other).get(f"/competences/blocs/{block.pk}").status_code == 404
    theirs = read(other, build.fiche(title="Autre intitulé"))
    with pytest.raises(InvalidInput, match="déjà ici"):
        exports.keep_records(actor=other.actor, export_id=theirs.pk, codes=["RNCP99001"])
    assert Record.objects.get().title == "Médiateur de quartier (exemple)"


def test_a_newer_export_keeps_what_did_not_change_and_asks_to_read_again_what_did(certifier):
    confirmed(certifier)
    before = dict(Competence.objects.values_list("code", "pk"))
    same = keep(certifier, build.fiche(title="Médiateur de quartier, autrement dit"))
    assert same.confirmed_at is not None
    changed = keep(certifier, build.fiche(texts=(build.SKILLS, build.SKILLS.replace("Orienter", "Accompagner"))))
    assert changed.confirmed_at is None
    assert [block.reread_at is None for block in changed.blocks.order_by("rank")] == [False, True]
    assert dict(Competence.objects.values_list("code", "pk")) == before
    last = changed.blocks.order_by("rank").last()
    confirming.reread_block(actor=certifier.actor, block_id=last.pk, lines=last.draft)
    confirming.confirm_record(actor=certifier.actor, record_code=changed.code)
    assert dict(Competence.objects.values_list("code", "pk")) == before
    assert "Accompagner" in Competence.objects.get(code="C6").text


def test_the_operator_searches_and_keeps_from_the_command_line(tmp_path, capsys):
    path = tmp_path / "export.zip"
    path.write_bytes(build.zipped(build.fiche(), build.fiche("RS7001", "Autre chose")))
    call_command("importer_fiches", str(path), "--chercher", "mediateur", "--garder", "RS7001")
    said = capsys.readouterr()
    assert "RNCP99001 · Médiateur de quartier" in said.out
    assert "RS7001 · Autre chose : à relire par un certificateur" in said.out
    assert "100 %" in said.err
    with pytest.raises(CommandError, match="Absentes de cet export : RNCP5"):
        call_command("importer_fiches", str(path), "--garder", "RNCP99001", "RNCP5")
    assert [record.code for record in Record.objects.all()] == ["RS7001"]


@pytest.mark.parametrize(
    "facts",
    [
        {"presides": "certifier", "certifiers": 0},
        {"professionals": 1, "institutions": 0, "certifiers": 0},
        {"professionals": 99},
        {"entry_months": 0},
        {"validation_hours": 90_000},
        {"presides": "voisin"},
    ],
)
def test_an_impossible_jury_is_refused_beside_its_field(certifier, facts):
    record = keep(certifier, build.fiche())
    with pytest.raises(InvalidInput):
        told = confirming.DemandFacts(**(DEMANDS | facts))
        confirming.write_demands(actor=certifier.actor, record_code=record.code, facts=told)
    assert not any(route.seats for route in record.routes.all())


def test_lines_that_no_table_could_hold_are_refused_and_stay_on_the_page(certifier, signed_in):
    block = keep(certifier, build.fiche()).blocks.first()
    client = signed_in(certifier)
    for line in ("é" * 2_001, "\n".join(["un"] * 61)):
        page = client.post(f"/competences/blocs/{block.pk}", {"line-1": line, "confirm": "1"})
        assert page.status_code == 422
        assert line[:40] in page.content.decode()
    empty = client.post(f"/competences/blocs/{block.pk}", {"line-1": " \x00", "confirm": "1"})
    assert "au moins une compétence" in empty.content.decode()
    assert Block.objects.get(pk=block.pk).reread_at is None


def test_the_pages_cost_the_same_whatever_they_list(certifier, signed_in, django_assert_num_queries):
    client = signed_in(certifier)
    one, many = read(certifier, build.fiche()), None
    with django_assert_num_queries(7):
        client.get(f"/competences/exports/{one.pk}")
    many = read(certifier, *(build.fiche(f"RNCP9900{rank}") for rank in range(1, 4)))
    assert not RegisterExport.objects.filter(pk=one.pk).exists()
    with django_assert_num_queries(7):
        client.get(f"/competences/exports/{many.pk}")
