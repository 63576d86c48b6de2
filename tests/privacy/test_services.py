"""Sealed values cannot be read, moved or searched without their key."""

import pytest
from django.db import connection, transaction

from entremise.accounts.models import User
from entremise.core import crypto
from entremise.core.crypto import CryptoError, KeyDestroyed, Scope
from entremise.core.ids import uuid7
from entremise.core.time import now
from entremise.privacy.models import DataKey
from entremise.privacy.services import INSTALLATION, DatabaseKeys

pytestmark = pytest.mark.django_db


def _user(**fields):
    user = User(email="samia@exemple.test", display_name="Samia", **fields)
    user.save()
    return user


def test_the_database_never_holds_the_clear_value():
    user = _user()
    with connection.cursor() as cursor:
        cursor.execute("SELECT email, display_name FROM accounts_user")
        row = cursor.fetchone()
    assert "samia" not in "".join(row).lower()
    assert User.objects.get(pk=user.pk).display_name == "Samia"


def test_a_sealed_value_moved_to_another_row_does_not_open():
    first, second = _user(), User(email="paul@exemple.test", display_name="Paul")
    second.save()
    token = User.objects.filter(pk=first.pk).values_list("display_name", flat=True).get()
    User.objects.filter(pk=second.pk).update(display_name=token)
    with pytest.raises(CryptoError):
        _ = User.objects.get(pk=second.pk).display_name


def test_clear_text_cannot_slip_in_through_update():
    user = _user()
    with pytest.raises(TypeError):
        User.objects.filter(pk=user.pk).update(display_name="en clair")


def test_a_destroyed_key_erases_what_it_sealed():
    scope = Scope("organisation", uuid7())
    token = crypto.seal_text(scope, "récit", "x")
    DataKey.objects.filter(scope_id=scope.identifier).update(wrapped=None, destroyed_at=now())
    crypto.key_provider().forget()
    with pytest.raises(KeyDestroyed):
        crypto.open_text(token, "x")


def test_a_key_made_in_a_rolled_back_transaction_is_not_used_again(monkeypatch):
    monkeypatch.setattr(DatabaseKeys, "trust_uncommitted", False)
    scope = Scope("organisation", uuid7())
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        crypto.seal_text(scope, "récit", "x")
        _ = 1 / 0
    token = crypto.seal_text(scope, "récit", "x")
    assert DataKey.objects.filter(scope_id=scope.identifier).count() == 1
    assert crypto.open_text(token, "x") == "récit"


def test_another_master_key_opens_nothing(settings):
    token = crypto.seal_text(INSTALLATION, "récit", "x")
    crypto.key_provider().forget()
    settings.MASTER_KEY = "MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE="
    with pytest.raises(CryptoError):
        crypto.open_text(token, "x")


def test_fingerprints_tell_equal_from_different_without_telling_the_value():
    scope = Scope("organisation", uuid7())
    same = {crypto.fingerprint(scope, "calme", "journal") for _ in range(2)}
    assert len(same) == 1
    assert crypto.fingerprint(scope, "tendu", "journal") not in same
    assert crypto.fingerprint(Scope("organisation", uuid7()), "calme", "journal") not in same
