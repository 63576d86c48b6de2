"""Signing in says the same thing whoever asks, and stops guessing."""

import datetime as dt

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client

from entremise.accounts.models import Session
from entremise.accounts.queries import LIMITS
from entremise.journal.models import Entry
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


@pytest.fixture
def locks(settings):
    settings.AXES_ENABLED = True


def test_the_right_password_opens_a_session_that_says_its_device(cast, password_sign_in):
    client, response = password_sign_in("samia@exemple.test", headers={"user-agent": FIREFOX})
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert Session.objects.get(user=cast.samia.user).device == "Firefox sur Android"
    assert Entry.objects.filter(name="sign_in.succeeded", user_id=cast.samia.user.pk).count() == 1
    assert client.get("/mon-compte").status_code == 200


def test_the_address_is_not_case_sensitive(cast, password_sign_in):
    assert password_sign_in(" Samia@Exemple.TEST ")[1].status_code == 302


@pytest.mark.parametrize(("email", "password"), [("samia@exemple.test", "faux"), ("inconnue@exemple.test", PASSWORD)])
def test_unknown_address_and_wrong_password_read_the_same(cast, password_sign_in, email, password):
    _, response = password_sign_in(email, password)
    page = response.content.decode()
    assert response.status_code == 422
    assert "ne vont pas ensemble" in page
    assert f'value="{email}"' in page
    assert password not in page.replace(email, "")


def test_a_closed_account_reads_the_same(cast, password_sign_in):
    cast.samia.user.is_active = False
    cast.samia.user.save()
    assert "ne vont pas ensemble" in password_sign_in("samia@exemple.test")[1].content.decode()


@pytest.mark.parametrize("email", ["", "x" * 300, "a\x00b@exemple.test", "🙂@exemple.test", "\u202eaimas"])
def test_bad_input_is_refused_plainly(cast, password_sign_in, email):
    assert password_sign_in(email)[1].status_code == 422


def test_a_two_megabyte_password_is_refused_without_being_hashed(cast, password_sign_in):
    assert password_sign_in("samia@exemple.test", "x" * 2_000_000)[1].status_code == 422


def test_five_wrong_passwords_lock_the_account_for_this_machine_and_say_until_when(cast, locks, password_sign_in):
    with time_machine.travel(dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC), tick=False):
        for _ in range(5):
            _, response = password_sign_in("samia@exemple.test", "faux")
        assert response.status_code == 429
        page = response.content.decode()
        assert "Recommencez à 11 h 16" in page  # Paris time, rounded up
        assert 'value="samia@exemple.test"' in page
        assert password_sign_in("samia@exemple.test")[1].status_code == 429
        assert password_sign_in("paul@exemple.test")[1].status_code == 302
    assert Entry.objects.filter(name="sign_in.locked", target_id=cast.samia.user.pk).exists()
    with time_machine.travel(dt.datetime(2026, 11, 23, 10, 17, tzinfo=dt.UTC), tick=False):
        assert password_sign_in("samia@exemple.test")[1].status_code == 302


def test_the_table_of_locks_holds_neither_address_nor_machine(cast, locks):
    Client().post(
        "/connexion?next=/secret",
        {"email": "samia@exemple.test", "password": "faux", "next": "/secret"},
        REMOTE_ADDR="203.0.113.7",
    )
    row = AccessAttempt.objects.get()
    stored = " ".join(str(value) for value in vars(row).values())
    assert row.username == cast.samia.user.email_hash
    assert row.ip_address.startswith("fd")
    for clear in ("samia@", "203.0.113.7", "faux", "/secret"):
        assert clear not in stored


def test_behind_a_proxy_machines_are_told_apart_by_what_the_proxy_says(cast, locks, settings):
    settings.TRUSTED_PROXIES = 1
    for forwarded in ("198.51.100.1, 203.0.113.7", "198.51.100.2, 203.0.113.7", "203.0.113.8"):
        client = Client(headers={"x-forwarded-for": forwarded})
        client.post("/connexion", {"email": "samia@exemple.test", "password": "faux"})
    assert AccessAttempt.objects.values("ip_address").distinct().count() == 2


def test_guessing_over_many_accounts_from_one_machine_stops(cast, password_sign_in, monkeypatch):
    monkeypatch.setitem(LIMITS, "sign_in", (3, dt.timedelta(minutes=15)))
    for number in range(3):
        _, response = password_sign_in(f"inconnu{number}@exemple.test", "faux")
    assert response.status_code == 429
    assert password_sign_in("samia@exemple.test")[1].status_code == 429


def test_a_pasted_address_of_another_site_is_not_followed(cast):
    client = Client()
    data = {"email": "samia@exemple.test", "password": PASSWORD, "next": "https://ailleurs.test/"}
    assert client.post("/connexion", data)["Location"] == "/"


def test_signing_out_ends_the_session(cast, signed_in):
    client = signed_in(cast.samia)
    assert client.get("/deconnexion").status_code == 405
    assert client.post("/deconnexion").status_code == 302
    assert not Session.objects.filter(user=cast.samia.user).exists()
    assert client.get("/mon-compte").status_code == 302
    assert Entry.objects.filter(name="sign_in.ended").count() == 1


def test_pages_send_to_sign_in_and_back(cast):
    response = Client().get("/mon-compte")
    assert response["Location"] == "/connexion?next=/mon-compte"


def test_someone_who_belongs_nowhere_reads_it_and_may_sign_out(cast, signed_in):
    client = signed_in(cast.samia)
    cast.samia.member.left_at = cast.samia.member.joined_at
    cast.samia.member.save()
    response = client.get("/mon-compte")
    assert response.status_code == 403
    assert "aucune organisation" in response.content.decode()
    assert client.post("/deconnexion").status_code == 302
