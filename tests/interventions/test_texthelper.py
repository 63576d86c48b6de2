"""The text helper points at what a note does not need, alike in the page and on the server."""

import json
import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from entremise.interventions import texthelper
from entremise.interventions.texthelper import Finding, find, identifying

HERE = Path(__file__).parent
SENTENCES = json.loads((HERE / "texthelper_sentences.json").read_text(encoding="utf-8"))
BAD = "Famille rom agressive, le fils deale, mère dépressive."
GOOD = (
    "Deux adultes et un adolescent ; échange tendu sur le bruit ; accord de baisser le son après 22 h ; repasser jeudi."
)
TWO_MEGABYTES = 2 * 1024 * 1024


def words(text):
    return [(finding.kind, finding.word) for finding in find(text)]


@pytest.mark.parametrize("row", SENTENCES, ids=[str(number) for number, _ in enumerate(SENTENCES)])
def test_each_sentence_gives_what_was_agreed(row):
    assert [[f.kind, f.word, f.suggestion] for f in find(row["text"])] == row["found"]


def test_the_sentences_cover_enough_of_both_sides():
    assert len(SENTENCES) >= 80
    assert sum(not row["found"] for row in SENTENCES) >= 25


def test_the_two_examples_of_the_frame():
    assert words(BAD) == [("origin", "rom"), ("judgement", "agressive"), ("offence", "deale"), ("health", "dépressive")]
    assert find(GOOD) == []


def test_a_finding_is_found_where_it_says():
    for row in SENTENCES:
        last = 0
        for finding in find(row["text"]):
            assert row["text"][finding.start : finding.end] == finding.word
            assert finding.start >= last
            last = finding.end


def test_identifying_findings_are_those_that_point_at_one_person():
    found = find("Mme D., 06 39 98 12 34, rom, 12 rue des Lilas, a@exemple.test, agressif, 269054958815780")
    assert [finding.kind for finding in identifying(found)] == ["name", "phone", "address", "email", "nir"]
    assert texthelper.count_by_kind(found)["judgement"] == 1


def test_a_finding_cannot_be_changed():
    finding = Finding("name", 0, 1, "x", "y", "z")
    with pytest.raises(AttributeError):
        finding.word = "autre"


@pytest.mark.parametrize("text", ["", "\x00", "\ud83d", "🙂", "\u0301", "İ", "ẞ", "\u202e06", "\n\n"])
def test_odd_texts_are_read_without_error(text):
    assert isinstance(find(text), list)


def test_accents_written_apart_are_read_like_accents_written_together():
    apart = "me\u0300re de\u0301pressive"
    assert [finding.word for finding in find(apart)] == ["de\u0301pressive"]


def test_both_apostrophes_and_narrow_spaces_are_read_alike():
    assert words("d'Hélène") == [("name", "Hélène")] == words("d’Hélène")
    assert [kind for kind, _ in words("06\u202f12\u202f34\u202f56\u202f78")] == ["phone"]


@pytest.mark.parametrize(
    ("number", "plausible"),
    [("269054958815780", True), ("269054958815781", False), ("2690549588157", True), ("2 69 05 2A 588 157 80", False)],
)
def test_the_key_tells_a_social_security_number_from_another(number, plausible):
    assert texthelper.nir_is_plausible(number) is plausible


def test_given_names_come_from_many_places_and_are_numerous():
    names = json.loads(texthelper.RULES_FILE.read_text(encoding="utf-8"))["names"]
    assert len(set(names["given"]) | set(names["ambiguous"])) >= 300
    assert {"fatoumata", "karim", "chloe", "ioana", "mehmet", "thiago", "svetlana"} <= set(names["given"])


def test_every_word_says_something_or_asks_to_be_left_out():
    rules = json.loads(texthelper.RULES_FILE.read_text(encoding="utf-8"))
    assert {entry["kind"] for entry in rules["words"]} | {rule["kind"] for rule in rules["patterns"]} == set(
        rules["kinds"]
    )
    for entry in rules["words"]:
        assert find(entry["say"]) == [], entry["say"]


HOSTILE = [
    GOOD, BAD, "a", "1", "0", "1 ", "é", "e\u0301", "@", "a@", "a@a.", "+33", "M. ", "M. A", "Mme A ", "A. ", "rue ",
    "12 rue de la Paix Rouge Bleu ", "zero un ", "code ", "jean-", "jean ", "l'", "sans ", "né le 1", "🙂", "0612345 ",
    "06 12 34 56 ", "ab-123-", " ", "\n", "A ", "B.", "1.1111", "(0)", "porte 1 ", "DURAND ", "2 69 05 49 588 157 ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE, ids=[repr(piece[:12]) for piece in HOSTILE])
def test_any_text_of_two_megabytes_is_read_to_its_end_with_few_findings(piece):
    """An expression that backtracks would take hours here; ``make bench`` says how long it really takes."""
    text = (piece * (TWO_MEGABYTES // len(piece) + 1))[:TWO_MEGABYTES]
    assert len(find(text)) <= 200


def node(texts):
    """What the page's module finds in the same texts; fails under CI, skips elsewhere, without Node.js."""
    program = shutil.which("node")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("node is missing: the page's reading cannot be compared with the server's")
        pytest.skip("node is missing: the page's reading is not compared with the server's here")
    answer = subprocess.run(
        [program, str(HERE / "texthelper_parity.mjs")],
        input=json.dumps(texts), capture_output=True, text=True, timeout=600, check=True,
    )  # fmt: skip
    return json.loads(answer.stdout)


def _same(texts):
    for text, report in zip(texts, node(texts)["reports"], strict=True):
        here = [
            {"kind": f.kind, "start": f.start, "end": f.end, "word": f.word, "suggestion": f.suggestion}
            for f in find(text)
        ]
        there = [{key: found[key] for key in ("kind", "start", "end", "word", "suggestion")} for found in report]
        assert here == there, text


def test_the_page_and_the_server_find_the_same_in_every_sentence():
    _same([row["text"] for row in SENTENCES])


def test_the_page_and_the_server_agree_on_shuffled_pieces():
    chance = random.Random(41674)
    pieces = [word for row in SENTENCES for word in row["text"].split(" ")]
    pieces += [
        "🙂",
        "e\u0301",
        "\n",
        "’",
        "\u00a0",
        "0639981234",
        "Jean-",
        "-Pierre",
        "M.",
        "12",
        "rue",
        "@a.fr",
        "İ",
        "ß",
    ]
    texts = [
        "".join(chance.choice(pieces) + chance.choice([" ", " ", " ", "", "-", "'"]) for _ in range(40))
        for _ in range(400)
    ]
    _same(texts)


def test_the_page_reads_two_megabytes_to_their_end():
    """An expression that backtracks would meet ``node``'s own limit; ``make bench`` says how long it really takes."""
    texts = [
        (piece * (TWO_MEGABYTES // len(piece) + 1))[:TWO_MEGABYTES] for piece in (GOOD, "1 ", "a@", "A ", "e\u0301")
    ]
    assert len(node(texts)["reports"]) == len(texts)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Mme D. crie.", "Une voisine crie."),
        ("le retour de M. Durand", "le retour d’un voisin"),
        ("Échange sur le bruit, Mme D. et trois jeunes.", "Échange sur le bruit, une voisine et trois jeunes."),
        ("la mère de Karim", "la mère d’une personne"),
        ("Un Algérien attend.", "Un habitant attend."),
        ("une famille rom attend", "une famille attend"),
    ],
)
def test_a_replacement_reads_as_french(text, result):
    (report,) = node([text])["reports"]
    assert report[0]["result"] == result


def test_the_page_never_writes_the_authors_words_as_markup():
    source = (texthelper.RULES_FILE.parent / "texthelper.js").read_text(encoding="utf-8")
    for door in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "localStorage", "sendBeacon"):
        assert door not in source
    assert source.count("fetch(") == 1  # its own rules, nothing else
