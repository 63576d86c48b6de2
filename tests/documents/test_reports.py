"""One report, four faces: each says the same, each can be read by everyone."""

import dataclasses
import io
import re
import shutil
import subprocess
import time
import zipfile
from xml.etree import ElementTree

import pytest
import python_calamine
import typst

from entremise.documents.report import Bar, Bars, Document, Section, bars_as_table, written_number
from entremise.documents.services import (
    InaccessibleDocument,
    check_pdf,
    fonts,
    pdf,
    render_pdf,
    to_odt,
    to_pdf,
    to_xlsx,
)
from tests.documents import samples

EVERY = [samples.landlord_note, samples.arabic_card, samples.demanding]
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def pdf_text(content, tmp_path):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is missing: the words of the PDF are not read back")
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    command = ["pdftotext", "-layout", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True, timeout=30).stdout.decode()


def sheets(content):
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def odt_parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "mimetype"
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("make", EVERY)
def test_each_report_is_a_conforming_pdf(make):
    assert check_pdf(to_pdf(make())) == []


def test_the_pdf_says_the_title_the_figures_and_their_definitions(tmp_path):
    text = pdf_text(to_pdf(samples.landlord_note()), tmp_path).replace("\u00a0", " ").replace("< 5", "<5")
    for words in ("octobre 2026", "118 h 20", "31 sur 44 conflits", "3,5", "1 207", "Signalés", "<5"):
        assert words in text, words


def test_what_is_typed_is_printed_not_executed(tmp_path):
    text = pdf_text(to_pdf(samples.demanding()), tmp_path)
    assert '#import "x" $a$ *gras* _x_ <b> @ref \\ //' in text
    assert "fin" in text
    assert "nif" not in text


def test_the_header_row_is_repeated_on_each_page_of_a_long_table_in_less_than_a_second(tmp_path):
    document = samples.long_table()
    to_pdf(samples.landlord_note())
    start = time.process_time()
    content = to_pdf(document)
    assert time.process_time() - start < 6  # about 0.6 s alone on this table: what is refused is minutes
    text = pdf_text(content, tmp_path)
    assert text.count("Registre") == text.count("\f") > 20
    assert "Résidence n° 1999" in text


def test_an_ordinary_report_takes_less_than_a_second():
    start = time.process_time()
    to_pdf(samples.landlord_note())
    assert time.process_time() - start < 1


def test_a_pdf_that_no_reader_could_follow_is_not_given(monkeypatch):
    plain = typst.compile(b"= Sans titre", pdf_tags=False)
    assert check_pdf(plain) != []
    monkeypatch.setattr(pdf.typst, "compile", lambda *_, **__: plain)
    with pytest.raises(InaccessibleDocument):
        render_pdf("report", {}, title="x")


def test_what_is_not_a_pdf_does_not_conform():
    assert "unreadable" in check_pdf(b"bonjour")[0]


def test_an_empty_title_still_gives_a_document():
    assert check_pdf(to_pdf(Document(title="\x00", sections=[Section(" ")]))) == []


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("a\x00b\x07c\td\r\ne", "abc d\ne"),
        ("e\u0301", "é"),
        ("bien 👩🏽‍🤝‍👩🏻 sûr", "bien � sûr"),
        ("中文", "�"),
        ("\u202efin\u2066x\u2069", "finx"),
        ("مرحبا", "مرحبا"),
        ("x" * 26, "xxxx\u200b" * 6 + "xx"),
    ],
)
def test_only_what_the_fonts_draw_reaches_the_page(typed, printed):
    assert fonts.printable(typed) == printed


def test_a_font_without_a_map_of_signs_covers_nothing():
    assert fonts._code_points(b"\x00\x01\x00\x00" + b"\x00" * 8) == set()


@pytest.mark.parametrize(
    ("value", "written"),
    [(None, ""), ("< 5", "< 5"), (1234567, "1\u00a0234\u00a0567"), (3.5, "3,5"), (12.0, "12"), (-1.239, "-1,24")],
)
def test_numbers_are_written_as_french_does(value, written):
    assert written_number(value) == written


@pytest.mark.parametrize("make", EVERY)
def test_each_report_is_an_odt_whose_parts_are_well_formed(make):
    for name, part in odt_parts(to_odt(make())).items():
        if name.endswith(".xml") and part:
            ElementTree.fromstring(part)


def test_the_odt_has_real_headings_table_headers_a_title_and_a_language():
    parts = odt_parts(to_odt(samples.landlord_note()))
    content = ElementTree.fromstring(parts["content.xml"])
    headings = [(item.get(f"{_TEXT}outline-level"), item.text) for item in content.iter(f"{_TEXT}h")]
    assert headings[0] == ("1", "L’essentiel")
    tables = list(content.iter(f"{_TABLE}table"))
    assert len(tables) == 4
    assert all(table.find(f"{_TABLE}table-header-rows") is not None for table in tables)
    assert "<dc:title>Note mensuelle au bailleur · octobre 2026</dc:title>" in parts["meta.xml"].decode()
    assert "<dc:language>fr</dc:language>" in parts["meta.xml"].decode()
    assert 'fo:language="fr"' in parts["styles.xml"].decode()
    assert "LibreOffice" not in parts["meta.xml"].decode()
    assert "thumbnail" not in parts["META-INF/manifest.xml"].decode()
    assert "1\u00a0207" in "".join(content.itertext())


def test_an_arabic_odt_is_written_from_right_to_left():
    styles = odt_parts(to_odt(samples.arabic_card()))["styles.xml"].decode()
    assert 'style:writing-mode="rl-tb"' in styles
    assert 'style:language-complex="ar"' in styles


def test_what_is_typed_stays_text_in_the_odt():
    content = ElementTree.fromstring(odt_parts(to_odt(samples.demanding()))["content.xml"])
    assert "<b> @ref \\ // {x} `code` " in "".join(content.itertext())
    lines = Document("t", sections=[Section("s", ["un\ndeux\ttrois"])])
    found = ElementTree.fromstring(odt_parts(to_odt(lines))["content.xml"])
    assert found.find(f".//{_TEXT}line-break") is not None
    assert found.find(f".//{_TEXT}tab") is not None


def test_the_spreadsheet_has_a_sheet_a_table_and_numbers_that_stay_numbers():
    found = sheets(to_xlsx(samples.landlord_note()))
    assert (list(found)[:1], list(found)[-1:]) == (["Bilan"], ["Définitions"])
    technical = found["Signalements techniques du mois"]
    assert technical[3] == ["Encombrants", 1207.0, 5.0, 11.0]
    slots = found["Interventions par type d’espace"]
    assert slots[5][:2] == ["Local à déchets", "–"]
    assert any("31 sur 44 conflits" in row for row in found["Bilan"])
    assert any("ce n’est pas une personne" in row[1] for row in found["Définitions"])


@pytest.mark.parametrize("make", [*EVERY, lambda: Document("Vide")])
def test_each_report_is_a_spreadsheet_without_formula(make):
    with zipfile.ZipFile(io.BytesIO(to_xlsx(make()))) as archive:
        for name in archive.namelist():
            assert not re.search(rb"<f[ >]", archive.read(name))


def test_a_hidden_number_is_absent_from_every_face(tmp_path):
    hidden = "Cave, sous-sol"
    document = samples.landlord_note()
    rows = [row for part in document.sections for bars in part.bars for row in bars_as_table(bars).rows]
    assert [row[1:3] for row in rows if row[0] == hidden] == [["< 5", None]]


def test_bars_without_comparison_are_two_columns():
    table = bars_as_table(Bars("x", [Bar("a", 3)]))
    assert [column.title for column in table.columns] == ["Libellé", "Nombre"]
    assert table.rows == [["a", 3]]


def test_a_row_of_another_length_is_a_programming_error():
    document = samples.landlord_note()
    table = dataclasses.replace(document.sections[2].tables[0], rows=[["trop court"]])
    broken = Document("t", sections=[Section("s", tables=[table])])
    for face in (to_pdf, to_odt, to_xlsx):
        with pytest.raises(ValueError, match="zip"):
            face(broken)
