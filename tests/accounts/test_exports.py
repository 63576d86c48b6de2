"""Members and teams: sorted, filtered, taken away without an address."""

import io

import pytest
from django.urls import reverse

from entremise.accounts import services
from entremise.core.actor import system_actor
from entremise.documents.services import read_table

pytestmark = pytest.mark.django_db


def taken(client, code, **filters):
    response = client.post(reverse("documents:export", args=[code]), filters)
    assert response.status_code == 200
    table = read_table(io.BytesIO(response.content))
    return [dict(zip(table.header, row.cells, strict=True)) for row in table.rows]


def test_members_leave_by_name_without_their_address(cast, signed_in):
    rows = taken(signed_in(cast.claire), "membres", role="mediateur", tri="-nom")
    assert [row["Nom"] for row in rows] == ["Samia", "Paul", "Hugo"]
    assert "exemple.test" not in str(rows)


def test_those_who_left_keep_their_function_alone(cast, signed_in):
    services.end_membership(actor=cast.alban.actor, member_id=cast.hugo.member.pk)
    (row,) = taken(signed_in(cast.claire), "membres", presence="anciens")
    assert "Hugo" not in row["Nom"]
    assert row["Départ"]


def test_the_latest_arrival_comes_first_when_asked(cast, signed_in):
    lines = signed_in(cast.claire).get("/membres", {"tri": "-date"}).context["page"].items
    arrivals = [line.member.joined_at for line in lines]
    assert arrivals == sorted(arrivals, reverse=True)


def test_teams_are_found_by_job_and_state_and_leave_with_their_size(cast, signed_in):
    client = signed_in(cast.alban)
    services.close_team(actor=system_actor(cast.organisation.pk), team_id=cast.other_team.pk)
    (row,) = taken(client, "equipes", etat="ouvertes")
    assert (row["Équipe"], row["Membres"]) == ("Équipe du soir", "3")
    assert "Équipe mobile" in client.get("/equipes", {"metier": "prevention_specialisee"}).content.decode()
    assert "Aucune équipe avec ces filtres" in client.get("/equipes", {"metier": "emploi"}).content.decode()
    largest_first = client.get("/equipes", {"tri": "-membres"}).context["page"].items
    assert [team.name for team in largest_first] == ["Équipe du soir", "Équipe mobile"]


@pytest.mark.parametrize("code", ["membres", "equipes"])
def test_a_mediator_takes_neither_list(cast, signed_in, code):
    assert signed_in(cast.samia).post(reverse("documents:export", args=[code])).status_code == 403


def test_a_stranger_takes_nobody_of_ours(cast, signed_in):
    assert {row["Nom"] for row in taken(signed_in(cast.clara), "membres")} == {"Ines", "Clara"}
