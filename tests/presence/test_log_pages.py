"""The team log on its page: what it costs, what polling brings, where it opens, what it folds."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from entremise.core.time import now, today
from entremise.presence import queries, services
from entremise.presence.models import LogEntry
from tests.presence.build import fill

pytestmark = pytest.mark.django_db


def test_the_log_page_stays_under_sixteen_queries_frame_included(
    cast, ground, signed_in, django_assert_max_num_queries
):
    fill(cast, ground)
    client = signed_in(cast.paul)
    with django_assert_max_num_queries(17):
        client.get(reverse("presence:log", args=[cast.team.pk]))


def test_polling_costs_one_query_of_its_own_when_nothing_changed(
    cast, ground, signed_in, django_assert_max_num_queries, django_assert_num_queries
):
    fill(cast, ground)
    client = signed_in(cast.paul)
    page = client.get(reverse("presence:log", args=[cast.team.pk])).content.decode()
    url = re.search(r'id="journal" hx-get="([^"]+)"', page).group(1).replace("&amp;", "&")
    with django_assert_num_queries(1):
        queries.day_version(cast.paul.actor, cast.team.pk, today())
    with django_assert_max_num_queries(5):  # session, account, member, teams, then one
        assert client.get(url).status_code == 204
    services.leave_instruction(actor=cast.samia.actor, team_id=cast.team.pk, text="Nouvelle consigne")
    fresh = client.get(url, headers={"HX-Request": "true"})
    assert fresh.status_code == 200
    assert "Nouvelle consigne" in fresh.content.decode()
    assert "annonce" in fresh["HX-Trigger"]


def test_the_polled_fragment_is_the_part_of_the_page(cast, ground, signed_in):
    fill(cast, ground)
    client = signed_in(cast.paul)
    page = client.get(reverse("presence:log", args=[cast.team.pk])).content.decode()
    fragment = client.get(reverse("presence:log_changes", args=[cast.team.pk])).content.decode()
    bare = re.compile(r"\s+|value=\"[A-Za-z0-9]{64}\"|hx-get=\"[^\"]+\"")
    assert bare.sub("", fragment) in bare.sub("", page)


def test_an_instruction_is_marked_as_read_by_name(cast, ground, signed_in):
    entry = services.leave_instruction(actor=cast.samia.actor, team_id=cast.team.pk, text="Repasser jeudi")
    client = signed_in(cast.paul)
    page = client.get(reverse("presence:log", args=[cast.team.pk])).content.decode()
    assert 'aria-label="Marquer comme lue' in page
    assert "consigne à lire" in client.get("/").content.decode()
    url = reverse("presence:acknowledge", args=[entry.pk])
    line = client.post(url, headers={"HX-Request": "true"}).content.decode()
    assert "Lue par Paul" in line
    assert "#ligne-" in client.post(url).url
    page = client.get(reverse("presence:log", args=[cast.team.pk])).content.decode()
    assert 'aria-label="Marquer comme lue' not in page
    assert client.post(reverse("presence:withdraw", args=[entry.pk])).status_code == 403
    author = signed_in(cast.samia)
    assert "Retirer de la main courante" in author.get(reverse("presence:log", args=[cast.team.pk])).content.decode()
    assert author.post(reverse("presence:withdraw", args=[entry.pk])).status_code == 302


@pytest.mark.parametrize(
    "query",
    [
        "?jour=2026-13-45&type=inconnu",
        "?jour=0001-01-01",
        "?jour=9999-12-31",
        "?type=consigne",
        "?jour=<script>",
    ],
)
def test_any_day_and_any_chip_of_the_log_opens(cast, ground, signed_in, query):
    fill(cast, ground)
    client = signed_in(cast.paul)
    assert client.get(reverse("presence:log", args=[cast.team.pk]) + query).status_code == 200
    assert client.get("/" + query).status_code == 200
    assert client.get(reverse("presence:all_changes") + query).status_code == 200


@pytest.mark.skipif("__import__('django.db').db.connection.vendor != 'sqlite'", reason="words of SQLite's planner")
def test_a_day_of_the_log_is_read_through_an_index_and_not_by_walking_the_table(cast):
    start = now()
    lines = LogEntry.objects.visible_to(cast.paul.actor).filter(
        team_id=cast.team.pk, occurred_at__gte=start, occurred_at__lt=start + dt.timedelta(days=1)
    )
    for rows in (lines.order_by("-occurred_at", "-id"), queries.instructions_to_read(cast.paul.actor)):
        plan = rows.explain()
        assert "USING INDEX presence_log_" in plan
        assert "SCAN presence_logentry" not in plan


def test_the_log_opens_on_the_team_where_something_happened_last(cast, ground, signed_in):
    client = signed_in(cast.claire)
    assert client.get(reverse("presence:log_home")).url == reverse("presence:log", args=[cast.team.pk])
    services.leave_instruction(actor=cast.hugo.actor, team_id=cast.other_team.pk, text="Repasser jeudi.")
    assert client.get(reverse("presence:log_home")).url == reverse("presence:log", args=[cast.other_team.pk])
    with time_machine.travel(now() + dt.timedelta(minutes=5)):
        services.leave_instruction(actor=cast.samia.actor, team_id=cast.team.pk, text="Repasser vendredi.")
        assert client.get(reverse("presence:log_home")).url == reverse("presence:log", args=[cast.team.pk])


def test_old_instructions_are_folded_so_that_the_day_stays_in_sight(cast, ground, signed_in):
    for days in (9, 5, 1):
        with time_machine.travel(now() - dt.timedelta(days=days)):
            services.leave_instruction(actor=cast.samia.actor, team_id=cast.team.pk, text=f"Il y a {days} jours.")
    page = signed_in(cast.paul).get(reverse("presence:log", args=[cast.team.pk]))
    assert [line.entry.text for line in page.context["recent"]] == ["Il y a 1 jours."]
    assert [line.entry.text for line in page.context["older"]] == ["Il y a 5 jours.", "Il y a 9 jours."]
    assert "Consignes plus anciennes, à lire : 2" in page.content.decode()
    services.acknowledge(actor=cast.paul.actor, entry_id=page.context["older"][0].entry.pk)
    again = signed_in(cast.paul).get(reverse("presence:log", args=[cast.team.pk]))
    assert len(again.context["older"]) == 1
