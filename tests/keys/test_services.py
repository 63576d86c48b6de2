"""Sealed values cannot be read, moved or searched without their key."""

import threading
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from entremise.accounts.models import User
from entremise.core import crypto
from entremise.core.crypto import CryptoError, KeyDestroyed, Scope
from entremise.core.ids import uuid7
from entremise.core.time import now
from entremise.keys import services
from entremise.keys.models import DataKey
from entremise.keys.router import ALIAS
from entremise.keys.services import INSTALLATION, DatabaseKeys, person_scope, store

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
    with pytest.raises(ZeroDivisionError), transaction.atomic(using=ALIAS):
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


def test_a_server_started_with_another_master_key_writes_nothing_that_the_right_one_would_not_open(settings):
    crypto.seal_text(INSTALLATION, "récit", "x")
    crypto.key_provider().forget()
    kept, settings.MASTER_KEY = settings.MASTER_KEY, "MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE="
    someone = person_scope(uuid7())
    with pytest.raises(CryptoError):
        crypto.seal_text(someone, "récit", "x")
    assert not DataKey.objects.filter(scope_id=someone.identifier).exists()
    settings.MASTER_KEY = kept
    assert crypto.open_text(crypto.seal_text(someone, "récit", "x"), "x") == "récit"


def test_fingerprints_tell_equal_from_different_without_telling_the_value():
    scope = Scope("organisation", uuid7())
    same = {crypto.fingerprint(scope, "calme", "journal") for _ in range(2)}
    assert len(same) == 1
    assert crypto.fingerprint(scope, "tendu", "journal") not in same
    assert crypto.fingerprint(Scope("organisation", uuid7()), "calme", "journal") not in same


def test_a_key_destroyed_by_another_process_stops_opening_within_a_minute(monkeypatch):
    scope = Scope("organisation", uuid7())
    token = crypto.seal_text(scope, "récit", "x")
    DataKey.objects.filter(scope_id=scope.identifier).update(wrapped=None, destroyed_at=now())
    assert crypto.open_text(token, "x") == "récit"  # still in this process's memory
    monkeypatch.setattr(store, "MEMORY", -1.0)
    with pytest.raises(KeyDestroyed):
        crypto.open_text(token, "x")


def test_a_key_read_before_it_was_forgotten_is_not_kept_after():
    provider = crypto.key_provider()
    scope = Scope("organisation", uuid7())
    token = crypto.seal_text(scope, "récit", "x")
    row = DataKey.objects.get(scope_id=scope.identifier)
    generation = provider._generation
    provider.forget()  # another thread, between the read of the row and its keeping
    provider._open(row, generation, scope)
    DataKey.objects.filter(pk=row.pk).update(wrapped=None, destroyed_at=now())
    with pytest.raises(KeyDestroyed):
        crypto.open_text(token, "x")


def test_threads_share_one_store_without_stepping_on_each_other():
    provider = crypto.key_provider()
    scope = Scope("organisation", uuid7())
    key = provider.current(scope)
    faults = []

    def work():
        for _ in range(500):
            try:
                provider._open(DataKey(pk=key.key_id, wrapped=wrapped), provider._generation, scope)
                provider._by_id.get(key.key_id)
                provider.forget()
            except Exception as fault:
                faults.append(fault)

    wrapped = DataKey.objects.get(pk=key.key_id).wrapped
    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


@pytest.mark.parametrize("identifier", [None, UUID(int=7)])
def test_a_scope_has_one_current_key_whatever_the_engine(identifier):
    crypto.key_provider().current(Scope("essai", identifier))
    with pytest.raises(IntegrityError), transaction.atomic():
        DataKey.objects.create(scope_kind="essai", scope_id=identifier, wrapped=b"x")


def test_destroying_a_persons_keys_erases_in_every_process_and_leaves_a_trace(settings):
    scope = services.person_scope(uuid7())
    token = crypto.seal_text(scope, "Awa", "x")
    assert services.destroy_keys([scope]) == 1
    with pytest.raises(KeyDestroyed):
        crypto.open_text(token, "x")
    assert str(scope.identifier) in settings.TOMBSTONES_FILE.read_text()
    assert DataKey.objects.get(scope_id=scope.identifier).wrapped is None


def test_an_erasure_asked_twice_changes_nothing_the_second_time(settings):
    scope = services.person_scope(uuid7())
    crypto.seal_text(scope, "Awa", "x")
    services.destroy_keys([scope])
    assert services.destroy_keys([scope, scope]) == 0
    assert len(settings.TOMBSTONES_FILE.read_text().splitlines()) == 1


def test_nothing_new_is_sealed_for_someone_who_was_erased():
    scope = services.case_scope(uuid7())
    services.destroy_keys([scope])
    with pytest.raises(KeyDestroyed):
        crypto.seal_text(scope, "revenue par erreur", "x")


@pytest.mark.parametrize("scope", [INSTALLATION, services.organisation_scope(uuid7())])
def test_the_keys_of_an_organisation_or_of_the_installation_are_never_destroyed_this_way(scope):
    with pytest.raises(ValueError, match="only the keys of a person"):
        services.destroy_keys([scope])


def test_the_key_of_an_author_who_left_waits_for_nobody_to_leave_the_store(monkeypatch):
    scope = services.author_scope(uuid7())
    services.destroy_keys([scope])
    monkeypatch.setattr("entremise.keys.services.destruction.compact", lambda _: True)
    assert services.settle_alone("author") == 1
    assert services.settle_alone("author") == 0
    assert services.erased_scopes("author") == []


def test_a_key_made_while_its_scope_was_destroyed_does_not_outlive_the_erasure():
    scope = services.person_scope(uuid7())
    services.destroy_keys([scope])
    late = DataKey(scope_kind=scope.kind, scope_id=scope.identifier)  # made by who had not yet seen the tombstone
    late.wrapped = services.wrap(late.pk, crypto.new_secret())
    late.save(force_insert=True)
    services.settle(scope.kind, [scope.identifier])
    assert DataKey.objects.get(scope_id=scope.identifier).wrapped is None
