"""Unique words are planted in a notebook and in a meeting: their readers find them, in what they take away too.

``tests/test_matrix.py`` and ``tests/test_confided.py`` look for the same words everywhere somebody else could look.
"""

import pytest

from tests import matrix, matrix_world
from tests.matrix_practice import IN_MEETING, WORDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    return matrix_world.build()


def test_the_words_are_found_where_their_readers_look_and_leave_with_them_alone(world):
    samia = world.client(world.cast.samia)
    assert "MARQUE-carnet-FIN" in matrix.words_of(samia.get(f"/pratique/fiches/{world.own['reflection'][0]}"))
    taken = {name: world.client(person).post("/pratique/emporter/odt") for name, person in world.cast.people().items()}
    read = {name: [word for word in WORDS if word in matrix.words_of(answer)] for name, answer in taken.items()}
    assert "MARQUE-carnet-FIN" in read["samia"]
    assert [(name, word) for name, words in read.items() for word in words if name not in WORDS[word]] == []
    for name in IN_MEETING:
        client = world.client(world.cast.people()[name])
        assert "MARQUE-seance-FIN" in matrix.words_of(client.get(f"/pratique/seances/{world.own['meeting'][0]}"))


def test_managers_count_meetings_without_seeing_who_came(world):
    page = matrix.words_of(world.client(world.cast.claire).get("/pratique/seances/tenues"))
    body = page.split("</h1>")[1].split("</main>")[0]
    assert "<td" in body
    assert not any(name.capitalize() in body for name in IN_MEETING)
