"""One's own account: name, address, password, sessions."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entremise.accounts import services
from entremise.accounts.models import Session, User
from entremise.core.actor import system_actor
from entremise.journal.models import Entry
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "quatre-mots-sans-rapport"


def test_the_page_names_the_organisation_the_roles_and_the_person(cast, signed_in):
    page = signed_in(cast.claire).get("/mon-compte").content.decode()
    for text in ("Passage commun", "Encadrant", "Claire", "claire@exemple.test"):
        assert text in page


def test_a_name_is_changed_and_the_journal_holds_its_mark_only(cast, signed_in):
    client = signed_in(cast.samia)
    assert client.get("/mon-compte/nom").status_code == 200
    assert client.post("/mon-compte/nom", {"display_name": "  Samia   B. "})["Location"] == "/mon-compte"
    assert User.objects.get(pk=cast.samia.user.pk).display_name == "Samia B."
    entry = Entry.objects.get(name="account.profile_changed")
    assert "Samia" not in str(entry.payload)
    assert client.post("/mon-compte/nom", {"display_name": ""}).status_code == 422


def test_an_address_changes_once_confirmed_from_the_new_mailbox(cast, signed_in, link, password_sign_in):
    client = signed_in(cast.samia)
    response = client.post("/mon-compte/adresse", {"email": "sb@exemple.test", "password": PASSWORD})
    assert response["Location"] == "/mon-compte"
    assert mail.outbox[-1].to == ["sb@exemple.test"]
    assert "samia" not in mail.outbox[-1].body.lower()
    assert "attend sa confirmation" in client.get("/mon-compte").content.decode()
    assert password_sign_in("samia@exemple.test")[1].status_code == 302
    assert signed_in(cast.paul).get(link()).status_code == 410  # another account
    path = link()
    assert client.get(path).status_code == 200
    assert client.post(path)["Location"] == "/mon-compte"
    assert client.post(path).status_code == 410
    assert password_sign_in("sb@exemple.test")[1].status_code == 302
    assert password_sign_in("samia@exemple.test")[1].status_code == 422


def test_a_confirmation_lapses_after_a_day(cast, signed_in, link):
    with time_machine.travel(dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC), tick=False):
        signed_in(cast.samia).post("/mon-compte/adresse", {"email": "sb@exemple.test", "password": PASSWORD})
    with time_machine.travel(dt.datetime(2026, 11, 21, 9, 1, tzinfo=dt.UTC), tick=False):
        assert signed_in(cast.samia).get(link()).status_code == 410


@pytest.mark.parametrize(
    "data",
    [
        {"email": "paul@exemple.test", "password": PASSWORD},
        {"email": "faux", "password": PASSWORD},
        {"email": "sb@exemple.test", "password": "faux"},
        {"email": "", "password": ""},
    ],
)
def test_a_change_of_address_is_refused_plainly(cast, signed_in, data):
    response = signed_in(cast.samia).post("/mon-compte/adresse", data)
    assert response.status_code == 422
    assert f'value="{data["email"]}"' in response.content.decode() or not data["email"]
    assert len(mail.outbox) == 0


def test_changes_of_address_are_limited(cast, signed_in):
    client = signed_in(cast.samia)
    for number in range(3):
        data = {"email": f"sb{number}@exemple.test", "password": PASSWORD}
        assert client.post("/mon-compte/adresse", data).status_code == 302
    assert client.post("/mon-compte/adresse", {"email": "sb@exemple.test", "password": PASSWORD}).status_code == 422


def test_a_new_password_closes_the_other_sessions_and_is_told_by_mail(cast, signed_in, password_sign_in):
    client, other = signed_in(cast.samia), signed_in(cast.samia)
    assert client.get("/mon-compte/mot-de-passe").status_code == 200
    response = client.post("/mon-compte/mot-de-passe", {"current": PASSWORD, "new": NEW, "again": NEW})
    assert response["Location"] == "/mon-compte"
    assert client.get("/mon-compte").status_code == 200
    assert other.get("/mon-compte").status_code == 302
    assert password_sign_in("samia@exemple.test", NEW)[1].status_code == 302
    assert "mot de passe" in mail.outbox[-1].body


@pytest.mark.parametrize(
    "data",
    [
        {"current": "faux", "new": NEW, "again": NEW},
        {"current": PASSWORD, "new": "petit9", "again": "petit9"},
        {"current": PASSWORD, "new": "123456789012", "again": "123456789012"},
        {"current": PASSWORD, "new": NEW, "again": NEW + "x"},
        {"current": PASSWORD, "new": "x" * 300, "again": "x" * 300},
    ],
)
def test_a_poor_password_is_refused(cast, signed_in, data):
    response = signed_in(cast.samia).post("/mon-compte/mot-de-passe", data)
    assert response.status_code == 422
    assert data["new"] not in response.content.decode()


def test_the_current_password_cannot_be_guessed_from_an_open_session(cast, signed_in):
    client = signed_in(cast.samia)
    for _ in range(5):
        client.post("/mon-compte/mot-de-passe", {"current": "faux", "new": NEW, "again": NEW})
    response = client.post("/mon-compte/mot-de-passe", {"current": PASSWORD, "new": NEW, "again": NEW})
    assert response.status_code == 422
    assert "Trop d’essais" in response.content.decode()


def test_sessions_are_listed_without_their_keys_and_closing_one_signs_it_out(cast, password_sign_in):
    phone, _ = password_sign_in("samia@exemple.test", headers={"user-agent": "Firefox Android"})
    desk, _ = password_sign_in("samia@exemple.test", headers={"user-agent": "Chrome Windows NT"})
    page = desk.get("/mon-compte").content.decode()
    assert "Firefox sur Android" in page
    assert "Chrome sur Windows" in page
    for session in Session.objects.all():
        assert session.session_key not in page
    path = page.split('action="/mon-compte/sessions/')[1].split('"')[0]
    assert desk.post(f"/mon-compte/sessions/{path}")["Location"] == "/mon-compte"
    assert phone.get("/mon-compte").status_code == 302
    assert desk.get("/mon-compte").status_code == 200


def test_all_the_others_close_at_once(cast, signed_in):
    clients = [signed_in(cast.samia) for _ in range(3)]
    clients[0].post("/mon-compte/sessions/autres/fermer")
    assert [client.get("/mon-compte").status_code for client in clients] == [200, 302, 302]
    assert Entry.objects.get(name="session.closed").payload["codes"] == {"sessions": 2}


def test_someone_else_s_session_does_not_exist(cast, signed_in):
    from entremise.accounts.queries import session_reference

    other = signed_in(cast.paul)
    reference = session_reference(other.session.session_key)
    assert signed_in(cast.samia).post(f"/mon-compte/sessions/{reference}/fermer").status_code == 404
    assert other.get("/mon-compte").status_code == 200


def test_a_session_keeps_its_opening_and_shows_when_it_was_last_seen(cast, password_sign_in):
    start = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False):
        client, _ = password_sign_in("samia@exemple.test")
    with time_machine.travel(start + dt.timedelta(minutes=4), tick=False):
        client.get("/mon-compte")
        assert Session.objects.get().seen_at == start
    with time_machine.travel(start + dt.timedelta(minutes=20), tick=False):
        client.get("/mon-compte")
        assert Session.objects.get().seen_at == start + dt.timedelta(minutes=20)
        session = client.session
        session["x"] = 1
        session.save()
        assert Session.objects.get().created_at == start


def test_switching_is_open_and_only_to_one_s_own_organisations(cast, signed_in):
    services.add_member(actor=system_actor(cast.other_organisation.pk), user=cast.samia.user)
    client = signed_in(cast.samia)
    assert "Rive gauche" in client.get("/organisation").content.decode()
    assert client.post("/organisation", {"organisation": str(cast.other_organisation.pk)})["Location"] == "/"
    assert "Rive gauche ·" in client.get("/mon-compte").content.decode()
    assert Entry.objects.filter(name="organisation.entered", target_id=cast.other_organisation.pk).exists()
    for wrong in (str(cast.other_organisation.pk), "x", ""):
        assert signed_in(cast.paul).post("/organisation", {"organisation": wrong}).status_code == 404


def test_switching_is_offered_only_to_who_belongs_to_several_organisations(cast, signed_in):
    assert "Changer d’organisation" not in signed_in(cast.samia).get("/mon-compte").content.decode()
    services.add_member(actor=system_actor(cast.other_organisation.pk), user=cast.samia.user)
    assert "Changer d’organisation" in signed_in(cast.samia).get("/mon-compte").content.decode()


def test_the_frame_costs_at_most_four_queries_whatever_the_organisations(cast, signed_in):
    services.add_member(actor=system_actor(cast.other_organisation.pk), user=cast.samia.user)
    client = signed_in(cast.samia)
    client.get("/organisation")
    with CaptureQueriesContext(connection) as captured:
        client.get("/organisation")
    frame = [query["sql"] for query in captured if "session" not in query["sql"] and '"password"' not in query["sql"]]
    assert len(captured) <= 4
    assert len(frame) <= 4


def test_a_forgotten_password_is_chosen_again_from_the_mailbox(cast, link, signed_in, password_sign_in):
    open_session = signed_in(cast.samia)
    response = Client().post("/mot-de-passe", {"email": "samia@exemple.test"})
    assert response["Location"] == "/mot-de-passe/envoye"
    assert Client().get("/mot-de-passe/envoye").status_code == 200
    assert "samia" not in mail.outbox[-1].body.lower()
    path = link()
    client = Client()
    assert client.get(path).status_code == 200
    assert client.post(path, {"new": "court", "again": "court"}).status_code == 422
    assert client.post(path, {"new": NEW, "again": NEW})["Location"] == "/connexion"
    assert client.post(path, {"new": NEW, "again": NEW}).status_code == 410
    assert open_session.get("/mon-compte").status_code == 302
    assert password_sign_in("samia@exemple.test", NEW)[1].status_code == 302


def test_the_answer_is_the_same_for_an_unknown_or_closed_account(cast):
    cast.paul.user.is_active = False
    cast.paul.user.save()
    for email in ("inconnue@exemple.test", "paul@exemple.test"):
        assert Client().post("/mot-de-passe", {"email": email})["Location"] == "/mot-de-passe/envoye"
    assert Client().get("/mot-de-passe").status_code == 200
    assert Client().post("/mot-de-passe", {"email": ""}).status_code == 422
    assert mail.outbox == []


def test_requests_for_a_password_are_limited_in_silence(cast):
    for _ in range(5):
        assert Client().post("/mot-de-passe", {"email": "samia@exemple.test"}).status_code == 302
    assert len(mail.outbox) == 3


def test_a_password_link_lapses_after_an_hour_and_altered_ones_open_nothing(cast, link):
    with time_machine.travel(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC), tick=False):
        Client().post("/mot-de-passe", {"email": "samia@exemple.test"})
    with time_machine.travel(dt.datetime(2026, 11, 23, 10, 1, tzinfo=dt.UTC), tick=False):
        assert Client().get(link()).status_code == 410
    for path in ("/mot-de-passe/x/y", "/mot-de-passe/AAAA/y", "/mot-de-passe/%00/y", "/mot-de-passe/é/y"):
        assert Client().get(path).status_code == 410
