"""Who opens which page of the figures, and what a page never shows."""

import re

import pytest
import time_machine
from django.urls import reverse

from tests.statistics.build import acts, at, convention, residence

pytestmark = pytest.mark.django_db
NOW = at(day=23, hour=9)
OCTOBER = {"periode": "2026-10", "comparaison": "an"}


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def landlord(cast):
    """A convention on one residence with 12 acts in October in one hall, 3 in the other."""
    top, (first, second) = residence(cast.claire)
    acts(cast.samia, first, 12, occurred_at=at(month=10), outcome="apaise", registers=["conflit_temps_reel"])
    acts(cast.samia, second, 3, occurred_at=at(month=10, hour=10), outcome="refus", registers=["conflit_temps_reel"])
    return convention(cast.claire, site_ids=(top.pk,))


def test_the_report_opens_for_a_coordinator_even_when_nothing_was_recorded(cast, signed_in):
    response = signed_in(cast.claire).get(reverse("statistics:report"))
    assert response.status_code == 200
    assert "Rien dans cette période" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "report", "file", "create"),
    [
        ("claire", 200, 200, 200),
        ("leo", 200, 200, 403),
        ("samia", 200, 403, 403),
        ("alban", 403, 403, 403),
        ("dora", 403, 403, 403),
    ],
)
def test_each_role_opens_what_it_may(cast, signed_in, landlord, name, report, file, create):
    client = signed_in(getattr(cast, name))
    asked = OCTOBER | {"convention": landlord.pk}
    assert client.get(reverse("statistics:report"), asked).status_code == report
    assert client.get(reverse("statistics:download", args=["xlsx"]), asked).status_code == file
    assert client.get(reverse("statistics:convention_create")).status_code == create
    assert client.get(reverse("statistics:text"), asked).status_code == create
    assert client.get(reverse("statistics:share"), asked).status_code == create
    assert client.get(reverse("statistics:convention_edit", args=[landlord.pk])).status_code == create
    assert client.get(reverse("statistics:links", args=[landlord.pk])).status_code == file
    assert client.get(reverse("statistics:definitions")).status_code == report
    assert client.get(reverse("statistics:conventions")).status_code == report


@pytest.mark.parametrize("page", ["report", "text", "share"])
def test_a_convention_of_another_organisation_does_not_exist(cast, signed_in, landlord, page):
    response = signed_in(cast.clara).get(reverse(f"statistics:{page}"), {"convention": landlord.pk})
    assert response.status_code == 404


def test_pages_of_one_convention_do_not_exist_for_a_stranger(cast, signed_in, landlord):
    client = signed_in(cast.clara)
    assert client.get(reverse("statistics:convention_edit", args=[landlord.pk])).status_code == 404
    assert client.get(reverse("statistics:links", args=[landlord.pk])).status_code == 404
    assert client.get(reverse("statistics:download", args=["pdf"]), {"convention": landlord.pk}).status_code == 404


def test_the_landlord_s_note_never_names_a_hall_nor_a_small_number(cast, signed_in, landlord):
    page = signed_in(cast.claire).get(reverse("statistics:report"), OCTOBER | {"convention": landlord.pk})
    text = page.content.decode()
    assert "Hall 1" not in text
    assert "Résidence des Tilleuls" in text
    assert "15 interventions, par type d’espace" in text
    assert "12 conflits" not in text  # 12 of 15 would give 3 away
    assert "nombre masqué" in text


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"periode": "2025-10"}, "hors de la convention"),
        ({"du": "2026-10-05", "au": "2026-12-05"}, "mois entiers"),
        ({"du": "2026-10-05", "au": "2026-10-12"}, "mois entiers"),
        ({"du": "2026-10-05"}, "Donnez les deux dates"),
        ({"du": "2026-10-05", "au": "2026-10-01"}, "La fin vient avant le début"),
        ({"du": "1001-10-05", "au": "1001-12-01"}, "entre 2000 et 2100"),
        ({"du": "2000-01-01", "au": "2100-12-31"}, "cinq ans au plus"),
        ({"du": "le 5", "au": "2026-10-01"}, "le 5"),
        ({"periode": "0000-99"}, "Choisissez une période de la liste"),
    ],
)
def test_a_period_that_cannot_be_given_is_refused_with_its_reason(cast, signed_in, landlord, asked, sentence):
    page = signed_in(cast.claire).get(reverse("statistics:report"), {"convention": landlord.pk} | asked)
    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_nobody_gets_less_than_a_month(cast, signed_in):
    asked = {"convention": "", "du": "2026-10-05", "au": "2026-10-20"}
    assert signed_in(cast.claire).get(reverse("statistics:report"), asked).status_code == 422


@pytest.mark.parametrize("face", ["pdf", "odt", "xlsx"])
def test_each_face_is_a_file_named_after_the_report(cast, signed_in, landlord, face):
    response = signed_in(cast.claire).get(
        reverse("statistics:download", args=[face]), OCTOBER | {"convention": landlord.pk}
    )
    assert response.status_code == 200
    assert f'filename="note-au-bailleur-octobre-2026.{face}"' in response["Content-Disposition"]
    assert len(response.content) > 2000


def test_an_unknown_face_does_not_exist(cast, signed_in):
    assert signed_in(cast.claire).get(reverse("statistics:download", args=["docx"])).status_code == 404


def test_a_report_of_one_year_takes_few_queries(cast, signed_in, landlord, django_assert_max_num_queries):
    client = signed_in(cast.claire)
    with django_assert_max_num_queries(42):  # 35 for the report, the rest for the session and the frame
        client.get(reverse("statistics:report"), {"convention": landlord.pk, "periode": "2026"})


def test_every_figure_opens_the_rows_behind_it_for_those_who_may_read_them(cast, signed_in, landlord):
    asked = OCTOBER | {"convention": landlord.pk}
    client = signed_in(cast.claire)
    page = client.get(reverse("statistics:report"), asked).content.decode()
    found = set(re.findall(r'href="([^"]*(?:interventions|tournees|signalements)[^"]*\?[^"]*)"', page))
    assert any("conflits=on" in address for address in found)
    for address in found:
        assert "du=2026-10-01&amp;au=2026-10-31" in address
        assert client.get(address.replace("&amp;", "&")).status_code == 200
    assert "tous lieux confondus" in page
    auditor = signed_in(cast.leo).get(reverse("statistics:report"), asked).content.decode()
    assert "conflits=on" not in auditor
