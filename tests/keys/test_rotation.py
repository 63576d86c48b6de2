"""A key can be changed without losing a word, and the change can be stopped anywhere."""

import base64
import datetime as dt

import pytest
import time_machine

from entremise.accounts.models import User
from entremise.core import crypto, verify
from entremise.core.actor import system_actor
from entremise.core.crypto import CryptoError, KeyDestroyed
from entremise.core.errors import Refused
from entremise.core.ids import uuid7
from entremise.core.sealing import check_file, key_of_file, seal_file
from entremise.core.time import now
from entremise.documents.models import GeneratedFile
from entremise.journal.models import Entry
from entremise.keys import services
from entremise.keys.models import DataKey
from entremise.keys.services import INSTALLATION, rotation

pytestmark = pytest.mark.django_db
SYSTEM = system_actor(origin="command")
NEW = base64.urlsafe_b64encode(b"1" * 32).decode()


def raw(user):
    return User.objects.filter(pk=user.pk).values_list("email", flat=True).get()


def later(**delay):
    return time_machine.travel(now() + dt.timedelta(**delay), tick=False)


def test_what_the_former_key_sealed_is_sealed_again_and_reads_the_same(cast):
    user, before = cast.samia.user, crypto.key_provider().current(INSTALLATION).key_id
    after = services.rotate_data_key(actor=SYSTEM, scope=INSTALLATION)
    assert after != before
    assert User.objects.get(pk=user.pk).email == "samia@exemple.test"
    assert services.reseal() == 0  # another process may still be sealing with the former key
    with later(minutes=11):
        assert services.reseal() > 9
    assert raw(user).startswith(f"e1.{after.hex}.")
    assert User.objects.get(pk=user.pk).email == "samia@exemple.test"
    assert services.reseal() == 0
    assert Entry.objects.filter(name="key.rotated", target_id=after).count() == 1


def test_a_word_changed_meanwhile_is_left_as_it_was_written(cast, monkeypatch):
    user = cast.samia.user
    services.rotate_data_key(actor=SYSTEM, scope=INSTALLATION)
    row = User.objects.get(pk=user.pk)
    user.display_name = "Samia B."
    user.save()
    kept = raw(user)
    assert rotation._reseal_row(row, {DataKey.objects.exclude(retired_at=None).get().pk}) == 0
    assert raw(user) == kept


def test_the_work_stops_at_its_time_and_goes_on_where_it_was(cast):
    services.rotate_data_key(actor=SYSTEM, scope=INSTALLATION)
    with later(minutes=11):
        done = [services.reseal(seconds=-1) for _ in range(12)]
    assert done[0] > 0
    assert done[-1] == 0
    assert DataKey.objects.exclude(unused_since=None).count() == 1


def test_a_retired_key_goes_once_no_backup_needs_it(cast):
    former = crypto.key_provider().current(INSTALLATION).key_id
    services.rotate_data_key(actor=SYSTEM, scope=INSTALLATION)
    with later(minutes=11):
        services.reseal()
        assert services.remove_unused_keys(actor=SYSTEM, before=now() - dt.timedelta(days=1)) == 0
    with later(days=91):
        assert services.remove_unused_keys(actor=SYSTEM, before=now() - dt.timedelta(days=1)) == 1
    assert DataKey.objects.get(pk=former).wrapped is None
    with pytest.raises(KeyDestroyed):
        crypto.key_provider().by_id(former)
    assert User.objects.get(pk=cast.samia.user.pk).email == "samia@exemple.test"


def test_a_retired_key_that_a_file_still_needs_stays(settings, tmp_path):
    scope = services.organisation_scope(uuid7())
    source = tmp_path / "clair"
    source.write_bytes(b"liste")
    settings.MEDIA_ROOT.mkdir()
    seal_file(source, settings.MEDIA_ROOT / "a.scelle", scope, "a")
    services.rotate_data_key(actor=SYSTEM, scope=scope)
    with later(minutes=11):
        services.reseal()
    assert DataKey.objects.filter(unused_since=None).exclude(retired_at=None).count() == 1


def test_declared_files_are_sealed_again_in_their_place(cast, tmp_path):
    from entremise.documents.services.preparation import associated, folder

    scope = services.organisation_scope(cast.organisation.pk)
    file = GeneratedFile(
        organisation=cast.organisation, requested_by=cast.samia.member, kind="membres", status="prete", file_name="f"
    )
    file.save()
    source = tmp_path / "clair"
    source.write_bytes(b"liste" * 40_000)
    seal_file(source, folder() / "f", scope, associated(file))
    fresh = services.rotate_data_key(actor=SYSTEM, scope=scope)
    with later(minutes=11):
        services.reseal()
    assert key_of_file(folder() / "f") == fresh
    assert check_file(folder() / "f", associated(file)) == 200_000


@pytest.mark.parametrize("scope", [services.person_scope(uuid7()), services.store.LOOKUP])
def test_a_scope_without_a_key_and_the_key_of_lookups_are_not_changed(scope):
    with pytest.raises(Refused):
        services.rotate_data_key(actor=SYSTEM, scope=scope)


def test_the_master_key_changes_and_everything_still_opens(cast, settings):
    settings.MASTER_KEY, settings.MASTER_KEY_PREVIOUS = NEW, settings.MASTER_KEY
    crypto.key_provider().forget()
    assert User.objects.get(pk=cast.samia.user.pk).email == "samia@exemple.test"
    total = DataKey.objects.count()
    assert services.rotate_master_key(actor=SYSTEM) == total
    settings.MASTER_KEY_PREVIOUS = ""
    crypto.key_provider().forget()
    assert User.objects.get(pk=cast.samia.user.pk).email == "samia@exemple.test"
    assert [finding.name for finding in verify.run() if not finding.holds and "cles" in finding.name] == []
    assert services.rotate_master_key(actor=SYSTEM) == 0


def test_accounts_are_found_again_by_their_address_after_the_master_key_changed(cast, settings):
    settings.MASTER_KEY, settings.MASTER_KEY_PREVIOUS = NEW, settings.MASTER_KEY
    services.rotate_master_key(actor=SYSTEM)
    settings.MASTER_KEY_PREVIOUS = ""
    from entremise.accounts.models import email_hash

    assert User.objects.get(email_hash=email_hash("samia@exemple.test")) == cast.samia.user


def test_a_change_of_master_key_stopped_midway_is_taken_up_again(cast, settings, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    for _ in range(4):
        crypto.seal_text(services.person_scope(uuid7()), "Awa", "x")
    settings.MASTER_KEY, settings.MASTER_KEY_PREVIOUS = NEW, settings.MASTER_KEY
    with monkeypatch.context() as broken:
        calls = iter(range(3))
        broken.setattr(rotation, "wrap", lambda *args: (next(calls) < 2 and services.wrap(*args)) or 1 / 0)
        with pytest.raises(ZeroDivisionError):
            services.rotate_master_key(actor=SYSTEM)
    assert User.objects.get(pk=cast.samia.user.pk).email == "samia@exemple.test"
    assert services.rotate_master_key(actor=SYSTEM) > 0
    assert services.rotate_master_key(actor=SYSTEM) == 0


def test_without_the_former_master_key_nothing_is_lost_and_it_is_said(cast, settings):
    kept, settings.MASTER_KEY = settings.MASTER_KEY, NEW
    crypto.key_provider().forget()
    with pytest.raises(CryptoError):
        _ = User.objects.get(pk=cast.samia.user.pk).email
    with pytest.raises(Refused, match="ne s’ouvrent ni avec la clé maîtresse ni avec l’ancienne"):
        services.rotate_master_key(actor=SYSTEM)
    settings.MASTER_KEY = kept
    crypto.key_provider().forget()
    assert User.objects.get(pk=cast.samia.user.pk).email == "samia@exemple.test"


def checked(name):
    return next(finding for finding in verify.run() if finding.name == name)


def test_a_key_that_lives_after_its_person_was_erased_is_a_fault():
    scope = services.person_scope(uuid7())
    crypto.seal_text(scope, "Awa", "x")
    kept = DataKey.objects.get(scope_id=scope.identifier)
    services.destroy_keys([scope])
    assert checked("cles.effacees").holds
    kept.save()
    assert not checked("cles.effacees").holds


def test_traces_that_differ_from_their_copy_are_a_fault(settings):
    services.destroy_keys([services.person_scope(uuid7())])
    assert checked("cles.traces").holds
    settings.TOMBSTONES_FILE.write_text("pas une trace\n")
    assert not checked("cles.traces").holds


def test_a_retired_key_without_a_successor_is_a_fault(cast):
    assert checked("cles.remplacees").holds
    DataKey.objects.filter(scope_kind="installation").update(retired_at=now())
    assert not checked("cles.remplacees").holds
