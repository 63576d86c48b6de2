"""A table that somebody sends is read as it was meant, or refused with a reason a person understands."""

import contextlib
import datetime as dt
import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.core.errors import InvalidInput
from entremise.documents.services import read_table
from entremise.documents.services.refusals import column_name
from entremise.documents.words import megabytes
from tests.documents.hostile import HEADER, ods, ods_row, packed, raw_xlsx, upload, xlsx

GOOD = "Nom;Ville\nHall A;Rouen\n"


def reason(content, name="sites.xlsx", **limits):
    with pytest.raises(InvalidInput) as caught:
        read_table(upload(content, name), **limits)
    assert list(caught.value.errors) == ["file"]
    return caught.value.errors["file"][0]


# --- what is read ---------------------------------------------------------------------------------------------------


def test_an_xlsx_gives_clean_texts_and_the_numbers_of_its_lines():
    table = read_table(
        upload(xlsx([["Nom", "Code  postal", "Actif"], ["  Hall A ", 76000.0, True], [], ["Quai é", 2.5, False]]))
    )
    assert table.header == ["Nom", "Code postal", "Actif"]
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ["Hall A", "76000", "oui"]),
        (4, ["Quai é", "2.5", "non"]),
    ]


def test_dates_times_and_durations_become_iso_text():
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["jour", "instant", "heure", "durée", "siret"])
        for column, (value, shape) in enumerate(
            [
                (dt.datetime.fromisoformat("2026-10-03"), "dd/mm/yyyy"),
                (dt.datetime.fromisoformat("2026-10-03T14:30"), "dd/mm/yyyy hh:mm"),
                (dt.time(14, 24), "hh:mm"),
                (dt.timedelta(hours=38, minutes=24), "[h]:mm"),
            ]
        ):
            sheet.write_datetime(1, column, value, book.add_format({"num_format": shape}))
        sheet.write_number(1, 4, 12345678901234)
    cells = read_table(upload(buffer.getvalue())).rows[0].cells
    assert cells == ["2026-10-03", "2026-10-03T14:30", "14:24", "38:24", "12345678901234"]


def test_formulas_give_their_value_and_nothing_is_computed():
    rows = HEADER + '<row><c><f>WEBSERVICE("http://exemple.test")</f><v>12</v></c></row>'
    assert read_table(upload(raw_xlsx(rows))).rows[0].cells == ["12"]


def test_a_text_that_begins_like_a_formula_stays_a_text_in_a_workbook():
    rows = [["Nom"], ["'=1+1"]]
    assert read_table(upload(xlsx(rows))).rows[0].cells == ["'=1+1"]


def test_an_ods_is_read_with_its_repetitions():
    content = ods(
        ods_row("Nom", "Ville")
        + ods_row("Hall", "Rouen", repeated=2)
        + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    table = read_table(upload(content, "sites.ods"))
    assert [(row.number, row.cells) for row in table.rows] == [(2, ["Hall", "Rouen"]), (3, ["Hall", "Rouen"])]


def test_the_first_visible_sheet_is_the_one_read():
    assert read_table(upload(xlsx([["Caché"], ["x"]], hidden_first=["Vue"]))).header == ["Autre"]


def test_the_content_decides_not_the_name():
    assert read_table(upload(xlsx([["Nom"], ["a"]]), "photo.png")).header == ["Nom"]
    assert read_table(upload(GOOD.encode(), "classeur.xlsx")).header == ["Nom", "Ville"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_is_read_in_the_encodings_and_separators_of_french_spreadsheets(encoding, separator):
    text = f'Nom{separator}Téléphone\r\n"Forêt, hall; B"{separator}+33 2 35 00 00 00\r\n\r\n-3{separator}été\r\n'
    table = read_table(upload(text.encode(encoding), "x.csv"))
    assert table.header == ["Nom", "Téléphone"]
    assert [row.number for row in table.rows] == [2, 4]
    assert table.rows[0].cells == ["Forêt, hall; B", "+33 2 35 00 00 00"]
    assert table.rows[1].cells == ["-3", "été"]


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;"])
def test_the_separator_that_excel_declares_is_followed(first):
    table = read_table(upload(f"{first}\r\nNom, ville;Type\r\nHall, Rouen;hall\r\n".encode(), "x.csv"))
    assert table.header == ["Nom, ville", "Type"]
    assert [(row.number, row.cells) for row in table.rows] == [(3, ["Hall, Rouen", "hall"])]


def test_emoji_right_to_left_and_control_characters():
    table = read_table(upload("Nom\n👩🏽‍🤝‍👩🏻 مرحبا\n".encode(), "x.csv"))
    assert table.rows[0].cells == ["👩🏽‍🤝‍👩🏻 مرحبا"]


def test_short_lines_are_filled_and_empty_untitled_columns_dropped():
    table = read_table(upload(b"Nom;;Ville;\nHall;;\nQuai;;Rouen;\n", "x.csv"))
    assert (table.header, [row.cells for row in table.rows]) == (["Nom", "Ville"], [["Hall", ""], ["Quai", "Rouen"]])


# --- what is refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b" \n \n", "vide"),
        (b";;\n;;\n", "vide"),
        (b"%PDF-1.7 ...", "pas un tableur"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "pas un tableur"),
        (b"<html><table><tr><td>Nom</td></tr></table></html>", "pas un tableur"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "ancien format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (b"Nom;Ville\nHall\x00;Rouen\n", "octets nuls"),
        (b"Nom\n\x81\x8d\n", "lettres"),
        (b"Nom\n\x01\x02\n", "pas un tableur"),
        (b"12;14\n1;2\n", "titres des colonnes"),
        (b"Nom;Ville\n", "aucune ligne"),
        (b"Nom;Ville;nom\na;b;c\n", "colonnes A et C portent le m"),
        (b"Nom\na;b\n", "B2"),
        (b'Nom\n"a"b\n', "ligne 2"),
        (b'Nom\n"jamais ferme\n', "ligne 2"),
        (b"Nom;Lien\na;=HYPERLINK(1)\n", "B2"),
        (b"Nom\n@SUM(A1)\n", "A2"),
        (b"Nom\n-2+3+cmd|' /C calc'!A0\n", "A2"),
        (b"Nom\n+A1\n", "A2"),
        (b"Nom\n" + b"x" * 20_001, "A2"),
        (b";".join(b"c%d" % i for i in range(201)) + b"\n", "200 colonnes"),
        (b"PK\x03\x04 pas un zip", "ab"),
        (packed({"un.txt": "a"}), "pas un tableur"),
        (packed({"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "pas un tableur"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "pas un tableur"),
        (packed({"xl/workbook.bin": b"x"}), "xlsb"),
        (raw_xlsx(HEADER, **{"xl/vbaProject.bin": b"x"}), "macros"),
        (ods(ods_row("Nom"), **{"Basic/Standard/Module1.xml": "<a/>"}), "macros"),
        (ods(ods_row("Nom"), manifest="<m><encryption-data/></m>"), "mot de passe"),
        (raw_xlsx(HEADER + "<row><c t='e'><v>#REF!</v></c></row>"), "A2 contient une erreur"),
        (raw_xlsx(HEADER + "<row><c r='??'><v>1</v></c></row>"), "ab"),
        (raw_xlsx(HEADER + "<row><c><v>1</c></row>"), "ab"),
        (raw_xlsx("<row r='zz'/>"), "ab"),
    ],
)
def test_a_file_that_is_no_good_table_is_refused_with_its_reason(content, words):
    assert words in reason(content)


def test_a_heavy_file_is_refused_before_it_is_read():
    class Heavy(io.BytesIO):
        size = 12_000_000

        def read(self, *_):
            raise AssertionError("it was read")

    with pytest.raises(InvalidInput) as caught:
        read_table(Heavy())
    assert "12\u00a0Mo" in caught.value.errors["file"][0]
    assert "5\u00a0Mo" in caught.value.errors["file"][0]


def test_a_file_that_lies_about_its_size_is_refused_all_the_same():
    assert "limite" in reason(b"Nom\n" + b"a\n" * 1000, max_bytes=500)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods", "ods repeated"])
def test_two_hundred_thousand_rows_are_refused_with_the_right_reason(kind):
    if kind == "csv":
        content = b"Nom;Ville\n" + b"Hall;Rouen\n" * 200_000
    elif kind == "xlsx":
        content = raw_xlsx(HEADER + "<row><c t='inlineStr'><is><t>Hall</t></is></c></row>" * 200_000)
    elif kind == "ods":
        content = ods(ods_row("Nom") + ods_row("Hall") * 200_000)
    else:
        content = ods(ods_row("Nom") + ods_row("Hall", repeated=200_000))
    assert "plus de 5\u202f000 lignes" in reason(content)


def test_exactly_the_allowed_rows_pass():
    assert len(read_table(upload(b"Nom\n" + b"a\n" * 10, "x.csv"), max_rows=10).rows) == 10
    assert len(read_table(upload(ods(ods_row("Nom") + ods_row("a", repeated=10))), max_rows=10).rows) == 10
    assert len(read_table(upload(xlsx([["Nom"]] + [["a"]] * 10)), max_rows=10).rows) == 10
    assert "lignes" in reason(xlsx([["Nom"]] + [["a"]] * 11), max_rows=10)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (raw_xlsx(HEADER, **{"xl/theme/theme1.xml": b"<a>" + b" " * 60_000_000 + b"</a>"}), "anormale"),
        (raw_xlsx(HEADER, **{"xl/theme/a.xml": b"<a>" + b"ab" * 2_000_000 + b"</a>"}), "anormale"),
        (raw_xlsx(HEADER, **{f"xl/a{i}.xml": b"<a>" + b"%d" % i * 700_000 + b"</a>" for i in range(60)}), "anormale"),
        (raw_xlsx(HEADER, **{f"xl/a{i}.xml": "<a/>" for i in range(1001)}), "ab"),
        # one cell at the far corner: a few bytes that a parser turns into gigabytes
        (raw_xlsx(HEADER + "<row r='5000'><c r='XFD5000'><v>1</v></c></row>"), "200 colonnes"),
        (raw_xlsx(HEADER + "<row r='1048576'><c r='A1048576'><v>1</v></c></row>"), "lignes"),
        (raw_xlsx(HEADER + "<row r='4000'><c r='GA4000'><v>1</v></c></row>"), "cellules"),
        # a sheet outside its usual folder is measured all the same
        (raw_xlsx("<row r='9000'><c r='A9000'><v>1</v></c></row>", target="ailleurs.xml"), "lignes"),
        # many cells that show one long shared string
        (
            raw_xlsx(
                HEADER + "<row><c t='s'><v>0</v></c></row>" * 4000,
                **{"xl/sharedStrings.xml": "<sst><si><t>" + "xyz " * 8000 + "</t></si></sst>"},
            ),
            "cellules",
        ),
        (ods(ods_row("Nom") + ods_row("xyz " * 8000, repeated=4000)), "cellules"),
        (
            ods(
                ods_row("Nom") + '<table:table-row><table:table-cell table:number-columns-repeated="1000000000" '
                'office:value-type="float" office:value="1"/></table:table-row>'
            ),
            "colonnes",
        ),
        (ods('<table:table-row table:number-rows-repeated="0"/>'), "ab"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bomb_is_refused_in_little_memory(content, words):
    """``make bench`` says in how little time; a bomb that unfolds shows here by its memory."""
    tracemalloc.start()
    try:
        assert words in reason(content)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 200_000_000


def test_an_archive_inside_the_archive_is_never_opened():
    inner = packed({"a.xml": b"<a>" + b" " * 50_000_000 + b"</a>"})
    content = raw_xlsx(HEADER + HEADER, **{"xl/embeddings/interne.zip": inner, "xl/media/image1.png": inner})
    assert read_table(upload(content)).rows[0].cells == ["Nom"]


def test_a_declared_size_that_is_a_lie_is_refused():
    content = bytearray(raw_xlsx(HEADER + "<row><c><v>1</v></c></row>" * 50))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = content.rindex(signature)
        content[start + offset : start + offset + 4] = (10).to_bytes(4, "little")
    assert "ab" in reason(bytes(content))


def test_an_archive_with_a_password_is_refused():
    content = bytearray(raw_xlsx(HEADER))
    start = content.index(b"PK\x01\x02")
    content[start + 8] |= 1
    assert "mot de passe" in reason(bytes(content))


def test_two_parts_with_one_name_are_refused():
    buffer = io.BytesIO(raw_xlsx(HEADER))
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "ab" in reason(buffer.getvalue())


_EXTERNAL = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("prologue", [_EXTERNAL, _LAUGHS, "<!DOCTYPE a SYSTEM 'http://exemple.test/a.dtd'>"])
def test_declarations_and_entities_are_refused_in_any_part(prologue):
    assert "DTD ou entités" in reason(raw_xlsx(HEADER, prologue=prologue))
    assert "DTD ou entités" in reason(ods(ods_row("Nom"), prologue=prologue))
    assert "DTD ou entités" in reason(raw_xlsx(HEADER, **{"xl/styles.xml": f"<?xml version='1.0'?>{prologue}<a/>"}))
    assert "ab" in reason(raw_xlsx(HEADER, **{"xl/styles.xml": f"{prologue}<a/>".encode("utf-16")}))


def test_hidden_sheets_only_are_refused():
    content = raw_xlsx(HEADER)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'name="Sites"', b'name="Sites" state="hidden"')
    assert "feuille visible" in reason(packed(parts))


def test_a_workbook_without_its_sheet_is_refused():
    with zipfile.ZipFile(io.BytesIO(raw_xlsx(HEADER))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if "sheet1" not in name}
    assert "ab" in reason(packed(parts))


@given(st.binary(max_size=400))
def test_any_bytes_give_a_table_or_a_reason(content):
    for prefix in (b"", b"PK\x03\x04", b"Nom;Ville\n"):
        with contextlib.suppress(InvalidInput):
            table = read_table(upload(prefix + content))
            assert all(len(row.cells) == len(table.header) for row in table.rows)


def test_columns_are_named_as_spreadsheets_do():
    assert [column_name(i) for i in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_sizes_are_said_as_people_do():
    assert [megabytes(size) for size in (0, 340_000, 4_800_000, 5_000_000)] == [
        "1\u00a0ko",
        "340\u00a0ko",
        "4,8\u00a0Mo",
        "5\u00a0Mo",
    ]
