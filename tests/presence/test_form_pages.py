"""What is typed on the field: kept as typed, refused beside its field, started from the round one is in."""

import datetime as dt

import pytest
from django.urls import reverse

from entremise.core.ids import uuid7
from entremise.core.time import now
from entremise.presence import services
from entremise.presence.enums import RoundStatus
from entremise.presence.models import Defect, LogEntry, Round
from tests.presence.build import typed

pytestmark = pytest.mark.django_db


FORMS = {
    "presence:observe": {"watch_type": "ambiance", "reliability": "observe"},
    "presence:report": {"category": "eclairage", "urgency": "normal"},
    "presence:instruct": {},
    "presence:note_call": {"kind": "appel"},
}


TEXTS = {
    "presence:observe": "text",
    "presence:report": "description",
    "presence:instruct": "text",
    "presence:note_call": "text",
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("text", ["Deux 🎺 jeudi", "مرحبا بكم"])
def test_a_form_keeps_any_script(cast, ground, signed_in, name, text):
    client = signed_in(cast.samia)
    assert client.get(reverse(name)).status_code == 200
    data = FORMS[name] | {"team_id": cast.team.pk, "site_id": ground.hall.pk, TEXTS[name]: text}
    assert client.post(reverse(name), data).status_code == 302


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("bad", ["x" * 2_000_000, "avant\x00après"])
def test_a_form_refuses_what_cannot_be_kept_and_shows_it_back(cast, ground, signed_in, name, bad):
    data = FORMS[name] | {"team_id": cast.team.pk, "site_id": ground.hall.pk, TEXTS[name]: bad}
    answer = signed_in(cast.samia).post(reverse(name), data)
    assert answer.status_code == 422
    assert (b"avant" if "\x00" in bad else bad.encode()) in answer.content
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("name", FORMS)
def test_a_place_of_another_organisation_is_refused_beside_its_field(cast, ground, signed_in, name):
    data = FORMS[name] | {
        "team_id": cast.team.pk,
        "site_id": ground.foreign_site.pk,
        TEXTS[name]: "Ce que j’ai écrit",
    }
    answer = signed_in(cast.samia).post(reverse(name), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choisissez dans la liste" in page
    assert "Ce que j’ai écrit" in page
    assert "Quai" not in page


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    "data", [{}, {"team_id": "x", "site_id": "x", "watch_type": "x", "kind": "x", "round_id": "x"}]
)
def test_missing_or_unreadable_answers_are_said(cast, ground, signed_in, name, data):
    answer = signed_in(cast.samia).post(reverse(name), data | {"csrf": "1"})
    assert answer.status_code == 422
    assert "à corriger" in answer.content.decode().lower()


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("2026-11-23T21:00", "2026-11-23T18:00"),
        ("2026-11-23T21:00", "2099-01-01T18:00"),
        ("0001-01-01T00:00", "2026-11-23T18:00"),
        ("hier", "demain"),
        ("", ""),
        ("99999-01-01T00:00", "2026-11-23T18:00"),
    ],
)
def test_impossible_hours_are_kept_as_typed(cast, ground, out, signed_in, begin, end):
    data = {"started_at": begin, "ended_at": end, "handover": "À ne pas perdre"}
    answer = signed_in(cast.samia).post(reverse("presence:close_round", args=[out.pk]), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "À ne pas perdre" in page
    assert begin in page
    out.refresh_from_db()
    assert out.is_open


def test_planning_keeps_what_was_typed_and_then_plans(cast, ground, signed_in):
    client = signed_in(cast.claire)
    url = reverse("presence:plan")
    assert client.get(url).status_code == 200
    start = now() + dt.timedelta(days=1)
    data = {
        "team_id": cast.team.pk,
        "kind": "abords_ecole",
        "sector_id": ground.sector.pk,
        "planned_start": typed(start),
        "planned_end": typed(start - dt.timedelta(hours=1)),
        "member_ids": [str(cast.samia.member.pk)],
    }
    refused = client.post(url, data)
    assert refused.status_code == 422
    assert "La fin vient avant le début" in refused.content.decode()
    assert client.post(url, data | {"planned_end": ""}).status_code == 302
    planned = Round.objects.get()
    page = client.get(reverse("presence:round_detail", args=[planned.pk])).content.decode()
    assert "Annuler cette présence" in page
    client.post(reverse("presence:cancel", args=[planned.pk]))
    planned.refresh_from_db()
    assert planned.status == RoundStatus.ANNULEE
    assert "Annulée" in client.get(reverse("presence:round_detail", args=[planned.pk])).content.decode()


def test_forms_started_from_a_round_know_the_place_and_come_back(cast, ground, out, stop, signed_in):
    client = signed_in(cast.samia)
    services.report_defect(actor=cast.samia.actor, team_id=cast.team.pk, site_id=ground.hall.pk, category="ascenseur")
    url = f"{reverse('presence:report')}?round={out.pk}"
    page = client.get(url).content.decode()
    assert f'value="{ground.hall.pk}" selected' in page
    assert "Déjà signalé ici" in page
    data = {"round_id": out.pk, "team_id": cast.team.pk, "site_id": ground.hall.pk, "category": "eau"}
    back = client.post(url, data | {"urgency": "normal"})
    assert back.url == reverse("presence:round", args=[out.pk])
    assert Defect.objects.get(category="eau").round == out
    for strange in (uuid7(), "x"):
        assert client.get(f"{reverse('presence:observe')}?round={strange}&site={strange}").status_code == 200
    stranger = data | {"urgency": "normal", "round_id": uuid7()}
    assert client.post(reverse("presence:report"), stranger).status_code == 404


def test_an_occupied_place_is_refused_with_a_way_out(cast, ground, signed_in):
    client = signed_in(cast.samia)
    data = {"team_id": cast.team.pk, "site_id": ground.hall.pk, "category": "squat", "urgency": "normal"}
    page = client.post(reverse("presence:report"), data)
    assert page.status_code == 422
    assert "observation de veille sociale" in page.content.decode()
    assert client.post(reverse("presence:report"), data | {"empty_confirmed": "on"}).status_code == 302
