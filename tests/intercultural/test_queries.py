"""Languages: each code once, spoken apart from read, written in its direction."""

from entremise.intercultural.enums import Direction
from entremise.intercultural.queries import language, language_choices, language_names, languages


def test_each_language_has_one_code_and_a_french_name():
    codes = [one.code for one in languages()]
    assert len(codes) == len(set(codes)) == 73
    assert all(one.name.strip() for one in languages())
    assert codes[0] == "fr"


def test_arabic_script_reads_from_right_to_left_and_nothing_else_does():
    right = {one.code for one in languages() if one.direction == Direction.RTL}
    assert right == {one.code for one in languages() if one.script == "Arab"}
    assert {"ar", "ps", "fa", "ckb"} <= right


def test_a_sign_language_is_spoken_and_never_read():
    assert "fsl" in dict(language_choices())
    assert "fsl" not in dict(language_choices(written_only=True))
    assert not language("fsl").is_written


def test_an_unknown_code_is_shown_as_it_is():
    assert language("zz") is None
    assert language_names(["ti", "zz"]) == ["Tigrinya", "zz"]
