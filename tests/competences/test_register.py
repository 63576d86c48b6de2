"""The official exports are read as they are, traps included, and a hostile one is refused in a sentence."""

import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.competences.register import refusals, splitting
from entremise.competences.register.archive import read_fiches
from entremise.competences.register.facts import from_json
from entremise.competences.register.numbering import codes_for
from entremise.core.errors import Refused
from tests.competences import register_build as build
from tests.real_data import real_data


def put(tmp_path, content: bytes):
    path = tmp_path / "export"
    path.write_bytes(content)
    return path


def test_a_gulf_of_spaces_is_crossed_once():
    gulf = " " * 200_000  # each pattern would try it again from each of its spaces
    lines = ("Accueillir un public.", "Informer sur ses droits.")
    assert splitting.split(gulf.join(lines)).lines == lines
    assert splitting.split(f"{gulf}\n{gulf}".join(lines)).lines == lines


def test_a_record_of_the_xml_keeps_what_is_printed_and_leaves_unknown_what_is_not(tmp_path):
    old = "<ANCIENNES_CERTIFICATIONS><ANCIENNE_CERTIFICATION><ID_FICHE_ANCIENNE_CERTIFICATION>RNCP38473"
    old += "</ID_FICHE_ANCIENNE_CERTIFICATION></ANCIENNE_CERTIFICATION></ANCIENNES_CERTIFICATIONS>"
    match = "<CORRESPONDANCES><CORRESPONDANCE><SOURCE><BLOC_COMPETENCES><CODE>RNCP99001BC01</CODE></BLOC_COMPETENCES>"
    match += "</SOURCE><DESTINATION><NUMERO_FICHE>RNCP38473</NUMERO_FICHE><BLOC_COMPETENCES><CODE>RNCP38473BC02</CODE>"
    match += "</BLOC_COMPETENCES></DESTINATION></CORRESPONDANCE></CORRESPONDANCES>"
    told: list[tuple[int, int]] = []
    path = put(tmp_path, build.zipped(build.fiche(more=old + match), build.fiche("RS7001")))
    one, other = read_fiches(path, lambda done, total: told.append((done, total)))
    assert (one.code, one.level, one.registered_until, one.last_delivery) == (
        "RNCP99001",
        4,
        "2031-12-31",
        "2033-12-31",
    )
    assert (one.new_caledonia, one.french_polynesia) == (False, None)
    assert [(route.code, route.is_open) for route in one.routes][4:] == [("individual", False), ("vae", True)]
    assert one.statistics == [
        {
            "year": 2024,
            "certified": 0,
            "certified_vae": None,
            "insertion_6m": 87,
            "target_job_6m": None,
            "target_job_2y": None,
        }
    ]
    assert one.codes["nsf"] == [{"code": "332", "label": "Travail social"}]
    assert one.certifiers[0]["siret"] == "00000000000000"
    assert one.replaces == ["RNCP38473"]
    assert [vars(found) for found in one.matches] == [
        {"here": ["RNCP99001BC01"], "record": "RNCP38473", "there": ["RNCP38473BC02"]}
    ]
    assert other.code == "RS7001"
    assert from_json(one.as_json()) == one
    assert told[-1][0] == told[-1][1]


def test_the_real_csv_sample_is_read_with_its_traps():
    fiches = {one.code: one for one in read_fiches(real_data("rncp/export-fiches-csv-2024-02-22.zip"))}
    assert fiches["RNCP509"].certifiers[0]["siret"] == "11004301500012"  # a tab stood before it
    assert {"code": "H1102", "label": "Management et ingénierie d'affaires"} in fiches["RNCP4049"].codes["rome"]
    assert fiches["RNCP509"].codes["nsf"] == [{"code": "251", "label": "Mécanique générale et de précision, usinage"}]
    assert [block.code for block in fiches["RNCP509"].blocks] == [f"RNCP509BC0{rank}" for rank in (5, 6, 1, 2, 3, 4)]
    assert {block.text for block in fiches["RNCP509"].blocks} == {""}
    assert fiches["RNCP22094"].replaces == ["RNCP4049"]
    assert fiches["RNCP22094"].successors == ["RNCP28155"]
    assert all(route.is_open for route in fiches["RNCP509"].routes)
    closed = {route.code: route for route in fiches["RNCP4049"].routes}["apprenticeship"]
    assert closed.is_open is False
    assert "à confirmer" in closed.inferred
    assert {route.is_open for route in fiches["RNCP1197"].routes} == {None}
    assert (fiches["RNCP509"].is_active, fiches["RNCP509"].registered_until) == (False, "2023-08-31")


def table(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def damaged(content: bytes) -> bytes:
    """One sign of the compressed text is another."""
    return content[:300] + bytes([content[300] ^ 0xFF]) + content[301:]


WHOLE = "".join(build.document([build.fiche(), build.fiche("RS7001")])).encode()
BOMB = b'<!DOCTYPE FICHES [<!ENTITY a "' + b"a" * 1_000 + b'"><!ENTITY b "' + b"&a;" * 1_000 + b'">]>'
HOSTILE = {
    "empty": (b"", refusals.NOT_AN_EXPORT),
    "not xml": (b"bonjour", refusals.NOT_AN_EXPORT),
    "another document": (b"<rapport><FICHE/></rapport>", refusals.NOT_AN_EXPORT),
    "no record": (b"<FICHES></FICHES>", refusals.EMPTY),
    "truncated": (WHOLE[: len(WHOLE) // 2 + len(WHOLE) // 4], refusals.BROKEN),
    "truncated zip": (build.zipped(build.fiche())[:-40], refusals.BROKEN),
    "damaged zip": (damaged(build.zipped(build.fiche())), refusals.BROKEN),
    "wrong encoding": (WHOLE.decode().encode("cp1252", "replace"), refusals.BROKEN),
    "unknown encoding": (WHOLE.replace(b"UTF-8", b"KLINGON-9"), refusals.NOT_AN_EXPORT),
    "entities": (b'<?xml version="1.0"?>' + BOMB + b"<FICHES>&b;</FICHES>", refusals.HOSTILE),
    "outside document": (b'<!DOCTYPE FICHES SYSTEM "file:///etc/passwd"><FICHES/>', refusals.HOSTILE),
    "late declaration": (WHOLE.replace(b"<FICHE>", BOMB + b"<FICHE>", 1), refusals.BROKEN),
    "unknown entity": (WHOLE.replace(b"RS7001BC01", b"&secret;"), refusals.BROKEN),
    "too deep": (b"<FICHES>" + b"<a>" * 100_000, refusals.NOT_AN_EXPORT),
    "one endless record": (b"<FICHES><FICHE>" + b"a" * 17_000_000, refusals.TOO_BIG),
    "tables without the main ones": (table("autre.csv", b'"Numero_Fiche"\r\n'), refusals.NOT_AN_EXPORT),
    "two documents": (table("a.pdf", b"%PDF"), refusals.NOT_AN_EXPORT),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_cut_or_wrongly_encoded_export_is_refused_in_a_sentence(case, tmp_path):
    content, sentence = HOSTILE[case]
    with pytest.raises(Refused) as refusal:
        list(read_fiches(put(tmp_path, content)))
    assert str(refusal.value) == sentence
    assert sentence.endswith("rien n’a été enregistré.")


def test_an_archive_that_swells_is_stopped_long_before_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr("entremise.competences.register.archive._RATIO_FROM", 1_000_000)
    with pytest.raises(Refused, match="grossit"):
        list(read_fiches(put(tmp_path, build.zipped(*["<AUTRE>" + " " * 9_000_000 + "</AUTRE>"] * 2))))


@pytest.mark.parametrize(
    ("text", "strategy", "count"),
    [
        (build.SKILLS, "coded", 3),
        ("C1.1 Accueillir chacun\nC1.2 Orienter chacun", "coded", 2),
        ("* Accueillir les habitants * Orienter les habitants", "bullets", 2),
        ("- Accueillir les habitants\n- Orienter, peut-être, les habitants", "bullets", 2),
        ("o Accueillir les habitants  o Orienter les habitants", "rounds", 2),
        ("1. Accueillir les habitants  2. Orienter les habitants", "numbered", 2),
        ("Accueillir les habitants\nOrienter les habitants", "lines", 2),
        ("Accueillir les habitants   Orienter les habitants", "spaces", 2),
        ("Accueillir les habitants ; orienter les habitants", "semicolons", 2),
        ("Accueillir les habitants. Orienter les habitants.", "sentences", 2),
        ("Accueillir les habitants", "", 1),
        ("  \n ", "", 0),
    ],
)
def test_the_first_strategy_that_cuts_plausibly_wins(text, strategy, count):
    found = splitting.split(text)
    assert (found.strategy, len(found.lines)) == (strategy, count)
    assert all(line == " ".join(line.split()) and line for line in found.lines)


WORDS = st.lists(st.sampled_from(["accueillir", "un", "habitant", "afin", "d’agir", "Co-construire", "C3"]), min_size=3)


@given(st.lists(WORDS.map(lambda words: " ".join(words).capitalize()), min_size=1, max_size=9))
def test_no_word_is_lost_nor_written_twice(told):
    for mark in ("\n", " ; ", "\n- ", "   ", "\n* "):
        lines = splitting.split(mark.join(told)).lines
        assert re.findall(r"\w+", " ".join(lines)) == re.findall(r"\w+", " ".join(told))


@given(
    st.lists(st.tuples(st.sampled_from("AB"), st.text("xyz", min_size=1, max_size=3)), max_size=6),
    st.lists(st.tuples(st.sampled_from("AB"), st.text("xyz", min_size=1, max_size=3)), max_size=6),
)
def test_a_code_once_given_names_the_same_competence_for_ever(before, after):
    first = dict(zip(codes_for({}, before), before, strict=True))
    again = codes_for(first, after)
    assert len(set(again)) == len(after)
    assert codes_for(first, before) == list(first)
    assert all(first[code][0] == block for code, (block, _) in zip(again, after, strict=True) if code in first)
    kept = {told for code, told in first.items() if before.count(told) == after.count(told)}
    assert all(code in again for code, told in first.items() if told in kept)
