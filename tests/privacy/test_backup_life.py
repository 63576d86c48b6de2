"""Backups take themselves each night, are rehearsed each month, and a failure is said while the others stay."""

import datetime as dt
import errno
import io
import os

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command

from entremise.accounts.models import User
from entremise.core import verify
from entremise.core.errors import Refused
from entremise.core.verify import Finding
from entremise.journal.models import Entry
from entremise.keys.models import KeyBackup
from entremise.keys.services import master_key
from entremise.keys.services.master import write_key
from entremise.privacy.models import Backup, Person, Rehearsal
from entremise.privacy.services import backups
from entremise.privacy.services.backups import engines, keeping, taking
from tests import cast as cast_module
from tests.privacy.backup_world import SYSTEM, back_up, installation
from tests.privacy.test_backups import followed

pytestmark = pytest.mark.django_db
NIGHT = dt.datetime(2031, 3, 4, 2, 30, tzinfo=dt.UTC)


@pytest.fixture
def home(tmp_path):
    """A small installation whose folders of backups are set."""
    with installation(tmp_path / "maison"):
        cast = cast_module.build()
        followed(cast, "24-1", "Awa Diallo")
        settings.BACKUPS, settings.KEY_BACKUPS = tmp_path / "donnees", tmp_path / "cles"
        yield cast


def kept():
    return sorted(path.name for path in settings.BACKUPS.glob("*.entremise*"))


def findings():
    return {finding.name: finding for finding in verify.run() if finding.name.startswith(("sauvegardes", "cles"))}


def test_nights_and_months_go_by(home):
    with time_machine.travel(NIGHT, tick=False) as clock:
        assert backups.tick().startswith("1 prise, 1 répétée")
        assert backups.tick().startswith("0 prise, 0 répétée")
        assert Rehearsal.objects.get().held, Rehearsal.objects.get().failed
        assert {name: f.sentence for name, f in findings().items() if not f.holds} == {}
        clock.shift(dt.timedelta(hours=24))
        assert backups.tick().startswith("1 prise, 0 répétée")
        clock.shift(dt.timedelta(days=31, hours=9))  # a machine asleep for a month, at noon
        assert backups.tick().startswith("1 prise, 1 répétée, 2 retirées")  # the keys of the first nights
        assert KeyBackup.objects.filter(removed_at=None).count() == 1
        assert len(list(settings.KEY_BACKUPS.iterdir())) == 1
        clock.shift(dt.timedelta(days=70))
        backups.tick()
        assert len(kept()) == 2
        assert Backup.objects.kept().count() == 2
        names = Entry.objects.filter(name__startswith="backup.").values_list("name", flat=True)
        assert sorted(set(names)) == ["backup.rehearsed", "backup.taken"]
    assert Person.objects.get().name == "Awa Diallo"
    assert User.objects.count() == 9


def test_a_backup_that_would_not_serve_is_found_by_the_rehearsal(home):
    backup = backups.take_backup(actor=SYSTEM)
    path = settings.BACKUPS / backup.file_name
    path.write_bytes(path.read_bytes()[:-1])
    rehearsal = backups.rehearse(actor=SYSTEM)
    assert (rehearsal.held, rehearsal.failed) == (False, ["restauration"])
    told = findings()
    assert not told["sauvegardes.derniere"].holds
    assert not told["sauvegardes.repetition"].holds
    with pytest.raises(CommandError, match="n’a pas tenu : restauration"):
        call_command("rehearse", stdout=io.StringIO())
    assert Person.objects.get().name == "Awa Diallo"  # we are home, and nothing of the rehearsal is left
    assert list(settings.DATA_DIR.glob("repetition-*")) == []


def test_what_only_a_working_installation_holds_says_nothing_of_a_copy(home, monkeypatch):
    """An alarm due since the backup was taken is late in the copy: nobody works there."""
    monkeypatch.setattr(verify, "_checks", dict(verify._checks))
    monkeypatch.setattr(verify, "_live", set(verify._live))
    taken_at = settings.DATA_DIR
    verify.register("essai.ouvrier", lambda: Finding("essai.ouvrier", taken_at == settings.DATA_DIR, "en retard"))
    backups.take_backup(actor=SYSTEM)
    assert backups.rehearse(actor=SYSTEM).failed == ["essai.ouvrier"]
    verify.register("essai.ouvrier", verify._checks["essai.ouvrier"], live=True)
    assert backups.rehearse(actor=SYSTEM).held
    assert "securite.minuteurs" in verify._live


def test_a_rehearsal_without_a_backup_says_what_to_do_first(home):
    with pytest.raises(CommandError, match="lancez d’abord"):
        call_command("rehearse")


def full(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("when", ["before", "copying", "writing", "ending"])
def test_a_full_disk_is_said_plainly_and_earlier_backups_stay(home, monkeypatch, when):
    first = back_up(settings.BACKUPS.parent / "d")
    content = first.data.read_bytes()
    with monkeypatch.context() as patch:
        if when == "before":
            space = os.statvfs_result((4096, 4096, 10, 1, 1, 9, 9, 9, 0, 255))
            patch.setattr(taking.os, "statvfs", lambda _: space)
        elif when == "copying":
            patch.setattr(taking.engines, "snapshot", full)
        elif when == "writing":
            patch.setattr(taking, "compressed", full)
        else:
            patch.setattr("entremise.core.sealing.os.fsync", full)
        with pytest.raises(Refused, match=r"les (sauvegardes )?précédentes sont intactes"):
            backups.take_backup(actor=SYSTEM)
    assert kept() == [first.data.name]
    assert first.data.read_bytes() == content
    assert Backup.objects.get(failure="disque").file_name == ""
    assert Entry.objects.filter(name="backup.failed").count() == 1
    assert list(settings.DATA_DIR.glob("sauvegarde-*")) == []
    assert not keeping.backup_is_due()  # not again at once
    assert backups.take_backup(actor=SYSTEM).size > 0


def test_the_wrong_master_key_seals_nothing(home):
    kept_key, settings.MASTER_KEY = settings.MASTER_KEY, write_key(b"7" * 32)
    try:
        with pytest.raises(Refused, match="elle n’ouvre pas ses clés"):
            backups.take_backup(actor=SYSTEM)
    finally:
        settings.MASTER_KEY = kept_key
    assert kept() == []
    assert Backup.objects.get().failure == "cle"
    assert len(master_key()) == 32


@pytest.mark.parametrize("written", ["", "trop court"])
def test_a_missing_or_unreadable_master_key_stops_a_backup_and_the_earlier_ones_stay(home, written):
    first = back_up(settings.BACKUPS.parent / "d")
    content = first.data.read_bytes()
    kept_key, settings.MASTER_KEY = settings.MASTER_KEY, written
    try:
        with pytest.raises(CommandError, match="La clé maîtresse manque ou n’est pas lisible"):
            call_command("backup")
    finally:
        settings.MASTER_KEY = kept_key
    assert first.data.read_bytes() == content
    assert kept() == [first.data.name]


def test_two_backups_at_once_do_not_mix(home):
    with taking.alone(taking.folders()[0]), pytest.raises(Refused, match="en cours"):
        backups.take_backup(actor=SYSTEM)
    working = settings.DATA_DIR / f"{taking.WORK}x"
    with taking.alone(taking.folders()[0]):  # nor when the operator takes one by hand somewhere else
        working.mkdir()
        settings.BACKUPS = settings.BACKUPS.parent / "ailleurs"
        with pytest.raises(Refused, match="en cours"):
            backups.take_backup(actor=SYSTEM)
        assert working.exists()


def test_a_file_that_goes_while_it_is_copied_breaks_nothing(home, monkeypatch):
    kept_file = settings.MEDIA_ROOT / "photos" / "une.scelle"
    kept_file.parent.mkdir(parents=True)
    kept_file.write_bytes(b"x" * 3_000_000)
    entry = taking.Packer.entry

    def goes(self, name, pieces):
        if name.endswith("une.scelle"):
            kept_file.unlink()  # erased by somebody, between its name and its bytes
        yield from entry(self, name, pieces)

    monkeypatch.setattr(taking.Packer, "entry", goes)
    backups.take_backup(actor=SYSTEM)
    assert backups.rehearse(actor=SYSTEM).held


def test_a_backup_that_was_away_is_kept_again_and_goes_in_its_time(home, monkeypatch):
    with time_machine.travel(NIGHT, tick=False) as clock:
        first = backups.take_backup(actor=SYSTEM)
        path = settings.BACKUPS / first.file_name
        away = path.rename(settings.BACKUPS.parent / "disque-debranche")
        backups.adopt()
        assert Backup.objects.get().removed_at is not None
        clock.shift(dt.timedelta(days=settings.BACKUPS_DAYS + 1))
        backups.take_backup(actor=SYSTEM)
        away.rename(path)
        assert backups.adopt() == 1
        stubborn = monkeypatch.context()
        with stubborn as patch:
            patch.setattr(keeping.Path, "unlink", lambda *_, **__: (_ for _ in ()).throw(OSError(30, "lecture seule")))
            assert backups.remove_old() == 0
        assert backups.remove_old() >= 1
    assert not path.exists()


def test_a_backup_cut_by_the_machine_leaves_nothing_behind(home):
    folder, _ = taking.folders()
    (folder / "entremise-x.entremise.partiel").write_bytes(b"x")
    (settings.DATA_DIR / "repetition-x").mkdir()
    backup = backups.take_backup(actor=SYSTEM)
    assert list(settings.DATA_DIR.glob("repetition-*")) == []
    assert kept() == [backup.file_name]


def test_the_commands_say_where_and_how_much(home, tmp_path):
    out = io.StringIO()
    call_command("backup", "--dossier", str(tmp_path / "ici"), stdout=out)
    (data,) = (tmp_path / "ici").glob("*.entremise")
    (keys,) = (tmp_path / "ici" / "cles").glob("*.cles")
    assert data.name in out.getvalue()
    assert data.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="n’est pas vide"):
        call_command("restore", str(data), "--cles", str(keys))
    with pytest.raises(CommandError, match="Donnez la sauvegarde et ses clés"):
        call_command("restore", str(data))
    with pytest.raises(CommandError, match="Aucune restauration"):
        call_command("restore", "--reprendre")


def test_without_a_folder_nothing_is_due_and_the_command_says_what_to_set(settings):
    assert "aucun dossier" in backups.tick()
    with pytest.raises(CommandError, match="ENTREMISE_BACKUPS"):
        call_command("backup")
    assert all(finding.holds for finding in findings().values())


def test_files_found_in_the_folder_are_listed_again(home):
    backup = backups.take_backup(actor=SYSTEM)
    Backup.objects.all().delete()
    (settings.BACKUPS / "autre.entremise").write_bytes(b"illisible")
    assert backups.adopt() == 2
    again = Backup.objects.get(file_name=backup.file_name)
    assert again.taken_at == backup.taken_at
    (settings.BACKUPS / backup.file_name).unlink()
    backups.adopt()
    assert Backup.objects.filter(removed_at=None).count() == 1


@pytest.mark.parametrize(("hours", "clock", "due"), [(3, 2, False), (13, 2, True), (13, 14, False), (27, 14, True)])
def test_a_backup_is_due_at_night_or_when_it_is_late(hours, clock, due):
    at = dt.datetime(2031, 1, 4, clock, 30, tzinfo=dt.UTC)
    Backup.objects.create(taken_at=at - dt.timedelta(hours=hours), engine="sqlite", file_name="a")
    with time_machine.travel(at, tick=False):
        assert keeping.backup_is_due() is due


def test_the_programs_of_postgresql_missing_is_said(monkeypatch):
    monkeypatch.setattr(engines.shutil, "which", lambda _: None)
    with pytest.raises(engines.MissingTool, match="paquet postgresql-client"):
        engines._tool("pg_dump")


def test_writing_goes_on_while_a_backup_is_taken(home, monkeypatch):
    """A person recorded between the copy and its end is not in it, and nothing is torn."""
    compressed = taking.compressed

    def meanwhile(pieces):
        followed(home, "24-9", "Arrivée pendant")
        return compressed(pieces)

    monkeypatch.setattr(taking, "compressed", meanwhile)
    backups.take_backup(actor=SYSTEM)
    assert Person.objects.count() == 2
    assert backups.rehearse(actor=SYSTEM).held
