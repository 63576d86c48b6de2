"""The second factor: required above mediator, offered to all, hard to guess, never replayed."""

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django_otp.oath import TOTP

from entremise.accounts.models import RecoveryCode, SecondFactor
from entremise.accounts.services import second_factor
from entremise.core.errors import InvalidInput
from entremise.journal.models import Entry
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


def _code(user, shift=0):
    factor = SecondFactor.objects.get(user=user)
    generator = TOTP(bytes.fromhex(factor.secret))
    generator.time = dt.datetime.now(dt.UTC).timestamp() + shift
    return f"{generator.token():06d}"


@pytest.fixture(autouse=True)
def _still_clock():
    """Codes change every thirty seconds: a test must not straddle two of them."""
    with time_machine.travel(START, tick=False):
        yield


@pytest.fixture
def enrolled(cast):
    """A function: the recovery codes of a person whose second factor is in place."""

    def enrol(person):
        second_factor.begin(actor=person.actor, user=person.user)
        code = _code(person.user, shift=-30)
        return second_factor.confirm(actor=person.actor, user=person.user, code=code, session_key=None)

    return enrol


@pytest.mark.parametrize("name", ["claire", "alban", "dora", "leo"])
def test_roles_above_mediator_are_sent_to_set_it_up_first(cast, password_sign_in, name):
    client, _ = password_sign_in(f"{name}@exemple.test")
    response = client.get("/membres")
    assert response.status_code == 302
    assert response["Location"] == "/second-facteur?next=%2Fmembres"
    assert client.get("/second-facteur").status_code == 200


def test_a_fragment_is_sent_there_too(cast, password_sign_in):
    client, _ = password_sign_in("claire@exemple.test")
    response = client.get("/membres", headers={"hx-request": "true"})
    assert response["HX-Redirect"] == "/second-facteur"


def test_mediators_are_offered_it_without_being_stopped(cast, password_sign_in):
    client, _ = password_sign_in("samia@exemple.test")
    page = client.get("/mon-compte")
    assert page.status_code == 200
    assert "Mettre en place le second facteur" in page.content.decode()


def test_setting_it_up_from_the_pages(cast, password_sign_in):
    client, _ = password_sign_in("claire@exemple.test")
    other, _ = password_sign_in("claire@exemple.test")
    client.post("/second-facteur/commencer")
    page = client.get("/second-facteur").content.decode()
    assert "<svg" in page
    assert "style=" not in page
    assert "data:" not in page.split("<svg")[1].split("</svg>")[0]
    wrong = client.post("/second-facteur/confirmer", {"code": "000000"})
    assert wrong.status_code == 422
    response = client.post("/second-facteur/confirmer", {"code": _code(cast.claire.user)})
    codes = re.findall(r"<code>([a-z0-9-]{14})</code>", response.content.decode())
    assert len(codes) == 10
    assert client.get("/membres").status_code == 200
    assert other.get("/mon-compte").status_code == 302  # the other session was closed
    assert "mis en place" in mail.outbox[-1].body
    assert not RecoveryCode.objects.filter(code_hash__in=codes).exists()


def test_the_code_is_asked_at_the_next_sign_in(cast, enrolled, password_sign_in):
    enrolled(cast.samia)
    client, _ = password_sign_in("samia@exemple.test")
    assert client.get("/mon-compte")["Location"] == "/second-facteur/code?next=%2Fmon-compte"
    assert client.post("/second-facteur/code", {"code": "123"}).status_code == 422
    key = client.session.session_key
    response = client.post("/second-facteur/code", {"code": _code(cast.samia.user), "next": "/mon-compte"})
    assert response["Location"] == "/mon-compte"
    assert client.session.session_key != key
    assert client.get("/mon-compte").status_code == 200


def test_before_the_code_nothing_of_the_second_factor_can_be_changed(cast, enrolled, password_sign_in):
    enrolled(cast.samia)
    client, _ = password_sign_in("samia@exemple.test")
    for path in ("/second-facteur/retirer", "/second-facteur/codes-de-secours", "/mon-compte/mot-de-passe"):
        assert client.post(path, {"password": PASSWORD})["Location"].startswith("/second-facteur/code")
    for path in ("/second-facteur/commencer", "/second-facteur/confirmer"):
        assert client.post(path, {"code": "1"})["Location"].startswith("/second-facteur/code")
    assert SecondFactor.objects.filter(user=cast.samia.user).exists()


def test_a_code_serves_once(cast, enrolled):
    enrolled(cast.samia)
    code = _code(cast.samia.user)
    assert second_factor.verify(actor=cast.samia.actor, user=cast.samia.user, code=code) == "totp"
    with pytest.raises(InvalidInput):
        second_factor.verify(actor=cast.samia.actor, user=cast.samia.user, code=code)


def test_a_recovery_code_serves_once_however_it_is_typed(cast, enrolled):
    codes = enrolled(cast.samia)
    typed = codes[0].upper().replace("-", " ")
    assert second_factor.verify(actor=cast.samia.actor, user=cast.samia.user, code=typed) == "recovery"
    with pytest.raises(InvalidInput):
        second_factor.verify(actor=cast.samia.actor, user=cast.samia.user, code=codes[0])


def test_guessing_stops_and_says_until_when(cast, enrolled):
    with time_machine.travel(START, tick=False):
        enrolled(cast.samia)
        for _ in range(5):
            with pytest.raises(InvalidInput):
                second_factor.verify(actor=cast.samia.actor, user=cast.samia.user, code="000000")
        with pytest.raises(InvalidInput, match="11 h 16"):
            second_factor.verify(actor=cast.samia.actor, user=cast.samia.user, code=_code(cast.samia.user))
    assert Entry.objects.filter(name="second_factor.failed").count() == 5
    with time_machine.travel(START + dt.timedelta(minutes=16), tick=False):
        code = _code(cast.samia.user)
        assert second_factor.verify(actor=cast.samia.actor, user=cast.samia.user, code=code) == "totp"


@pytest.mark.parametrize("code", ["", "½23456", "१२३४५६", "1" * 41, "\x00\x00\x00\x00\x00\x00", "🙂"])
def test_bad_codes_are_refused_plainly(cast, enrolled, password_sign_in, code):
    enrolled(cast.samia)
    client, _ = password_sign_in("samia@exemple.test")
    assert client.post("/second-facteur/code", {"code": code}).status_code == 422


def test_removing_it_needs_the_password_and_is_told_by_mail(cast, enrolled, signed_in):
    enrolled(cast.samia)
    client = signed_in(cast.samia)
    assert client.get("/second-facteur/demander/retrait").status_code == 200
    assert client.post("/second-facteur/retirer", {"password": "faux"}).status_code == 422
    assert client.post("/second-facteur/retirer", {"password": PASSWORD}).status_code == 302
    assert not SecondFactor.objects.filter(user=cast.samia.user).exists()
    assert "retiré" in mail.outbox[-1].body


def test_removed_by_someone_whose_role_needs_it_it_is_asked_for_again(cast, enrolled, signed_in):
    enrolled(cast.claire)
    client = signed_in(cast.claire)
    client.post("/second-facteur/retirer", {"password": PASSWORD})
    assert client.get("/membres")["Location"].startswith("/second-facteur")


def test_new_recovery_codes_replace_the_former(cast, enrolled, signed_in):
    former = enrolled(cast.samia)
    client = signed_in(cast.samia)
    assert client.get("/second-facteur/demander/codes").status_code == 200
    assert client.post("/second-facteur/codes-de-secours", {"password": "faux"}).status_code == 422
    response = client.post("/second-facteur/codes-de-secours", {"password": PASSWORD})
    assert len(re.findall(r"<code>([a-z0-9-]{14})</code>", response.content.decode())) == 10
    with pytest.raises(InvalidInput):
        second_factor.verify(actor=cast.samia.actor, user=cast.samia.user, code=former[0])


def test_the_secret_is_sealed_in_the_database(cast, enrolled):
    enrolled(cast.samia)
    factor = SecondFactor.objects.get(user=cast.samia.user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM accounts_secondfactor")
        stored = cursor.fetchone()[0]
    assert stored.startswith("e1.")
    assert factor.secret not in stored


def test_a_secret_drawn_twice_is_not_kept_twice_nor_once_in_place(cast, enrolled):
    second_factor.begin(actor=cast.samia.actor, user=cast.samia.user)
    enrolled(cast.samia)
    with pytest.raises(InvalidInput):
        second_factor.begin(actor=cast.samia.actor, user=cast.samia.user)
    with pytest.raises(InvalidInput):
        second_factor.confirm(actor=cast.samia.actor, user=cast.samia.user, code="000000", session_key=None)


def test_without_one_there_is_nothing_to_prove_or_renew(cast, signed_in):
    with pytest.raises(InvalidInput):
        second_factor.verify(actor=cast.samia.actor, user=cast.samia.user, code="000000")
    response = signed_in(cast.samia).post("/second-facteur/codes-de-secours", {"password": PASSWORD})
    assert response.status_code == 422


def test_the_addresses_need_a_signed_in_person():
    for path in ("/second-facteur", "/second-facteur/code"):
        assert Client().get(path)["Location"].startswith("/connexion")
