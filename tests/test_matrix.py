"""No page shows a role what is not for it, nor an organisation what belongs to another."""

import pytest
from django.http import HttpResponse

from tests import matrix, matrix_world

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


def test_no_page_leaks_to_any_role_or_stranger():
    report = matrix.walk(matrix_world.build())
    assert report.leaks == []
    assert len(report.pages) > 100
    assert len(report.roles) == 18


class _Answer:
    """A browser to which every page answers the same."""

    def __init__(self, response: HttpResponse) -> None:
        self.get = self.post = lambda path: response


@pytest.mark.parametrize(
    ("name", "kind", "response", "expected"),
    [
        ("paul", "own", HttpResponse(matrix_world.mark("auteurs")), "shows « auteurs »"),
        ("ines", "own", HttpResponse(matrix_world.mark("equipe")), "shows « equipe »"),
        ("paul", "foreign", HttpResponse("bonjour"), "a foreign identifier answered 200"),
        ("(personne)", "none", HttpResponse("bonjour"), "open without sign-in"),
        ("paul", "own", HttpResponse(status=500), "error 500"),
        ("samia", "own", HttpResponse(matrix_world.mark("auteurs")), None),
        ("paul", "foreign", HttpResponse(status=404), None),
    ],
)
def test_the_walk_sees_a_planted_leak(name, kind, response, expected):
    report, address = matrix.Report(), matrix.Address("presence:round", "tournee/x", ())
    world = matrix_world.World(cast=None)
    matrix._visit(report, world, _Answer(response), name, address, kind, "/x", "get")
    assert [leak for leak in report.leaks if expected and expected in leak] == report.leaks
    assert bool(report.leaks) == bool(expected)
