"""F27 to F35: clocks, sessions, roles, phones that change hands."""

import datetime as dt

import pytest
from django.test import Client

from entremise.accounts.services import change_member, end_membership
from entremise.core.time import now
from entremise.interventions.models import Intervention
from entremise.sync.models import Device, Receipt
from entremise.sync.services import revoke_device
from tests.sync.phone import Wire

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize("years", [2, -3, 5, -5])
def test_f27_a_clock_years_off_is_corrected_by_the_measured_offset_and_marked(hall, wire, phone, years):
    phone.clock = dt.timedelta(days=365 * years)
    phone.offset_ms = round(-phone.clock.total_seconds() * 1000)
    result = wire.one(phone.act(hall))
    assert (result["status"], result["clock"]) == ("applied", "corrected")
    assert abs(Intervention.objects.get().occurred_at - now()) < HOUR


@pytest.mark.parametrize("days", [800, -1200])
def test_f27_an_impossible_hour_without_a_measure_becomes_that_of_the_reception(hall, wire, phone, days):
    phone.clock, phone.offset_ms = dt.timedelta(days=days), None
    result = wire.one(phone.act(hall))
    assert (result["status"], result["clock"]) == ("applied", "bounded")
    assert abs(Intervention.objects.get().occurred_at - now()) < HOUR


@pytest.mark.parametrize("offset", [2**62, -(2**62), 10**15, -(10**15)])
def test_f27_an_absurd_offset_never_breaks_anything(hall, wire, phone, offset):
    phone.offset_ms = offset
    result = wire.one(phone.act(hall))
    assert result["status"] in ("applied", "parked")
    assert wire.one(phone.act(hall))["status"] in ("applied", "parked")


def test_f27_a_small_drift_and_another_time_zone_are_left_as_they_were(hall, wire, phone):
    phone.offset_ms = 20_000
    told = (now() - HOUR).astimezone(dt.timezone(dt.timedelta(hours=9))).replace(microsecond=0)
    result = wire.one(phone.act(hall, occurred_at=told.isoformat()))
    assert "clock" not in result
    assert Intervention.objects.get().occurred_at == told


def test_f28_identifiers_drawn_after_a_rollback_are_as_good_as_others(hall, wire, phone):
    from entremise.core.ids import uuid7_at

    early = int((now() - dt.timedelta(days=400)).timestamp() * 1000)
    ops = [phone.act(hall, entity=uuid7_at(early), id=uuid7_at(early)) for _ in range(5)]
    assert {result["status"] for result in wire.results(*ops)} == {"applied"}
    assert list(Receipt.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4, 5]


def test_f29_a_session_that_ends_in_the_middle_takes_nothing_away(hall, wire, phone):
    first, second = phone.act(hall), phone.act(hall)
    wire.one(first)
    wire.client.logout()
    refused = wire.post("batches", {"v": 1, "batch": "b", "ops": [second]})
    assert (refused.status_code, refused.json()["error"]) == (401, "session")
    wire.client.force_login(phone.person.user, backend="django.contrib.auth.backends.ModelBackend")
    assert [one["status"] for one in wire.results(first, second)] == ["applied", "applied"]
    assert Intervention.objects.count() == 2


def test_f30_a_token_that_changed_is_asked_again_and_the_batch_leaves(hall, cast, phone):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.samia.user, backend="django.contrib.auth.backends.ModelBackend")
    line, body = Wire(strict), {"v": 1, "batch": "b", "ops": [phone.act(hall)]}
    line.hello()
    refused = line.post("batches", body, **{"X-CSRFToken": "a" * 64})
    assert (refused.status_code, refused.json()["error"]) == (403, "csrf")
    assert line.post("batches", body, **{"X-CSRFToken": line.hello()["csrf"]}).status_code == 200


def test_f31_what_waits_leaves_with_anybodys_session_under_its_authors_name(cast, hall, phone, other):
    _, pauls = other
    assert pauls.one(phone.act(hall))["status"] == "applied"
    assert Intervention.objects.get().author_id == cast.samia.member.pk


def test_f31_a_session_of_another_organisation_carries_nothing_and_removes_nothing(cast, hall, phone, wire, signed_in):
    sealed, line = phone.act(hall), Wire(signed_in(cast.ines))
    answer = line.send(sealed)
    assert answer["results"] == []
    assert Receipt.objects.count() == 0
    assert wire.one(sealed)["status"] == "applied"


def test_f31_an_operation_signed_by_another_device_is_kept_aside(cast, hall, phone, wire, other):
    theirs, _ = other
    sealed = phone.act(hall)
    phone.signing = theirs.signing
    forged = phone.act(hall)
    assert [one.get("reason") for one in wire.results(sealed, forged)] == [None, "bad_signature"]


def test_f32_a_withdrawn_role_a_lost_team_a_departure_are_kept_aside_never_lost(
    cast, hall, wire, phone, other, signed_in
):
    theirs, _ = other
    change_member(actor=cast.alban.actor, member_id=cast.samia.member.pk, roles=["lecteur"], team_ids=[])
    carrier = Wire(signed_in(cast.claire))
    assert carrier.one(phone.act(hall))["reason"] == "no_right"
    change_member(
        actor=cast.alban.actor, member_id=cast.samia.member.pk, roles=["mediateur"], team_ids=[cast.other_team.pk]
    )
    old = phone.act(hall, team_id=str(cast.team.pk))
    assert carrier.one(old)["reason"] == "no_right"
    end_membership(actor=cast.alban.actor, member_id=cast.paul.member.pk)
    assert carrier.one(theirs.act(hall))["reason"] == "no_right"
    assert Receipt.objects.exclude(envelope="").count() == 3
    assert Intervention.objects.count() == 0


def test_f34_a_revoked_phone_is_still_received_into_quarantine_then_told_to_wipe(cast, hall, wire, phone):
    before, after, last = phone.act(hall), phone.act(hall), phone.act(hall)
    wire.one(before)
    revoke_device(actor=cast.samia.actor, device_id=phone.device)
    answer = wire.send(last)
    assert answer["results"][0]["reason"] == "revoked"
    state = answer["devices"][str(phone.device)]
    assert (state["revoked"], state["wipe"]) == (True, False)  # one is missing still
    state = wire.send(after)["devices"][str(phone.device)]
    assert state["wipe"] is True
    assert Device.objects.get(pk=phone.device).wipe_told_at
    assert Intervention.objects.count() == 1
    assert wire.one(before)["status"] == "applied"


def test_f35_a_place_that_is_gone_asks_for_another_place(cast, hall, wire, phone):
    class Elsewhere:
        pk = "01980000-0000-7000-8000-000000000000"

    result = wire.one(phone.act(Elsewhere))
    assert result["status"] == "rejected"
    assert "site_id" in result["errors"]
    right = phone.act(hall, entity=phone.journal[0]["entity_id"], replaces=phone.journal[0]["id"])
    assert wire.one(right)["status"] == "applied"
    assert Receipt.objects.get(seq=1).replaced_by
