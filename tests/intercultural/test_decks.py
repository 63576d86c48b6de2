"""The texts of the cards: the same keys everywhere, short, in the right script, and no number retyped."""

import re
import unicodedata
from dataclasses import replace

import pytest

from entremise.intercultural import calls
from entremise.intercultural.decks import (
    CALLS,
    CODES,
    FOLDER,
    KEYS,
    LINES,
    PAPERS,
    PICTOGRAMS,
    PLACEHOLDERS,
    SOURCE,
    Text,
    decks,
    keys_of,
)
from entremise.intercultural.enums import Direction

LONGEST = 170  # signs: what stays readable on a phone held between two people
SCRIPTS = {"ar": "ARABIC", "ps": "ARABIC", "prs": "ARABIC", "fa": "ARABIC", "ti": "ETHIOPIC"}
SCRIPTS |= {"ru": "CYRILLIC", "uk": "CYRILLIC"}
BORROWED = re.compile(r"\{\w+\}|CNIL|SMS")
LETTERS = {"uk": "іїє", "ps": "ښړږځډټې", "fa": "پچگ", "tr": "ığş", "ro": "ățș", "pt": "ãç", "es": "ñ¿"}


def wordings():
    for code, deck in decks().items():
        for key, text in deck.texts.items():
            yield from ((code, key, text.feminine), (code, key, text.masculine))


def test_every_file_is_offered_and_every_language_has_its_file():
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_language_says_the_same_things(code):
    assert tuple(decks()[code].texts) == (*KEYS, *(key for paper in PAPERS for key in keys_of(paper)))


def test_every_wording_is_filled_tidy_and_short():
    for code, key, words in wordings():
        where = f"{code} {key}"
        assert words == words.strip(), where
        assert words, where
        assert len(words) <= LONGEST, where
        assert "  " not in words, where
        assert "!" not in words, where
        assert "'" not in words, where
        assert unicodedata.is_normalized("NFC", words), where
        assert not any(unicodedata.category(sign) in {"Cc", "Co", "Cn"} for sign in words), where


def test_placeholders_are_those_of_the_french_text():
    for code, key, words in wordings():
        french = decks()[SOURCE].texts[key].masculine
        wanted = set(re.findall(r"\{\w+\}", french)) if code != "fr-simple" else set(re.findall(r"\{\w+\}", words))
        assert set(re.findall(r"\{\w+\}", words)) == wanted, f"{code} {key}"
        assert wanted <= set(PLACEHOLDERS), f"{code} {key}"


def test_no_number_to_call_is_typed_in_a_text():
    for code, key, words in wordings():
        assert not re.search(r"\d{2}", re.sub(r"\{\w+\}", "", words)), f"{code} {key}"
    for number in CALLS:
        assert calls.number(number).number == number


def test_an_unknown_number_is_an_error_and_never_an_empty_card():
    with pytest.raises(KeyError):
        calls.number("3020")


@pytest.mark.parametrize("code", CODES)
def test_texts_are_in_the_script_and_the_direction_of_their_language(code):
    deck, script = decks()[code], SCRIPTS.get(code, "LATIN")
    assert deck.direction == (Direction.RTL if script == "ARABIC" else Direction.LTR)
    for key, text in deck.texts.items():
        letters = [sign for sign in BORROWED.sub("", text.feminine + text.masculine) if sign.isalpha()]
        assert letters, key
        assert all(script in unicodedata.name(sign) for sign in letters), f"{code} {key}"


@pytest.mark.parametrize("code", LETTERS)
def test_a_language_is_not_taken_for_its_neighbour(code):
    whole = "".join(text.masculine for text in decks()[code].texts.values())
    assert all(letter in whole for letter in LETTERS[code])


def test_the_mediator_speaks_as_a_woman_and_as_a_man_where_the_language_marks_it():
    marked = {code for code, deck in decks().items() if deck.texts["qui.titre"].is_marked}
    assert marked == {"fr", "fr-simple", "ar", "ps", "uk", "pt", "es", "ro"}


def test_no_language_claims_a_translator_that_nobody_named():
    for deck in decks().values():
        assert bool(deck.translator) == bool(deck.translated_on)


def test_every_card_has_a_drawing_of_the_project_that_follows_the_colour_of_the_text():
    assert sorted(path.stem for path in PICTOGRAMS.glob("*.svg")) == sorted(LINES)
    for path in PICTOGRAMS.glob("*.svg"):
        drawing = path.read_text(encoding="utf-8")
        assert "currentColor" in drawing
        assert "style" not in drawing


def test_the_fingerprint_changes_with_the_text_or_its_french(monkeypatch):
    known = decks()
    before = known["ti"].fingerprint("qui.police")
    reworded = replace(known["ti"], texts={**known["ti"].texts, "qui.police": Text("ኣነ", "ኣነ")})
    assert reworded.fingerprint("qui.police") != before
    french = replace(known[SOURCE], texts={**known[SOURCE].texts, "qui.police": Text("Non.", "Non.")})
    monkeypatch.setattr("entremise.intercultural.decks.decks", lambda: {**known, SOURCE: french})
    assert known["ti"].fingerprint("qui.police") != before
