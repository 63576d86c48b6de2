"""What was confided to one person alone stays shut after a way in that an administrator could have opened."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.management.commands import changepassword
from django.core.management import call_command

from entremise.accounts import services
from entremise.accounts.models import User
from entremise.accounts.personal import CLOSED
from entremise.accounts.queries import confidences_closed_until
from entremise.accounts.services import passwords, second_factor
from entremise.accounts.services.confidences import SHUT_FOR
from entremise.accounts.services.members import reopen_account
from entremise.core import crypto
from entremise.core.actor import system_actor
from entremise.core.time import now
from entremise.journal.models import Entry
from entremise.keys.models import DataKey
from entremise.keys.services import author_scope
from entremise.mediations import services as mediations
from tests.cast import PASSWORD
from tests.mediations import build as mediations_build
from tests.practice import build as practice_build

pytestmark = pytest.mark.django_db
NEW = "quatre-mots-sans-rapport"


def reset(person) -> None:
    who, token = passwords.reset_link_parts(person.user)
    assert passwords.reset_password(who=who, token=token, new=NEW) is not None


def reasons() -> list[str]:
    return [one.payload["codes"]["by"] for one in Entry.objects.filter(name="account.confidences_closed")]


def test_a_password_made_anew_by_a_link_shuts_them_for_seventy_two_hours(cast):
    reset(cast.samia)
    until = confidences_closed_until(cast.samia.user.pk)
    assert until is not None
    assert abs(until - now() - dt.timedelta(hours=72)) < dt.timedelta(minutes=1)
    with time_machine.travel(until - dt.timedelta(minutes=1)):
        assert confidences_closed_until(cast.samia.user.pk) == until
    with time_machine.travel(until + dt.timedelta(seconds=1)):
        assert confidences_closed_until(cast.samia.user.pk) is None
    assert reasons() == ["link"]
    assert confidences_closed_until(cast.paul.user.pk) is None


def test_a_password_changed_by_its_owner_shuts_nothing(cast):
    passwords.change_password(actor=cast.samia.actor, user=cast.samia.user, current=PASSWORD, new=NEW, session_key=None)
    assert confidences_closed_until(cast.samia.user.pk) is None
    assert reasons() == []


def test_taking_a_second_factor_off_by_command_shuts_them(cast, capsys):
    factor = second_factor.begin(actor=cast.samia.actor, user=cast.samia.user)
    code = second_factor.next_code(factor)
    second_factor.confirm(actor=cast.samia.actor, user=cast.samia.user, code=code, session_key=None)
    call_command("retirer_second_facteur", "samia@exemple.test")
    assert confidences_closed_until(cast.samia.user.pk) is not None
    assert reasons() == ["second_factor"]


@pytest.fixture
def typed(monkeypatch):
    """What an operator types at the prompt of Django's own command."""
    monkeypatch.setattr(changepassword.getpass, "getpass", lambda prompt="": NEW)


def test_the_password_command_of_django_shuts_them_and_warns_the_co_mediators(cast, signed_in, typed, capsys):
    case = mediations_build.opened(cast)
    place = mediations.name_mediator(actor=cast.samia.actor, case_id=case.pk, member_id=cast.paul.member.pk)
    mediations.declare_link(actor=cast.paul.actor, place_id=place.pk, link="aucun")
    sheet = practice_build.sheet(cast.samia)
    signed_in(cast.samia)
    call_command("changepassword", cast.samia.user.email_hash)
    cast.samia.user.refresh_from_db()
    assert cast.samia.user.check_password(NEW)
    assert reasons() == ["command"]
    with time_machine.travel(now() + dt.timedelta(hours=71)):
        intruder = signed_in(cast.samia)
        assert "La main tendue" not in intruder.get(f"/pratique/fiches/{sheet.pk}").content.decode()
        answer = intruder.get(f"/mediations/{case.pk}/")
        assert (answer.status_code, mediations_build.SUBJECT in answer.content.decode()) == (403, False)
    assert "coffre est fermé 72 heures" in signed_in(cast.paul).get(f"/mediations/{case.pk}/").content.decode()
    with time_machine.travel(now() + dt.timedelta(hours=73)):
        assert mediations_build.SUBJECT in signed_in(cast.samia).get(f"/mediations/{case.pk}/").content.decode()


def test_a_first_password_on_an_account_that_never_signed_in_shuts_nothing(cast, typed, capsys):
    call_command("changepassword", cast.samia.user.email_hash)
    assert reasons() == []


def test_a_sign_in_that_strengthens_the_stored_password_shuts_nothing(cast, signed_in, settings):
    signed_in(cast.samia)
    known = "django.contrib.auth.hashers.{}PasswordHasher"
    settings.PASSWORD_HASHERS = [known.format("PBKDF2"), known.format("MD5")]
    user = User.objects.get(pk=cast.samia.user.pk)
    before = user.password
    assert user.check_password(PASSWORD)
    assert user.password != before  # hashed again with the preferred algorithm
    assert reasons() == []


def test_an_account_opened_again_finds_them_shut_and_a_new_one_does_not(cast):
    services.end_membership(actor=cast.alban.actor, member_id=cast.samia.member.pk)
    known = User.objects.get(pk=cast.samia.user.pk)
    reopen_account(actor=cast.alban.actor, user=known, password=NEW, display_name="Samia")
    assert confidences_closed_until(known.pk) is not None
    fresh = services.get_or_create_user(email="neuve@exemple.test", display_name="Neuve")
    reopen_account(actor=cast.alban.actor, user=fresh, password=NEW, display_name="Neuve")
    assert confidences_closed_until(fresh.pk) is None
    assert reasons() == ["reopened"]


def test_the_owner_reads_until_when_on_their_own_page(cast, signed_in):
    reset(cast.samia)
    cast.samia.user.refresh_from_db()
    assert "Vos écrits confidentiels sont fermés" in signed_in(cast.samia).get("/mon-compte").content.decode()
    assert "Vos écrits confidentiels" not in signed_in(cast.paul).get("/mon-compte").content.decode()


def test_the_key_of_an_author_goes_with_the_account(cast):
    scope = author_scope(cast.samia.user.pk)
    crypto.seal_text(scope, "à moi seule", "essai")
    services.end_membership(actor=cast.alban.actor, member_id=cast.samia.member.pk)
    assert DataKey.objects.get(scope_kind="author").destroyed_at is None
    assert CLOSED.apply is not None
    assert CLOSED.apply([cast.samia.user.pk, cast.paul.user.pk]) == 1  # paul's account is open
    assert DataKey.objects.get(scope_kind="author").wrapped is None
    with pytest.raises(crypto.KeyDestroyed):
        crypto.seal_text(scope, "plus rien", "essai")
    crypto.seal_text(author_scope(cast.paul.user.pk), "lui écrit encore", "essai")


def test_nobody_shortens_the_delay_by_asking_again(cast):
    reset(cast.samia)
    first = confidences_closed_until(cast.samia.user.pk)
    with time_machine.travel(now() + SHUT_FOR / 2):
        cast.samia.user.refresh_from_db()
        reset(cast.samia)
        assert first is not None
        assert confidences_closed_until(cast.samia.user.pk) > first


def test_an_event_tells_modules_that_keep_confidences(cast, monkeypatch):
    from entremise.accounts.enums import NewWayIn
    from entremise.accounts.events import ConfidencesClosed
    from entremise.journal import events

    seen = []
    monkeypatch.setitem(events._handlers, ConfidencesClosed.name, [seen.append])
    services.close_confidences(actor=system_actor(), user=cast.samia.user, by=NewWayIn.LINK)
    assert [event.target_id for event in seen] == [cast.samia.user.pk]
