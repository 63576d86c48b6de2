"""The recovery ceremony, rehearsed: a few people together find the master key again, fewer do not."""

import base64
import io
import itertools

import pytest
from django.core.management import CommandError, call_command

from entremise.core.errors import Refused
from entremise.keys.services import join_master_key, split_master_key
from entremise.keys.services.master import read_key

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()


def split(parts=5, threshold=3):
    return split_master_key(written=KEY, parts=parts, threshold=threshold)


def test_any_three_of_five_find_the_key_again():
    parts = split()
    assert len(set(parts)) == 5
    for three in itertools.combinations(parts, 3):
        assert join_master_key(list(three)) == KEY


def test_a_part_typed_in_capitals_and_with_double_spaces_still_counts():
    one, two, three, *_ = split()
    assert join_master_key([one.upper(), two.replace(" ", "  ") + "\n", three, ""]) == KEY


def changed(part):
    words = part.split()
    return " ".join([*words[:7], "academic" if words[7] != "academic" else "acid", *words[8:]])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (lambda parts: parts[:2], "Il faut 3 parts, ni plus ni moins ; il y en a 2"),
        (lambda parts: parts[:4], "Il faut 3 parts, ni plus ni moins ; il y en a 4"),
        (lambda parts: [parts[0], changed(parts[1]), parts[2]], "La part n° 2 est mal recopiée"),
        (lambda parts: [*parts[:2], "bonjour"], "La part n° 3 est mal recopiée"),
        (lambda parts: [parts[0], parts[0], parts[1]], "Deux parts sont identiques"),
        (lambda parts: [*parts[:2], split()[2]], "même cérémonie"),
        (lambda parts: [], "Aucune part"),
        (lambda parts: ["\x00", "مفتاح", "🔑"], "La part n° 1 est mal recopiée"),
    ],
)
def test_what_does_not_find_the_key_says_which_part_and_why(typed, said):
    with pytest.raises(Refused, match=said):
        join_master_key(typed(split()))


@pytest.mark.parametrize(("parts", "threshold"), [(5, 1), (2, 3), (17, 3), (0, 0), (-1, 2)])
def test_a_sharing_that_protects_nothing_is_refused(parts, threshold):
    with pytest.raises(Refused):
        split(parts, threshold)


def run(*args, typed="", monkeypatch=None):
    out = io.StringIO()
    if monkeypatch:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    call_command("master-key", *args, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_the_whole_ceremony_from_the_command_line(settings, monkeypatch):
    settings.MASTER_KEY = run("nouvelle").strip()
    assert len(read_key(settings.MASTER_KEY)) == 32
    told = run("partager", "--parts", "5", "--seuil", "3")
    parts = [line for line in told.splitlines() if len(line.split()) == 33]
    assert len(parts) == 5
    found = run("retrouver", typed="\n".join([parts[4], parts[0], parts[2], ""]), monkeypatch=monkeypatch)
    assert found.strip() == settings.MASTER_KEY


def test_a_missing_master_key_is_said_plainly(settings):
    settings.MASTER_KEY = ""
    with pytest.raises(CommandError, match="La clé maîtresse manque"):
        run("partager")
