"""A backup comes back whole, on both engines, and nobody who was erased comes back with it."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from entremise.accounts.models import Session, User
from entremise.core import verify
from entremise.core.errors import NotAllowed, Refused
from entremise.core.time import now
from entremise.journal import triggers
from entremise.journal.models import Entry
from entremise.keys.models import DataKey
from entremise.keys.services import outside_traces
from entremise.keys.services.master import write_key
from entremise.privacy.enums import ErasureGround
from entremise.privacy.models import Person
from entremise.privacy.services import erase_persons
from entremise.privacy.services.backups import engines, finish, restore, restoring, staging, take_backup, unfinished
from entremise.privacy.services.backups.restoring import EPOCHS
from tests import cast as cast_module
from tests.privacy.backup_world import SYSTEM, Copies, back_up, installation

pytestmark = pytest.mark.django_db


def followed(cast, reference, name):
    return Person.objects.create(
        organisation=cast.organisation,
        team=cast.team,
        reference=reference,
        name=name,
        name_reason="rappel",
        opened_by=cast.samia.member,
    )


def files_of(folder):
    (settings.MEDIA_ROOT / "photos").mkdir(parents=True)
    (settings.MEDIA_ROOT / "photos" / "a.scelle").write_bytes(b"\x00\xff" * 300_000)
    (settings.MEDIA_ROOT / "exports").mkdir()
    (settings.MEDIA_ROOT / "exports" / "b.scelle").write_bytes(b"liste")


def test_an_installation_comes_back_whole_and_the_erased_person_does_not(tmp_path):
    with installation(tmp_path / "avant"):
        cast = cast_module.build()
        kept, gone = followed(cast, "24-1", "Awa Diallo"), followed(cast, "24-2", "Personne effacée")
        files_of(tmp_path)
        copies = back_up(tmp_path / "sauvegardes")
        assert erase_persons([gone.pk], actor=cast.samia.actor, ground=ErasureGround.DEMANDE) == 1
        later = back_up(tmp_path / "sauvegardes")
    # The whole name: three letters come by chance in a megabyte of sealed bytes.
    assert b"Awa Diallo" not in copies.data.read_bytes()
    with installation(tmp_path / "apres", migrated=False):
        # The keys of before: only those of the next night know of the erasure.
        epoch = restore(actor=SYSTEM, data=copies.data, keys=later.keys)
        assert epoch.number == 1
        assert Person.objects.get(pk=kept.pk).name == "Awa Diallo"
        back = Person.objects.get(pk=gone.pk)
        assert back.erased_at is not None
        assert back.name == ""
        assert DataKey.objects.get(scope_id=gone.pk).wrapped is None
        assert ("person", gone.pk) in outside_traces()
        assert User.objects.count() == 9
        assert (settings.MEDIA_ROOT / "photos" / "a.scelle").read_bytes() == b"\x00\xff" * 300_000
        assert not (settings.MEDIA_ROOT / "exports" / "b.scelle").exists()
        assert [f.name for f in verify.run() if not f.holds] == []
        assert Entry.objects.filter(name="installation.restored", target_id=epoch.pk).count() == 1


@pytest.fixture
def taken(tmp_path):
    """A backup of a small installation, from which we are gone."""
    with installation(tmp_path / "avant"):
        cast = cast_module.build()
        followed(cast, "24-1", "Awa Diallo")
        return back_up(tmp_path / "sauvegardes")


def untouched():
    return all(engines.is_empty(alias) for alias in engines.ALIASES) and not (settings.DATA_DIR / "files").exists()


def refused(copies, said):
    with pytest.raises(Refused, match=said):
        restore(actor=SYSTEM, data=copies.data, keys=copies.keys)
    assert unfinished() is None
    assert list(Path(settings.DATA_DIR).glob("restauration-*")) == []


@pytest.fixture
def elsewhere(tmp_path, taken):
    """In an empty installation, where ``taken`` may be restored."""
    with installation(tmp_path / "apres", migrated=False):
        yield taken


CHANGES = {
    "cut": lambda content: content[:-1],
    "half": lambda content: content[: len(content) // 2],
    "longer": lambda content: content + b"\x00",
    "empty": lambda content: b"",
    "flipped": lambda content: content[:-400] + bytes([content[-400] ^ 1]) + content[-399:],
    "flipped early": lambda content: content[:90] + bytes([content[90] ^ 1]) + content[91:],
    "something else": lambda content: b"PK\x03\x04" * 500,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_cut_or_altered_backup_is_refused_and_nothing_is_touched(elsewhere, change):
    elsewhere.data.write_bytes(change(elsewhere.data.read_bytes()))
    refused(elsewhere, "altérée ou incomplète : rien n’a été touché")
    assert untouched()


def test_altered_keys_are_refused_before_the_database_is_touched(elsewhere):
    elsewhere.keys.write_bytes(elsewhere.keys.read_bytes()[:-3])
    refused(elsewhere, "altéré ou incomplet")
    assert untouched()


def test_missing_files_are_said(elsewhere, tmp_path):
    refused(Copies(tmp_path / "rien", elsewhere.keys), "ne peut pas être lue")
    refused(Copies(elsewhere.data, tmp_path / "rien"), "ne peut pas être lu")


def test_another_master_key_is_refused_and_the_right_one_named(elsewhere, settings):
    settings.MASTER_KEY, kept = write_key(b"3" * 32), settings.MASTER_KEY
    refused(elsewhere, "n’est pas celle de la sauvegarde : rien n’a été touché")
    assert untouched()
    settings.MASTER_KEY_PREVIOUS = kept
    restore(actor=SYSTEM, data=elsewhere.data, keys=elsewhere.keys)
    assert Person.objects.get().name == "Awa Diallo"


@pytest.mark.parametrize("written", ["", "trop court", "é" * 44])
def test_a_missing_or_unreadable_master_key_is_said_plainly(elsewhere, settings, written):
    settings.MASTER_KEY = written
    refused(elsewhere, "La clé maîtresse manque ou n’est pas lisible")


def test_a_backup_of_a_newer_version_is_refused(tmp_path, elsewhere, monkeypatch):
    known = staging.MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    older = {name: migration for name, migration in known.items() if name != ("privacy", "0001_initial")}
    monkeypatch.setattr(staging.MigrationLoader, "disk_migrations", older, raising=False)
    monkeypatch.setattr(staging.MigrationLoader, "__init__", lambda *_, **__: None)
    refused(elsewhere, "version plus récente d’Entremise")


def test_a_backup_of_the_other_engine_is_refused(elsewhere, monkeypatch):
    monkeypatch.setattr(type(connections["default"]), "vendor", "postgresql" if is_sqlite() else "sqlite")
    with pytest.raises(Refused, match="Réglez ENTREMISE_DATABASE_URL sur le même moteur"):
        staging.read_head(elsewhere.data)


def is_sqlite():
    return connections["default"].vendor == "sqlite"


def test_nothing_is_restored_over_what_people_wrote(tmp_path, taken):
    with installation(tmp_path / "apres"):
        cast_module.build()
        refused(taken, "La base n’est pas vide : rien n’a été touché")
        assert User.objects.count() == 9


def test_nothing_is_restored_over_files(elsewhere):
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "photo").write_bytes(b"x")
    refused(elsewhere, "n’est pas vide : mettez-le de côté")


def test_a_migrated_database_that_nobody_used_may_receive_a_backup(tmp_path, taken):
    with installation(tmp_path / "apres"):
        restore(actor=SYSTEM, data=taken.data, keys=taken.keys)
        assert Person.objects.get().name == "Awa Diallo"
        assert triggers.missing() == []


def test_keys_older_than_the_data_are_refused(tmp_path, taken):
    with installation(tmp_path / "encore", migrated=False):
        restore(actor=SYSTEM, data=taken.data, keys=taken.keys)
        later = back_up(tmp_path / "plus-tard")
    with installation(tmp_path / "apres", migrated=False):
        refused(Copies(later.data, taken.keys), "plus ancien que la sauvegarde")
        assert untouched()


def test_the_epoch_never_goes_down_even_from_an_older_backup(tmp_path, elsewhere):
    first = restore(actor=SYSTEM, data=elsewhere.data, keys=elsewhere.keys)
    known = (settings.DATA_DIR / EPOCHS).read_bytes()
    with installation(tmp_path / "encore", migrated=False):
        (settings.DATA_DIR / EPOCHS).write_bytes(known)
        second = restore(actor=SYSTEM, data=elsewhere.data, keys=elsewhere.keys)
    assert (first.number, second.number) == (1, 2)
    assert first.pk != second.pk


def test_who_was_erased_is_known_from_the_outside_file_alone(tmp_path, taken):
    with installation(tmp_path / "apres", migrated=False):
        restore(actor=SYSTEM, data=taken.data, keys=taken.keys)
        gone = Person.objects.get()
        erase_persons([gone.pk], actor=SYSTEM, ground=ErasureGround.DEMANDE)
        outside = settings.TOMBSTONES_FILE.read_bytes()
    with installation(tmp_path / "encore", migrated=False):
        settings.TOMBSTONES_FILE.write_bytes(outside)
        restore(actor=SYSTEM, data=taken.data, keys=taken.keys)  # the keys of before the erasure
        assert Person.objects.get().erased_at is not None
        assert DataKey.objects.get(scope_id=gone.pk).wrapped is None
        assert Entry.objects.filter(name="person.erased", target_id=gone.pk).count() == 1


def broken(*_, **__):
    raise OSError(28, "plus de place")


def test_a_restore_that_fails_midway_leaves_everything_empty_and_can_be_done_again(elsewhere, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(restoring, "_put_files", broken)
        with pytest.raises(OSError, match="plus de place"):
            restore(actor=SYSTEM, data=elsewhere.data, keys=elsewhere.keys)
    assert unfinished() is None
    restore(actor=SYSTEM, data=elsewhere.data, keys=elsewhere.keys)
    assert Person.objects.get().name == "Awa Diallo"


def test_a_restore_stopped_before_its_end_is_said_and_finished(elsewhere, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(restoring, "finish_erasures", broken)
        with pytest.raises(OSError, match="plus de place"):
            restore(actor=SYSTEM, data=elsewhere.data, keys=elsewhere.keys)
    with pytest.raises(Refused, match="--reprendre"):
        restore(actor=SYSTEM, data=elsewhere.data, keys=elsewhere.keys)
    assert finish(actor=SYSTEM).number == 1
    with pytest.raises(Refused, match="Aucune restauration"):
        finish(actor=SYSTEM)


def test_a_restore_cut_by_the_machine_is_begun_again_on_demand(elsewhere, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(restoring, "_take_away", lambda: None)  # as if the power went
        patch.setattr(restoring, "_put_files", broken)
        with pytest.raises(OSError, match="plus de place"):
            restore(actor=SYSTEM, data=elsewhere.data, keys=elsewhere.keys)
    with pytest.raises(Refused, match="--recommencer"):
        restore(actor=SYSTEM, data=elsewhere.data, keys=elsewhere.keys)
    with pytest.raises(Refused, match="Aucune restauration n’attend"):
        finish(actor=SYSTEM)
    assert restore(actor=SYSTEM, data=elsewhere.data, keys=elsewhere.keys, again=True).number == 1


def test_a_session_closed_since_the_backup_does_not_come_back(tmp_path):
    with installation(tmp_path / "avant"):
        cast = cast_module.build()
        Session.objects.create(session_key="a" * 32, expire_date=now() + dt.timedelta(hours=9), user=cast.samia.user)
        copies = back_up(tmp_path / "sauvegardes")
    with installation(tmp_path / "apres", migrated=False):
        restore(actor=SYSTEM, data=copies.data, keys=copies.keys)
        assert Session.objects.count() == 0


def test_nobody_but_the_installation_itself_backs_up_or_restores(cast, tmp_path):
    for person in cast.people().values():
        with pytest.raises(NotAllowed):
            take_backup(actor=person.actor)
        with pytest.raises(NotAllowed):
            restore(actor=person.actor, data=tmp_path, keys=tmp_path)
