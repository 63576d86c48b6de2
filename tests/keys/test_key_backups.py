"""The store of keys is copied apart, and the day a destroyed key is nowhere any more is known."""

import datetime as dt

import pytest
import time_machine

from entremise.core import crypto
from entremise.core.errors import Refused
from entremise.core.ids import uuid7
from entremise.core.time import now, today
from entremise.keys import queries, services
from entremise.keys.models import DataKey, KeyBackup
from entremise.keys.services import backups
from entremise.keys.services.master import write_key

pytestmark = pytest.mark.django_db


def back_up(tmp_path, days=30):
    backup = services.back_up_keys(folder=tmp_path / "cles", kept=dt.timedelta(days=days), epoch=4)
    return tmp_path / "cles" / backup.file_name


def known(count=3):
    scopes = [services.person_scope(uuid7()) for _ in range(count)]
    return scopes, [crypto.seal_text(scope, f"mot {rank}", "x") for rank, scope in enumerate(scopes)]


def test_keys_come_back_as_they_were_except_those_of_the_erased(tmp_path):
    scopes, tokens = known()
    path = back_up(tmp_path)
    services.destroy_keys([scopes[0]])
    traces = services.known_traces()
    DataKey.objects.all().delete()
    assert services.load_keys(path, traces) == 3
    crypto.key_provider().forget()
    assert crypto.open_text(tokens[1], "x") == "mot 1"
    with pytest.raises(crypto.KeyDestroyed):
        crypto.open_text(tokens[0], "x")
    assert services.head_of(path).epoch == 4


def test_a_backup_of_keys_is_unreadable_without_the_master_key_and_names_nobody(tmp_path):
    scopes, _ = known(1)
    content = back_up(tmp_path).read_bytes()
    assert str(scopes[0].identifier).encode() not in content
    assert scopes[0].identifier.bytes not in content


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content[:-1],
        lambda content: content[: len(content) // 2],
        lambda content: content + b"\x00",
        lambda content: b"",
        lambda content: content[:60] + bytes([content[60] ^ 1]) + content[61:],
    ],
)
def test_a_cut_or_altered_file_of_keys_is_refused_by_its_name(tmp_path, change):
    known()
    path = back_up(tmp_path)
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(Refused, match=f"{path.name} » est altéré ou incomplet"):
        services.head_of(path)


def test_a_missing_file_of_keys_is_said(tmp_path):
    with pytest.raises(Refused, match="ne peut pas être lu"):
        services.head_of(tmp_path / "rien.cles")


def test_a_file_of_keys_under_another_master_key_is_refused(tmp_path, settings):
    known()
    path = back_up(tmp_path)
    settings.MASTER_KEY = write_key(b"2" * 32)
    with pytest.raises(Refused, match="n’est pas celle du fichier de clés"):
        services.head_of(path)


def test_a_disk_full_while_keys_are_written_leaves_neither_file_nor_line(tmp_path, monkeypatch):
    known()
    before = back_up(tmp_path)
    monkeypatch.setattr("entremise.core.sealing.os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "plein")))
    with pytest.raises(OSError, match="plein"):
        back_up(tmp_path)
    assert [path.name for path in (tmp_path / "cles").iterdir()] == [before.name]
    assert KeyBackup.objects.count() == 1


def test_a_destroyed_key_lapses_with_the_last_backup_taken_before():
    assert queries.lapses_on(now()) == today()


def test_the_day_it_lapses_is_never_told_too_early(tmp_path):
    back_up(tmp_path)
    destroyed = now()
    with time_machine.travel(destroyed + dt.timedelta(days=3)):
        back_up(tmp_path)  # taken after: the key is not there
    assert queries.lapses_on(destroyed) == today() + dt.timedelta(days=30)


def test_thirty_days_is_the_longest_a_backup_of_keys_is_kept(tmp_path):
    back_up(tmp_path, days=400)
    assert KeyBackup.objects.get().lapses_at - KeyBackup.objects.get().taken_at == dt.timedelta(days=30)


def test_lapsed_backups_are_removed_and_forgotten_ones_found_again(tmp_path):
    old = back_up(tmp_path, days=2)
    KeyBackup.objects.all().delete()
    assert services.adopt_key_files(tmp_path / "cles") == 1
    assert services.adopt_key_files(tmp_path / "cles") == 0
    with time_machine.travel(now() + dt.timedelta(days=31)):
        fresh = back_up(tmp_path)
        assert services.remove_lapsed_keys(tmp_path / "cles") == 1
        assert queries.key_backups().count == 1
        assert queries.newest_key_backup() == fresh.name
    assert not old.exists()


def test_a_backup_that_was_away_when_it_lapsed_goes_as_soon_as_it_is_back(tmp_path):
    path = back_up(tmp_path)
    away = path.rename(tmp_path / "disque-debranche")
    with time_machine.travel(now() + dt.timedelta(days=31)):
        assert services.remove_lapsed_keys(tmp_path / "cles") == 1
        away.rename(path)
        assert services.adopt_key_files(tmp_path / "cles") == 1
        assert services.remove_lapsed_keys(tmp_path / "cles") == 1
    assert not path.exists()


def test_a_backup_that_cannot_be_removed_does_not_keep_the_others(tmp_path):
    stubborn, other = back_up(tmp_path), back_up(tmp_path)
    stubborn.unlink()
    stubborn.mkdir()  # what no removal of a file takes away
    with time_machine.travel(now() + dt.timedelta(days=31)):
        assert services.remove_lapsed_keys(tmp_path / "cles") == 1
        assert not other.exists()
        assert KeyBackup.objects.get(removed_at=None).file_name == stubborn.name  # tried again next time


def test_the_same_traces_twice_and_a_torn_last_line_do_no_harm(settings):
    scopes, _ = known(3)
    services.destroy_keys(scopes[:2])
    with settings.TOMBSTONES_FILE.open("ab") as file:
        file.write('{"kind": "person", "id": "é'.encode()[:-1])  # cut in the middle of a letter
    assert len(services.outside_traces()) == 2
    services.destroy_keys(scopes[2:])  # the next erasure is not lost with the torn line
    traces = services.outside_traces()
    assert traces.keys() == services.known_traces().keys()
    assert services.adopt_traces(traces) == 0
    assert services.outside_traces().keys() == services.known_traces().keys()


def test_lines_longer_than_a_chunk_are_read_whole():
    assert list(backups._split([b"a", b"b\ncc", b"c\n", b"d"])) == [b"ab", b"ccc", b"d"]
