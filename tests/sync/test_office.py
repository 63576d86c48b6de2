"""Correcting at the office what a phone sent and could not be kept: the form of its kind, filled."""

import datetime as dt

import pytest
from django.urls import reverse

from entremise.core.time import now
from entremise.interventions.models import Intervention
from entremise.presence.models import Defect, LogEntry, Observation
from entremise.sync.models import Receipt
from tests.sync.pages import filled

pytestmark = pytest.mark.django_db
ACT = {
    "registers": ["conflit_temps_reel"],
    "outcome": "apaise",
    "conflict_objects": ["bruit"],
    "tension_before": 3,
    "tension_after": 1,
    "people_count": 2,
    "duration_minutes": 25,
    "ages": [{"code": "douze_dix_huit", "count": 2, "estimated": True}],
    "narrative": "Son baissé.",
    "party_a": "une voisine",
}


@pytest.fixture
def correct(cast, signed_in):
    """Opens the page of a refused operation, and a function that sends it with some answers changed."""
    client = signed_in(cast.samia)

    def opened(sealed):
        address = reverse("sync:operation", args=[sealed["id"]])
        page = client.get(address)
        assert page.status_code == 200
        return page.content.decode(), lambda **changed: client.post(address, filled(page.content.decode()) | changed)

    return opened


def test_an_act_comes_back_in_its_own_form_with_every_answer_and_the_reasons_beside_them(hall, wire, phone, correct):
    refused = phone.act(hall, **ACT | {"people_count": 90_000})
    assert wire.one(refused)["status"] == "rejected"
    page, send = correct(refused)
    assert "Indiquez un nombre de personnes" in page
    assert "Son baissé." in page
    assert "une voisine" in page
    assert send(people_count="3").status_code == 302
    act = Intervention.objects.get()
    assert (act.narrative, act.people_count, act.duration_minutes, act.party_a) == ("Son baissé.", 3, 25, "une voisine")
    assert [(row.code, row.count, row.estimated) for row in act.public.all()] == [("douze_dix_huit", 2, True)]
    assert Receipt.objects.get().status == "applied"


def test_what_is_still_wrong_is_said_beside_its_field_and_keeps_what_was_typed(hall, wire, phone, correct):
    refused = phone.act(hall, **ACT | {"narrative": "x" * 501})
    wire.one(refused)
    _, send = correct(refused)
    again = send(narrative="y" * 600)
    assert again.status_code == 422
    assert "Gardez les faits." in again.content.decode()
    assert "y" * 600 in again.content.decode()
    assert not Intervention.objects.exists()


def test_an_answer_of_the_wrong_shape_shows_as_no_answer_and_can_be_given(hall, wire, phone, correct):
    refused = phone.act(hall, **ACT | {"people_count": "beaucoup", "ages": 7})
    wire.one(refused)
    page, send = correct(refused)
    assert "beaucoup" in page  # what was noted stays in sight
    assert send(people_count="4").status_code == 302
    assert Intervention.objects.get().people_count == 4


def test_a_refused_correction_is_corrected_in_the_form_of_corrections(hall, wire, phone, correct):
    act = phone.act(hall, **ACT)
    fields = {"people_count": [2, 90_000], "narrative": ["Son baissé.", "Son baissé à 22 h."]}
    late = phone.write("act.correct/1", "act", fields, entity=act["entity_id"], after=act["id"], base=1)
    assert [one["status"] for one in wire.results(act, late)] == ["applied", "rejected"]
    page, send = correct(late)
    assert "Son baissé à 22 h." in page
    assert send(people_count="5", party_b="un voisin").status_code == 302
    row = Intervention.objects.get()
    assert (row.people_count, row.narrative, row.party_b) == (5, "Son baissé à 22 h.", "un voisin")


def test_a_defect_an_observation_and_an_instruction_come_back_in_their_own_forms(cast, hall, wire, phone, correct):
    team, site = str(cast.team.pk), str(hall.pk)
    sent = {
        "defect.report/1": (
            "defect",
            {"team_id": team, "site_id": site, "category": "", "description": "Lampe noire."},
        ),
        "observation.record/1": ("observation", {"team_id": team, "site_id": site, "watch_type": "", "text": "Calme."}),
        "instruction.leave/1": ("log", {"team_id": team, "text": "", "site_id": site}),
    }
    answers = [{"category": "eclairage"}, {"watch_type": "rumeur"}, {"text": "Repasser jeudi."}]
    for (schema, (kind, payload)), answer in zip(sent.items(), answers, strict=True):
        sealed = phone.write(schema, kind, payload)
        assert wire.one(sealed)["status"] == "rejected", schema
        _, send = correct(sealed)
        assert send(**answer).status_code == 302, schema
    assert Defect.objects.get().description == "Lampe noire."
    assert Observation.objects.get().text == "Calme."
    assert LogEntry.objects.get(kind="consigne").site_id == hall.pk


def test_an_hour_put_right_at_the_office_stays_right_for_a_phone_whose_clock_is_wrong(hall, wire, phone, correct):
    phone.offset_ms = 3 * 3600 * 1000  # the phone is three hours late
    phone.clock = -dt.timedelta(hours=3)
    refused = phone.act(hall, **ACT | {"outcome": ""})
    wire.one(refused)
    _, send = correct(refused)
    right = (now() - dt.timedelta(minutes=20)).replace(second=0, microsecond=0)
    assert send(outcome="apaise", occurred_at=right.isoformat()).status_code == 302
    assert Intervention.objects.get().occurred_at == right


def test_an_hour_nobody_touched_is_the_servers_one(hall, wire, phone, correct):
    phone.offset_ms, phone.clock = 3 * 3600 * 1000, -dt.timedelta(hours=3)
    refused = phone.act(hall, **ACT | {"outcome": ""})
    wire.one(refused)
    _, send = correct(refused)
    assert send(outcome="apaise").status_code == 302
    assert abs(Intervention.objects.get().occurred_at - now()) < dt.timedelta(minutes=2)


def test_an_arrival_at_a_place_closed_since_is_corrected_field_by_field(cast, hall, wire, phone, correct):
    team = str(cast.team.pk)
    opened = phone.write("round.open/1", "round", {"team_id": team, "kind": "tournee", "started_at": None})
    payload = {"round_id": opened["entity_id"], "site_id": "0199aaaa-0000-7000-8000-000000000000"}
    arrival = phone.write("stop.arrive/1", "stop", payload)
    assert [one["status"] for one in wire.results(opened, arrival)] == ["applied", "rejected"]
    _, send = correct(arrival)
    assert send(site_id=str(hall.pk)).status_code == 302
