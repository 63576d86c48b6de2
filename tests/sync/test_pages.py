"""What people see of phones: their own, those of their teams, what waits, two versions."""

import datetime as dt
import json

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from entremise.accounts.services import change_member
from entremise.interventions.commands import ActContent, CorrectIntervention
from entremise.interventions.models import Intervention
from entremise.interventions.queries import content_of
from entremise.interventions.services import correct_intervention
from entremise.sync.models import Conflict, Device, Receipt
from entremise.sync.queries.health import phone_lines
from entremise.sync.queries.operations import comparison_of
from tests.sync.pages import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def clash(hall, wire, phone):
    """An act whose narrative was written twice."""
    act = phone.act(hall, narrative="Sur place.")
    fields = {"narrative": ["Avant.", "Au téléphone."], "people_count": [None, 3]}
    late = phone.write("act.correct/1", "act", fields, entity=act["entity_id"], after=act["id"], base=1)
    assert [one["status"] for one in wire.results(act, late)] == ["applied", "conflict"]
    return Conflict.objects.get()


def test_both_versions_stand_side_by_side_and_the_choice_goes_through_the_service(cast, clash, signed_in):
    client = signed_in(cast.claire)
    page = client.get(reverse("sync:conflict", args=[clash.pk])).content.decode()
    assert "Sur place." in page
    assert "Au téléphone." in page
    assert "Écrire un texte" not in page  # the words are their author's
    act = Intervention.objects.get()
    assert (act.people_count, act.narrative) == (3, "Sur place.")
    seen = comparison_of(cast.claire.actor, clash).digest
    answer = client.post(reverse("sync:conflict", args=[clash.pk]), {"seen": seen, "narrative": "phone"})
    assert answer.status_code == 302
    act.refresh_from_db()
    assert act.narrative == "Au téléphone."
    assert act.revisions.count() == 2
    clash.refresh_from_db()
    assert (clash.state, clash.resolved_by_id) == ("resolved", cast.claire.member.pk)


def test_each_side_says_who_wrote_it_and_when(cast, hall, wire, phone, signed_in):
    act = phone.act(hall, narrative="Un.", second_author_id=str(cast.paul.member.pk))
    assert wire.one(act)["status"] == "applied"
    row = Intervention.objects.get()
    values = {name: getattr(content_of(row), name) for name in ActContent.__dataclass_fields__} | {"narrative": "Deux."}
    correct_intervention(actor=cast.paul.actor, command=CorrectIntervention(id=row.pk, base_version=1, **values))
    late = phone.write(
        "act.correct/1", "act", {"narrative": ["Un.", "Trois."]}, entity=act["entity_id"], after=act["id"], base=1
    )
    assert wire.one(late)["status"] == "conflict"
    page = signed_in(cast.claire).get(reverse("sync:conflict", args=[Conflict.objects.get().pk])).content.decode()
    server, telephone = page.split("Sur le serveur")[1].split("Sur le téléphone")[:2]
    assert "Paul" in server
    assert "Samia" in telephone


def test_an_act_said_again_whole_after_the_office_changed_it_is_compared_too(cast, hall, wire, phone, signed_in):
    act = phone.act(hall, narrative="Un.")
    wire.one(act)
    row = Intervention.objects.get()
    values = {name: getattr(content_of(row), name) for name in ActContent.__dataclass_fields__} | {"narrative": "Deux."}
    correct_intervention(actor=cast.samia.actor, command=CorrectIntervention(id=row.pk, base_version=1, **values))
    again = phone.act(hall, narrative="Trois.", entity=act["entity_id"], replaces=act["id"])
    assert wire.one(again)["status"] == "conflict"
    conflict = Conflict.objects.get()
    shown = comparison_of(cast.samia.actor, conflict)
    choices = {line.name: "phone" if line.name == "narrative" else "server" for line in shown.lines}
    data = {"seen": shown.digest, **choices}
    assert signed_in(cast.samia).post(reverse("sync:conflict", args=[conflict.pk]), data).status_code == 302
    row.refresh_from_db()
    assert row.narrative == "Trois."


def test_the_author_may_join_both_versions(cast, clash, signed_in):
    seen = comparison_of(cast.samia.actor, clash).digest
    data = {"seen": seen, "narrative": "text", "narrative-text": "Sur place, puis au téléphone."}
    signed_in(cast.samia).post(reverse("sync:conflict", args=[clash.pk]), data)
    assert Intervention.objects.get().narrative == "Sur place, puis au téléphone."


def test_a_choice_about_versions_that_moved_since_is_asked_again(cast, clash, signed_in):
    data = {"seen": "0" * 64, "narrative": "phone"}
    answer = signed_in(cast.samia).post(reverse("sync:conflict", args=[clash.pk]), data)
    assert answer.status_code == 422
    assert "encore changé" in answer.content.decode()
    assert Intervention.objects.get().narrative == "Sur place."


def test_a_stranger_and_a_colleague_do_not_find_the_conflict(cast, clash, signed_in):
    for person in (cast.paul, cast.ines, cast.alban):
        assert signed_in(person).get(reverse("sync:conflict", args=[clash.pk])).status_code == 404


def test_a_refused_operation_is_corrected_by_its_author_at_the_office(cast, hall, wire, phone, signed_in):
    refused = phone.act(hall, outcome="", narrative="Mot pour mot.")
    assert wire.one(refused)["errors"] == {"outcome": ["Choisissez le résultat."]}
    client = signed_in(cast.samia)
    assert "à corriger" in client.get("/").content.decode()
    page = client.get(reverse("sync:operation", args=[refused["id"]])).content.decode()
    assert "Choisissez le résultat." in page
    assert "Mot pour mot." in page
    typed = filled(page) | {"outcome": "n_importe_quoi"}
    again = client.post(reverse("sync:operation", args=[refused["id"]]), typed)
    assert again.status_code == 422
    assert "Mot pour mot." in again.content.decode()
    done = client.post(reverse("sync:operation", args=[refused["id"]]), typed | {"outcome": "info_donnee"})
    assert done.status_code == 302
    assert Intervention.objects.get().narrative == "Mot pour mot."
    answer = wire.send(phone=phone)
    assert [(one["id"], one["status"]) for one in answer["updates"]] == [(refused["id"], "applied")]
    assert wire.one(refused)["status"] == "applied"


def test_nobody_else_reads_a_refused_operation(cast, hall, wire, phone, signed_in):
    refused = phone.act(hall, outcome="")
    wire.one(refused)
    for person in (cast.paul, cast.claire, cast.ines, cast.alban):
        assert signed_in(person).get(reverse("sync:operation", args=[refused["id"]])).status_code == 404


def test_a_phone_in_trouble_is_shown_by_hour_to_its_coordinator_only(cast, hall, wire, phone, signed_in):
    phone.act(hall)
    wire.send(phone.act(hall), phone=phone, health={"waiting": 1, "issued": 2, "persisted": False})
    page = signed_in(cast.claire).get(reverse("sync:health")).content.decode()
    assert "Samia" in page
    assert "Des numéros manquent" in page
    assert "Hall 12" not in page
    assert signed_in(cast.paul).get(reverse("sync:health")).status_code == 403
    assert "Samia" not in signed_in(cast.clara).get(reverse("sync:health")).content.decode()


def test_f10_a_notebook_opened_anew_while_another_still_held_entries_is_an_alarm(cast, hall, wire, phone):
    from tests.sync.phone import enrol

    wire.send(phone=phone, health={"waiting": 7, "issued": 7})
    enrol(wire, cast.samia)
    alarms = [alarm for line in phone_lines(cast.claire.actor) for alarm in line.alarms]
    assert any("7 saisies attendaient ici" in alarm for alarm in alarms)


def test_the_health_page_asks_as_many_queries_for_three_phones_as_for_one(
    cast, hall, wire, phone, signed_in, django_assert_max_num_queries
):
    from tests.sync.phone import enrol

    client = signed_in(cast.claire)
    wire.one(phone.write("act.correct/1", "act", {"people_count": [None, 2]}))
    client.get(reverse("sync:health"))
    with django_assert_max_num_queries(14):
        client.get(reverse("sync:health"))
    for _ in range(2):
        another = enrol(wire, cast.samia)
        wire.one(another.write("act.correct/1", "act", {"people_count": [None, 2]}))
    with django_assert_max_num_queries(14):
        client.get(reverse("sync:health"))


def test_one_revokes_ones_own_phone_and_the_administrator_any_by_function(cast, wire, phone, other, signed_in):
    assert signed_in(cast.paul).post(reverse("sync:device_revoke", args=[phone.device])).status_code == 403
    assert signed_in(cast.ines).post(reverse("sync:device_revoke", args=[phone.device])).status_code == 404
    assert "Révoquer ce téléphone" in signed_in(cast.samia).get(reverse("sync:devices")).content.decode()
    signed_in(cast.samia).post(reverse("sync:device_revoke", args=[phone.device]))
    assert Device.objects.get(pk=phone.device).revoked_at
    page = signed_in(cast.alban).get(reverse("sync:every_device")).content.decode()
    assert "Médiateur" in page
    assert "Samia" not in page
    signed_in(cast.alban).post(reverse("sync:device_revoke", args=[other[0].device]), {"back": "all"})
    assert Device.objects.filter(revoked_at=None).count() == 0


def test_the_sealed_file_of_a_phone_goes_through_the_same_door(cast, hall, phone, signed_in):
    sealed = [phone.act(hall) for _ in range(60)]
    content = json.dumps({"format": "entremise-carnet/1", "device": str(phone.device), "ops": sealed}).encode()
    client = signed_in(cast.paul)
    for _ in range(2):
        page = client.post(reverse("sync:import"), {"file": SimpleUploadedFile("carnet.json", content)})
        assert "<dd>60</dd>" in page.content.decode()
    assert Intervention.objects.filter(author_id=cast.samia.member.pk).count() == 60


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00", b'{"format": "entremise-carnet/1", "ops": 3}', b"[" * 9000])
def test_a_file_that_is_not_a_phones_is_refused_in_words(cast, signed_in, content):
    page = signed_in(cast.samia).post(reverse("sync:import"), {"file": SimpleUploadedFile("x.json", content)})
    assert page.status_code == 422


def test_a_coordinator_takes_up_again_what_a_lost_right_had_set_aside(cast, hall, wire, phone, signed_in):
    sealed = phone.act(hall)
    change_member(actor=cast.alban.actor, member_id=cast.samia.member.pk, roles=["lecteur"], team_ids=[])
    _, line = cast, wire
    result = line.one(sealed)
    assert (result["status"], result["reason"]) == ("parked", "no_right")
    change_member(actor=cast.alban.actor, member_id=cast.samia.member.pk, roles=["mediateur"], team_ids=[cast.team.pk])
    client = signed_in(cast.claire)
    client.post(reverse("sync:operation_retry", args=[sealed["id"]]))
    assert Intervention.objects.count() == 1
    assert Receipt.objects.get().status == "applied"


def test_held_for_five_days_is_shown_and_may_be_left_aside(cast, wire, phone, signed_in):
    sealed = phone.write(
        "act.correct/1", "act", {"people_count": [None, 2]}, after="0199aaaa-0000-7000-8000-000000000000"
    )
    wire.one(sealed)
    client = signed_in(cast.claire)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=6)):
        client = signed_in(cast.claire)
        assert "En attente d’une autre" in client.get(reverse("sync:health")).content.decode()
        client.post(reverse("sync:operation_aside", args=[sealed["id"]]))
        assert "En attente d’une autre" not in client.get(reverse("sync:health")).content.decode()
    assert Receipt.objects.get().envelope
