"""What is written to a spreadsheet stays what it is: no cell becomes a formula or a link."""

import datetime as dt
import io
import re
import zipfile

import pytest
import python_calamine

from entremise.documents.services import Column, Sheet, sheets, write_xlsx
from entremise.documents.services.sheets import sheet_title

HARMFUL = [
    "=HYPERLINK('http://exemple.test';'x')",
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "{=1+1}",
    "http://exemple.test",
    "mailto:a@exemple.test",
    "internal:A1",
    "0612",
    "\t=1+1",
    "a\x00b\x0bc\ud800d\uffff",
    "_x0000_",
    "مرحبا 👩🏽‍🤝‍👩🏻",
    "x" * 40_000,
]


def written(wanted, **options):
    buffer = io.BytesIO()
    write_xlsx(buffer, wanted, **options)
    return buffer.getvalue()


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize("on_disk", [True, False])
def test_no_cell_is_a_formula_a_link_or_a_guessed_number(on_disk, tmp_path):
    folder = {"folder": tmp_path} if on_disk else {}
    content = written([Sheet("Liste", [Column("=Titre"), Column("n", "number")], [(h, h) for h in HARMFUL])], **folder)
    for name, part in parts(content).items():
        if "worksheets" in name:
            assert "<hyperlink" not in part
            assert not re.search(r"<f[ >]", part)
            assert "<v>612</v>" not in part
    lines = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert lines[0] == ["=Titre", "n"]
    assert [line[0] for line in lines[1:10]] == HARMFUL[:9]
    assert lines[11] == ["abcd", "abcd"]
    assert lines[13][0] == HARMFUL[12]
    assert len(lines[14][0]) == 32_767
    assert list(tmp_path.iterdir()) == []


def test_each_kind_is_written_as_itself():
    moment = dt.datetime(2026, 7, 1, 10, 5, tzinfo=dt.UTC)
    columns = [Column(kind, kind) for kind in ("text", "number", "date", "datetime", "duration")]
    rows = [
        ("12", 12, dt.date(2026, 7, 1), moment, dt.timedelta(minutes=95)),
        ("12", 2.5, moment, moment.replace(tzinfo=None), 95),
        (None, "< 5", "inconnue", dt.date(1850, 1, 1), "—"),
        ("", True, None, None, None),
        ("", float("nan"), dt.datetime(1850, 1, 1, tzinfo=dt.UTC), "", None),
    ]
    content = written([Sheet("Liste", columns, rows)])
    lines = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    day = dt.date(2026, 7, 1)
    local = dt.datetime.fromisoformat("2026-07-01T12:05")
    assert lines[1] == ["12", 12.0, day, local, dt.timedelta(minutes=95)]
    assert lines[2][1] == 2.5
    assert lines[2][4] == dt.timedelta(minutes=95)
    assert lines[3] == ["", "< 5", "inconnue", "1850-01-01", "—"]
    assert lines[4] == ["", "True", "", "", ""]
    assert lines[5][1] == "nan"


def test_the_header_is_frozen_and_definitions_have_their_sheet():
    content = written(
        [Sheet("Liste", [Column("Lieu")], iter([("Hall",)]))],
        definitions=[("Intervention", "Un acte daté et situé ; ce n’est pas une personne.")],
        title="Interventions",
    )
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["Liste", "Définitions"]
    assert book.get_sheet_by_index(1).to_python()[1][0] == "Intervention"
    found = parts(content)
    assert 'state="frozen"' in found["xl/worksheets/sheet1.xml"]
    assert "<dc:title>Interventions</dc:title>" in found["docProps/core.xml"]


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("Acts: [2026] */?\\", "Acts   2026"),
        ("", "Feuille"),
        ("'x'", "x"),
        ("a" * 40, "a" * 31),
        ("History", "History (2)"),
        ("LISTE", "LISTE (2)"),
        ("b\x00\nc", "b c"),
    ],
)
def test_sheet_titles_are_made_valid_and_unique(wanted, given):
    assert sheet_title(wanted, ["Liste"]) == given
    written([Sheet("Liste", [Column("a")], []), Sheet(wanted, [Column("a")], [])])


def test_a_row_of_another_length_is_a_programming_error():
    with pytest.raises(ValueError, match="zip"):
        written([Sheet("Liste", [Column("a")], [("x", "y")])])


def test_progress_counts_every_row(tmp_path):
    seen = []
    rows = ((i,) for i in range(3))
    written([Sheet("A", [Column("n", "number")], rows)], progress=seen.append, folder=tmp_path)
    assert seen == [1, 2, 3]


def test_a_list_longer_than_a_sheet_goes_on_in_the_next_one(monkeypatch):
    monkeypatch.setattr(sheets, "ROW_LIMIT", 2)
    content = written([Sheet("Liste", [Column("n", "number")], [(i,) for i in range(4)])])
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["Liste", "Liste (2)"]
    assert [book.get_sheet_by_name(name).to_python() for name in book.sheet_names] == [
        [["n"], [0.0], [1.0]],
        [["n"], [2.0], [3.0]],
    ]


def test_a_list_that_fails_midway_leaves_no_open_file(tmp_path):
    def rows():
        yield ("a",)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        written([Sheet("Liste", [Column("n")], rows())], folder=tmp_path)
    with pytest.raises(RuntimeError):
        written([Sheet("Liste", [Column("n")], rows())])
