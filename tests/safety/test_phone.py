"""What a phone is told: the truth, in JSON with our mark, and the same words under duress."""

import json

import pytest
from django.urls import reverse

from entremise.core.ids import uuid7
from entremise.safety import services
from entremise.safety.models import Alert, PresenceTimer
from entremise.safety.views.phone import MARKER

pytestmark = pytest.mark.django_db


def post(client, name, *args, **facts):
    path = reverse(f"safety:{name}", args=args)
    return client.post(path, json.dumps(facts), content_type="application/json")


def test_an_alert_carries_the_place_of_the_round_and_is_sent_once(cast, ground, signed_in):
    client, pk = signed_in(cast.samia), str(uuid7())
    for _ in range(2):
        answer = post(client, "phone_give", id=pk, team_id=str(cast.team.pk), site_id=str(ground.hall.pk)).json()
    assert answer["marker"] == MARKER
    assert (answer["alert"]["id"], answer["alert"]["seen"]) == (pk, [])
    assert Alert.objects.get().site_id == ground.hall.pk


def test_without_a_round_the_alert_still_leaves(cast, signed_in):
    assert post(signed_in(cast.samia), "phone_give", id=str(uuid7())).status_code == 200
    assert Alert.objects.get().team_id == cast.team.pk


def test_the_phone_learns_who_saw_it(cast, signed_in):
    alert = services.raise_alert(actor=cast.samia.actor)
    services.answer_alert(actor=cast.paul.actor, alert_id=alert.pk, kind="charge")
    facts = signed_in(cast.samia).get(reverse("safety:phone_alert", args=[alert.pk])).json()["alert"]
    assert (facts["seen"], facts["taken_by"], facts["closed"]) == (["Paul"], "Paul", False)


@pytest.mark.parametrize("body", ["", "[]", "null", "{", '{"id": "x"}', '{"site_id": "\\u0000"}', '{"id": {"a": 1}}'])
def test_what_cannot_be_read_is_no_error_of_ours(cast, signed_in, body):
    answer = signed_in(cast.samia).post(reverse("safety:phone_give"), body, content_type="application/json")
    assert answer.status_code in {200, 404}


def test_a_timer_waits_for_a_worker_then_is_armed_then_prolonged(cast, signed_in):
    client, pk = signed_in(cast.samia), str(uuid7())
    assert post(client, "phone_arm", id=pk, minutes=30).json()["timer"]["state"] == "attente"
    services.watched(PresenceTimer.objects.get().pk)
    state = client.get(reverse("safety:phone_state")).json()
    assert state["timer"]["state"] == "arme"
    assert state["csrf"]
    assert post(client, "phone_prolong", pk, minutes=15).json()["timer"]["state"] == "attente"


@pytest.mark.parametrize("minutes", [0, "30", None, 10_000, True, 1.5])
def test_an_impossible_duration_is_said(cast, signed_in, minutes):
    answer = post(signed_in(cast.samia), "phone_arm", minutes=minutes)
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_both_codes_give_the_same_answer_to_the_letter(cast, signed_in):
    services.set_codes(actor=cast.samia.actor, end="2580", duress="4711")
    client, answers = signed_in(cast.samia), []
    for code in ("2580", "4711"):
        timer = services.arm_timer(actor=cast.samia.actor, minutes=30)
        answers.append(post(client, "phone_end", timer.pk, code=code))
    assert answers[0].content == answers[1].content
    assert answers[0].json() == {"marker": MARKER, "timer": None}
    assert Alert.objects.count() == 1


def test_a_stranger_s_timer_and_alert_do_not_exist(cast, signed_in):
    timer = services.arm_timer(actor=cast.samia.actor, minutes=30)
    alert = services.raise_alert(actor=cast.samia.actor)
    client = signed_in(cast.ines)
    assert post(client, "phone_end", timer.pk).status_code == 404
    assert post(client, "phone_prolong", timer.pk, minutes=15).status_code == 404
    assert client.get(reverse("safety:phone_alert", args=[alert.pk])).status_code == 404
