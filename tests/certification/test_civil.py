"""Civil status: what cannot be is refused, what may be yet will not match is said."""

import pytest

from entremise.certification import civil
from tests.certification.build import civil as person

YEAR = 2026


def wrong(**facts):
    return set(civil.faults(person(**facts), YEAR))


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"birth_name": "N’Guyen van der Straße"},
        {"first_names": "Anne-Marie, Jean Luc, Zoé"},
        {"born_on": "1984"},
        {"born_on": "1984-07"},
        {"born_on": "2000-02-29"},
        {"birth_code": "2A004"},
        {"birth_code": "99350", "birth_place": "Fès", "birth_country": "Maroc"},
        {"birth_name": "محمد"},
    ],
)
def test_what_a_birth_certificate_may_say_is_kept(facts):
    assert wrong(**facts) == set()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"birth_name": ""}, "birth_name"),
        ({"birth_name": "D" * 61}, "birth_name"),
        ({"birth_name": "Durand2"}, "birth_name"),
        ({"birth_name": "Durand 🙂"}, "birth_name"),
        ({"first_names": " , "}, "first_names"),
        ({"born_on": "12/04/1990"}, "born_on"),
        ({"born_on": "1990-13"}, "born_on"),
        ({"born_on": "1990-02-30"}, "born_on"),
        ({"born_on": "1900-02-29"}, "born_on"),
        ({"born_on": "2020-01-01"}, "born_on"),
        ({"born_on": "1850"}, "born_on"),
        ({"birth_code": "3155"}, "birth_code"),
        ({"birth_code": "2C004"}, "birth_code"),
        ({"birth_place": ""}, "birth_place"),
        ({"sex": "X"}, "sex"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(facts, field):
    assert wrong(**facts) == {field}


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"born_on": "1984"}, "mois ou le jour"),
        ({"birth_code": ""}, "code du lieu"),
        ({"birth_code": "99350"}, "indiquez le pays"),
        ({"birth_country": "Maroc"}, "commune française"),
        ({"birth_name": "MENEZ"}, "capitales"),
        ({"usage_name": "lafleur-ménez"}, "laissez-le vide"),
        ({"first_names": "Camille Rose"}, "sans virgule"),
    ],
)
def test_what_would_keep_the_registry_from_matching_is_said(facts, word):
    found = civil.warnings(person(**facts))
    assert len(found) == 1
    assert word in found[0]


def test_a_well_written_civil_status_says_nothing():
    assert civil.warnings(person()) == []
