"""A backup comes back whole, on both engines, and nobody who was erased comes back with it."""

import pytest
from django.conf import settings

from entremise.accounts.models import User
from entremise.core import verify
from entremise.journal.models import Entry
from entremise.keys.models import DataKey
from entremise.keys.services import outside_traces
from entremise.privacy.enums import ErasureGround
from entremise.privacy.models import Person
from entremise.privacy.services import erase_persons
from entremise.privacy.services.backups import restore
from tests import cast as cast_module
from tests.privacy.backup_world import SYSTEM, back_up, installation

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
    assert b"Awa" not in copies.data.read_bytes()
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
