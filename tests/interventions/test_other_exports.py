"""Threads and refused requests: filtered, sorted, and taken away without a word of what was written."""

import datetime as dt
import io

import pytest
import time_machine
from django.urls import reverse

from entremise.documents.services import read_table
from entremise.interventions.reference import services as reference
from entremise.interventions.reference.commands import RecordRefusal
from entremise.interventions.services import close_thread, open_thread, set_reminder
from tests.interventions.build import act

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(dt.datetime(2026, 11, 23, 15, tzinfo=dt.UTC), tick=True):
        yield


def taken(client, code, **filters):
    response = client.post(reverse("documents:export", args=[code]), filters)
    assert response.status_code == 200
    table = read_table(io.BytesIO(response.content))
    return [dict(zip(table.header, row.cells, strict=True)) for row in table.rows]


def shown(client, name, **filters):
    return client.get(reverse(f"interventions:{name}"), filters).context["page"].items


@pytest.fixture
def threads(cast, hall):
    """One to be reminded of today, one in a week, one without a reminder, one closed."""
    made = [
        open_thread(actor=cast.samia.actor, intervention_id=act(cast.samia, hall).pk, label=f"repère {rank}")
        for rank in range(4)
    ]
    set_reminder(actor=cast.samia.actor, thread_id=made[0].pk, on=TODAY, note="rappeler la gardienne")
    set_reminder(actor=cast.samia.actor, thread_id=made[1].pk, on=TODAY + dt.timedelta(days=7))
    close_thread(actor=cast.samia.actor, thread_id=made[3].pk)
    return made


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ({}, {0, 1, 2}),
        ({"etat": "clos"}, {3}),
        ({"etat": "tous"}, {0, 1, 2, 3}),
        ({"rappel": "echu"}, {0}),
        ({"rappel": "a_venir"}, {1}),
        ({"rappel": "sans"}, {2}),
        ({"rappel": "n’importe quoi"}, {0, 1, 2}),
    ],
)
def test_threads_are_found_by_their_state_and_their_reminder(cast, threads, signed_in, filters, kept):
    found = shown(signed_in(cast.samia), "threads", **filters)
    assert {thread.pk for thread in found} == {threads[rank].pk for rank in kept}


def test_the_next_reminder_comes_first_and_threads_without_one_come_last(cast, threads, signed_in):
    found = shown(signed_in(cast.samia), "threads", tri="rappel")
    assert [thread.pk for thread in found] == [threads[rank].pk for rank in (0, 1, 2)]


def test_a_thread_leaves_with_its_reference_and_dates_alone(cast, hall, threads, signed_in):
    act(cast.paul, hall, thread_id=threads[0].pk)
    act(cast.paul, hall, thread_id=threads[0].pk, visibility="auteurs")
    (row,) = taken(signed_in(cast.samia), "fils", rappel="echu")
    assert row["Référence"] == threads[0].reference
    assert row["Interventions que vous pouvez lire"] == "2"
    assert "repère" not in str(row)
    assert "gardienne" not in str(row)


def test_an_empty_search_says_how_to_see_all_again(cast, signed_in):
    page = signed_in(cast.samia).get(reverse("interventions:threads"), {"rappel": "echu"}).content.decode()
    assert "Aucun fil avec ces filtres" in page
    assert "Exporter" not in page


@pytest.fixture
def refusals(cast):
    """A name asked by a landlord, then a patrol asked by a town hall."""
    asked = (("bailleur", "nom", "confidentialite", 3), ("mairie", "patrouille", "dialogue", 1))
    return [
        reference.record_refusal(
            actor=cast.samia.actor,
            command=RecordRefusal(
                asked_on=TODAY - dt.timedelta(days=days),
                asker_type=asker,
                kind=kind,
                principle=principle,
                circumstances="Demandé au téléphone",
            ),
        )
        for asker, kind, principle, days in asked
    ]


def test_refused_requests_are_sorted_as_asked(cast, refusals, signed_in):
    client = signed_in(cast.samia)
    assert [row.pk for row in shown(client, "refusals")] == [row.pk for row in reversed(refusals)]
    assert [row.pk for row in shown(client, "refusals", tri="qui")] == [row.pk for row in refusals]


def test_refused_requests_leave_without_their_circumstances(cast, refusals, signed_in):
    rows = taken(signed_in(cast.samia), "demandes-refusees", tri="jour")
    assert rows[0]["Qui demandait"].startswith("Bailleur")
    assert "téléphone" not in str(rows)
    assert len(taken(signed_in(cast.samia), "demandes-refusees", demande="nom")) == 1


def test_an_auditor_reads_totals_and_takes_no_list(cast, refusals, signed_in):
    assert signed_in(cast.leo).post(reverse("documents:export", args=["demandes-refusees"])).status_code == 403


def test_at_most_the_same_queries_whatever_the_number_of_threads(
    cast, hall, threads, signed_in, django_assert_max_num_queries
):
    client = signed_in(cast.samia)
    client.get(reverse("interventions:threads"))
    with django_assert_max_num_queries(12):
        client.get(reverse("interventions:threads"), {"etat": "tous"})
