"""Rounds, observations and defects taken away as spreadsheets: the page's lines, and nothing that points at someone."""

import datetime as dt
import io

import pytest
import time_machine
from django.urls import reverse

from entremise.core.errors import InvalidInput
from entremise.core.time import now
from entremise.documents.services import read_table
from entremise.presence import services
from entremise.presence.enums import TELLING_WATCH

pytestmark = pytest.mark.django_db


def taken(client, code, **filters):
    response = client.post(reverse("documents:export", args=[code]), filters)
    assert response.status_code == 200
    try:
        table = read_table(io.BytesIO(response.content))
    except InvalidInput:  # titles without a line under them
        return []
    return [dict(zip(table.header, row.cells, strict=True)) for row in table.rows]


def test_a_round_leaves_with_its_hours_its_places_and_its_contacts(cast, ground, out, stop, signed_in):
    services.tally(actor=cast.samia.actor, stop_id=stop.pk)
    services.arrive_at_site(actor=cast.samia.actor, round_id=out.pk, site_id=ground.square.pk)
    services.arrive_at_site(actor=cast.samia.actor, round_id=out.pk, site_id=ground.hall.pk)
    services.close_round(actor=cast.samia.actor, round_id=out.pk)
    (row,) = taken(signed_in(cast.samia), "tournees")
    assert (row["Secteur"], row["Lieux"], row["Contacts"], row["État"]) == ("Les Tisserands", "2", "1", "Terminée")
    assert "Paul" not in str(row)


def test_the_spreadsheet_keeps_the_filters_and_the_order_of_the_page(cast, ground, signed_in):
    for category, days in (("eclairage", 3), ("ascenseur", 9), ("eclairage", 1)):
        services.report_defect(
            actor=cast.samia.actor, team_id=cast.team.pk, site_id=ground.hall.pk, category=category,
            reported_at=now() - dt.timedelta(days=days),
        )  # fmt: skip
    rows = taken(signed_in(cast.samia), "signalements", categorie="eclairage", tri="-delai")
    assert [row["Délai en jours"] for row in rows] == ["3", "1"]


def test_what_was_written_about_a_defect_stays_with_the_team(cast, ground, signed_in):
    services.report_defect(
        actor=cast.samia.actor, team_id=cast.team.pk, site_id=ground.hall.pk, category="eclairage",
        description="Chez la voisine du troisième",
    )  # fmt: skip
    (row,) = taken(signed_in(cast.samia), "signalements")
    assert "voisine" not in str(row)


def test_a_telling_observation_says_neither_its_type_nor_its_words(cast, ground, signed_in):
    telling = sorted(TELLING_WATCH)[0]
    services.observe(
        actor=cast.samia.actor, team_id=cast.team.pk, site_id=ground.hall.pk, watch_type=telling, text="Un silence"
    )
    (row,) = taken(signed_in(cast.samia), "observations")
    assert row["Type"] == "Sur la fiche"
    assert "silence" not in str(row)


@pytest.mark.parametrize("code", ["tournees", "observations", "signalements"])
def test_another_organisation_takes_nothing_of_ours(cast, ground, out, code, signed_in):
    services.observe(actor=cast.samia.actor, team_id=cast.team.pk, site_id=ground.hall.pk, watch_type="ambiance")
    services.report_defect(actor=cast.samia.actor, team_id=cast.team.pk, site_id=ground.hall.pk, category="eclairage")
    assert taken(signed_in(cast.ines), code) == []


@pytest.mark.parametrize("code", ["tournees", "observations", "signalements"])
def test_those_who_may_not_read_the_list_take_nothing(cast, code, signed_in):
    assert signed_in(cast.alban).post(reverse("documents:export", args=[code])).status_code == 403


@pytest.mark.parametrize("name", ["rounds", "observations", "defects"])
def test_the_page_offers_its_spreadsheet_with_its_filters(cast, ground, out, name, signed_in):
    services.observe(actor=cast.samia.actor, team_id=cast.team.pk, site_id=ground.hall.pk, watch_type="ambiance")
    services.report_defect(actor=cast.samia.actor, team_id=cast.team.pk, site_id=ground.hall.pk, category="eclairage")
    page = signed_in(cast.samia).get(reverse(f"presence:{name}"), {"du": "2026-01-01"}).content.decode()
    assert "Exporter (tableur)" in page
    assert 'name="du"' in page
    assert 'value="2026-01-01"' in page


def test_the_longest_delay_comes_first_whether_repaired_or_not(cast, ground, signed_in):
    def report(days):
        return services.report_defect(
            actor=cast.samia.actor, team_id=cast.team.pk, site_id=ground.hall.pk, category="eclairage",
            reported_at=now() - dt.timedelta(days=days),
        )  # fmt: skip

    repaired, waiting = report(30), report(10)
    services.advance_defect(
        actor=cast.samia.actor, defect_id=repaired.pk, status="resolu", at=now() - dt.timedelta(days=28)
    )
    page = signed_in(cast.samia).get(reverse("presence:defects"), {"tri": "-delai"})
    assert [row["defect"].pk for row in page.context["rows"]] == [waiting.pk, repaired.pk]


def test_defects_stand_in_the_order_of_the_delay_they_show(cast, ground, signed_in):
    for days, solved_after in ((2, None), (30, 5), (9, None), (40, 1), (12, 12), (1, None)):
        with time_machine.travel(now() - dt.timedelta(days=days), tick=False):
            defect = services.report_defect(
                actor=cast.samia.actor, team_id=cast.team.pk, site_id=ground.hall.pk, category="eclairage"
            )
        if solved_after is not None:
            with time_machine.travel(now() - dt.timedelta(days=days - solved_after), tick=False):
                services.advance_defect(actor=cast.samia.actor, defect_id=defect.pk, status="resolu")
    client = signed_in(cast.samia)
    for asked, reverse_order in (("delai", False), ("-delai", True)):
        page = client.get(reverse("presence:defects"), {"tri": asked}).context["rows"]
        shown = [row["defect"].days for row in page]
        assert shown == sorted(shown, reverse=reverse_order)
        assert set(shown) == {1, 2, 5, 9, 12}
        assert [row["Délai en jours"] for row in taken(client, "signalements", tri=asked)] == [str(n) for n in shown]


@pytest.mark.parametrize("asked", ["duree", "-duree"])
def test_rounds_without_a_known_duration_stand_last_on_every_engine(cast, ground, out, signed_in, asked):
    services.close_round(actor=cast.samia.actor, round_id=out.pk, ended_at=now())
    still = services.open_round(actor=cast.paul.actor, team_id=cast.team.pk)
    page = signed_in(cast.samia).get(reverse("presence:rounds"), {"tri": asked}).context["page"]
    assert page.items[-1].pk == still.pk
