"""F47, the other half: photos that never came are said to their author and coordinator, who decide."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from entremise.core.time import now
from entremise.journal.models import Entry
from entremise.presence.models import DefectPhoto
from entremise.sync.models import MediaSlot
from entremise.sync.services import tell_missing
from tests.sync.test_media import defect, photo, put_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(cast, hall, wire, phone):
    """A defect whose photo has been awaited for four days."""
    sealed, told = photo()
    operation = defect(phone, cast, hall, told)
    assert wire.one(operation)["status"] == "applied"
    MediaSlot.objects.update(expected_at=now() - dt.timedelta(days=4))
    return sealed, told, operation


def test_a_photo_awaited_for_three_days_is_said_once_to_the_phone_and_to_the_journal(late, wire, phone):
    assert tell_missing() == 1
    assert tell_missing() == 0
    (told,) = wire.send(phone=phone)["updates"]
    assert (told["id"], told["status"], told["reason"]) == (late[2]["id"], "applied", "media")
    assert Entry.objects.filter(name="sync.operation_parked").count() == 1


def test_one_that_is_awaited_since_yesterday_is_left_in_peace(late):
    MediaSlot.objects.update(expected_at=now() - dt.timedelta(days=1))
    assert tell_missing() == 0


def test_its_author_and_coordinator_see_it_and_nobody_else(late, cast, signed_in):
    tell_missing()
    for person in (cast.samia, cast.claire):
        client = signed_in(person)
        assert "Jamais arrivé" in client.get(reverse("sync:photos")).content.decode()
        assert "photo jamais arrivée" in client.get("/").content.decode()
    slot = MediaSlot.objects.get().pk
    for person in (cast.paul, cast.ines, cast.clara):
        client = signed_in(person)
        assert "Jamais arrivé" not in client.get(reverse("sync:photos")).content.decode()
        assert client.post(reverse("sync:photo_without", args=[slot])).status_code == 404


def test_waiting_on_asks_again_three_days_later_and_a_late_photo_is_still_joined(late, cast, wire, signed_in):
    tell_missing()
    slot = MediaSlot.objects.get()
    signed_in(cast.claire).post(reverse("sync:photo_wait", args=[slot.pk]))
    slot.refresh_from_db()
    assert slot.state == "expected"
    assert tell_missing() == 0
    with time_machine.travel(now() + dt.timedelta(days=3, minutes=1)):
        assert tell_missing() == 1
    sealed, told, _ = late
    put_all(wire, told, sealed)
    assert DefectPhoto.objects.count() == 1
    assert MediaSlot.objects.get().state == "attached"


def test_a_photo_that_comes_after_all_leaves_nothing_to_decide(late, wire, phone):
    tell_missing()
    sealed, told, operation = late
    put_all(wire, told, sealed)
    (news,) = wire.send(phone=phone)["updates"]
    assert (news["id"], news["status"], news.get("reason")) == (operation["id"], "applied", None)


def test_a_record_left_without_its_photo_takes_none_later(late, cast, wire, signed_in):
    tell_missing()
    slot = MediaSlot.objects.get()
    signed_in(cast.samia).post(reverse("sync:photo_without", args=[slot.pk]))
    sealed, told, _ = late
    put_all(wire, told, sealed)
    slot.refresh_from_db()
    assert slot.state == "without"
    assert not DefectPhoto.objects.exists()
    assert "Jamais arrivé" not in signed_in(cast.samia).get(reverse("sync:photos")).content.decode()


def test_the_photo_of_a_refused_report_is_awaited_by_its_correction_alone(cast, hall, wire, phone):
    sealed, told = photo()
    payload = {"team_id": str(cast.team.pk), "site_id": str(hall.pk), "category": "", "description": "Noir."}
    refused = phone.write("defect.report/1", "defect", payload, media=[told])
    right = {**payload, "category": "eclairage"}
    again = phone.write(
        "defect.report/1", "defect", right, entity=refused["entity_id"], replaces=refused["id"], media=[told]
    )
    assert [one["status"] for one in wire.results(refused, again)] == ["rejected", "applied"]
    MediaSlot.objects.update(expected_at=now() - dt.timedelta(days=4))
    assert tell_missing() == 1
    put_all(wire, told, sealed)
    assert DefectPhoto.objects.count() == 1
