"""Who opens which page of the figures, and what a page never shows."""

import re

import pytest
import time_machine
from django.urls import reverse

from entremise.places import services as places
from entremise.places.services import close_site
from entremise.presence import services as presence
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
    auditor = signed_in(cast.leo).get(reverse("statistics:report"), asked).content.decode()
    assert "conflits=on" not in auditor


def _opened(client, address):
    """How many rows the list behind a figure shows; each fits one page here."""
    page = client.get(address.replace("&amp;", "&")).context["page"]
    assert page.next is None
    return len(page)


def _countable(screen):
    """(what is shown, its address) of every number that is written and opens its rows."""
    for figure in (one for one in screen.figures if one.code in ("tournees", "interventions")):
        yield figure.value, figure.url
    for line in [*(line for part in screen.breakdowns for line in part.rows), *screen.missions]:
        if line["url"]:
            yield line["display"], line["url"]
    for line in screen.defects:
        yield str(line["row"].reported), line["url"]


def test_a_figure_opens_exactly_the_rows_it_counts(cast, signed_in):
    """Of a convention that counts two registers at one residence; the same month has acts elsewhere and of others."""
    claire, samia = cast.claire, cast.samia
    top, (first, second) = residence(claire)
    _, (other, _) = residence(claire, "Résidence du Port")
    evening, morning = at(month=10, hour=20), at(month=10, hour=9)
    acts(samia, first, 12, occurred_at=evening, outcome="apaise", registers=["conflit_temps_reel"], origin="habitant")
    acts(samia, second, 7, occurred_at=morning, registers=["presence_active", "sensibilisation"], origin="appel")
    acts(samia, first, 6, occurred_at=morning, registers=["sensibilisation"])
    acts(samia, other, 9, occurred_at=evening, registers=["presence_active"])
    acts(samia, first, 8, occurred_at=at(month=9), registers=["presence_active"])
    for place, day in ((first, 5), (first, 6), (other, 7)):
        with time_machine.travel(at(month=10, day=day), tick=False):
            outing = presence.open_round(actor=samia.actor, team_id=cast.team.pk)
            presence.arrive_at_site(actor=samia.actor, round_id=outing.pk, site_id=place.pk)
            presence.report_defect(actor=samia.actor, team_id=cast.team.pk, site_id=place.pk, category="eclairage")
        with time_machine.travel(at(month=10, day=day, hour=21), tick=False):
            presence.close_round(actor=samia.actor, round_id=outing.pk)
    found = convention(
        claire, template="bilan_adulte_relais", funder_kind="anct", site_ids=(top.pk,),
        registers=("conflit_temps_reel", "presence_active"), planned_registers=("presence_active",),
    )  # fmt: skip
    client = signed_in(claire)
    screen = client.get(reverse("statistics:report"), OCTOBER | {"convention": found.pk}).context["screen"]
    counted = [(shown, _opened(client, address)) for shown, address in _countable(screen)]
    numbers = [(shown, opened) for shown, opened in counted if shown.isdigit()]
    assert ("19", 19) in numbers, "12 conflicts and 7 of presence, sensibilisation alone is not paid for"
    assert ("2", 2) in numbers, "two rounds and two lamps at the residence"
    first_of = {part.code: part.rows[0]["url"] for part in screen.breakdowns if part.rows}
    assert "espace=hall" in first_of["espace"]
    assert f"lieu={top.pk}" in first_of["lieu"]
    assert len(numbers) >= 10
    assert [pair for pair in numbers if pair[0] != str(pair[1])] == []


def test_halls_of_no_residence_neighbourhoods_heads_and_unknown_origins_open_their_rows_too(cast, signed_in):
    claire, samia = cast.claire, cast.samia
    sector = places.create_sector(actor=claire.actor, name="Les Tisserands")
    lone = places.create_site(actor=claire.actor, name="Hall 12", space_type="hall", sector_id=sector.pk)
    lost = places.create_site(actor=claire.actor, name="Hall 13", space_type="hall")
    square = places.create_site(
        actor=claire.actor, name="Square", space_type="parc", sector_id=sector.pk, qpv_code="QN07401M"
    )
    acts(samia, lone, 11, occurred_at=at(month=10), ages={"douze_dix_huit": 1}, genders={"feminin": 1})
    acts(samia, lost, 8, occurred_at=at(month=10), origin="habitant", genders={"masculin": 1})
    acts(samia, square, 14, occurred_at=at(month=10), ages={"dix_huit_vingt_quatre": 1})
    for place, day in ((lone, 5), (square, 6)):
        with time_machine.travel(at(month=10, day=day), tick=False):
            outing = presence.open_round(actor=samia.actor, team_id=cast.team.pk)
            stop = presence.arrive_at_site(actor=samia.actor, round_id=outing.pk, site_id=place.pk)
            presence.count_contacts(actor=samia.actor, stop_id=stop.pk, delta=9, band="douze_dix_huit")
    client = signed_in(claire)
    screen = client.get(reverse("statistics:report"), OCTOBER | {"convention": ""}).context["screen"]
    opened = {
        (part.code, row["label"]): (row["display"], _opened(client, row["url"]))
        for part in screen.breakdowns
        for row in part.rows
    }
    assert opened["lieu", "Les Tisserands"] == ("11", 11), "the square of the same sector has its own line"
    assert opened["lieu", "Autres lieux"] == ("8", 8)
    assert opened["qpv", "Lieux d’un quartier prioritaire (QPV)"] == ("14", 14)
    assert opened["qpv", "Autres lieux, ou code QPV non renseigné"] == ("19", 19)
    assert opened["origine", "Non renseignée"] == ("25", 25)
    assert opened["genre", "Féminin"] == ("11", 11)
    assert opened["tranche_age", "18 – 24 ans"] == ("14", 14)
    assert opened["contacts_tranche", "12 – 17 ans"] == ("18", 2), "two rounds counted these eighteen contacts"


def test_a_filter_that_comes_from_a_report_is_offered_only_to_who_comes_from_one(cast, signed_in):
    client = signed_in(cast.claire)
    assert "Genre noté" not in client.get(reverse("interventions:list")).content.decode()
    assert "Genre noté" in client.get(reverse("interventions:list"), {"genre": "feminin"}).content.decode()
    assert "Tranche d’âge comptée" not in client.get(reverse("presence:rounds")).content.decode()


def test_a_convention_of_another_organisation_filters_nothing(cast, signed_in, landlord):
    for name in ("interventions:list", "presence:rounds", "presence:defects"):
        client = signed_in(cast.clara)
        page = client.get(reverse(name), {"convention": str(landlord.pk)}).content.decode()
        assert "Habitat du Val" not in page


def test_a_place_is_found_with_everything_inside_it(cast, signed_in, landlord):
    top = landlord.sites.get()
    client = signed_in(cast.claire)
    assert _opened(client, f"{reverse('interventions:list')}?lieu={top.pk}&periode=tout") == 15


def test_a_closed_place_still_opens_its_rows(cast, signed_in, landlord):
    top = landlord.sites.get()
    close_site(actor=cast.claire.actor, site_id=top.pk)
    address = reverse("interventions:list")
    assert _opened(signed_in(cast.claire), f"{address}?lieu={top.pk}&periode=tout") == 15
    stranger = signed_in(cast.clara).get(address, {"lieu": str(top.pk)}).content.decode()
    assert "Résidence des Tilleuls" not in stranger
