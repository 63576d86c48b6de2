"""The page of backups says what there is, to those who answer for it, and gives nothing away."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from entremise.core.time import now
from entremise.keys.models import KeyBackup
from entremise.privacy.models import Backup, Rehearsal, RestoreEpoch
from entremise.privacy.setup_backups import waiting_for

pytestmark = pytest.mark.django_db
URL = "/sauvegardes/"


def taken(days, **facts):
    facts = {"file_name": f"entremise-{days}.entremise", "size": 4_800_000, "seconds": 7, **facts}
    return Backup.objects.create(taken_at=now() - dt.timedelta(days=days), engine="sqlite", **facts)


def page(signed_in, person):
    return " ".join(signed_in(person).get(URL).content.decode().split())


@pytest.mark.parametrize("name", ["alban", "dora", "leo"])
def test_the_administrator_the_officer_and_the_auditor_read_it(cast, signed_in, name):
    assert reverse("privacy:backups") == URL
    assert signed_in(cast.people()[name]).get(URL).status_code == 200


@pytest.mark.parametrize("name", ["samia", "claire", "ines", "hugo"])
def test_the_others_do_not(cast, signed_in, name):
    assert signed_in(cast.people()[name]).get(URL).status_code == 403


def test_without_a_folder_the_page_says_what_to_ask(cast, signed_in):
    assert "Rien n’est sauvegardé par Entremise" in page(signed_in, cast.alban)


def test_the_first_day_the_page_says_when_the_first_one_comes(cast, signed_in, settings, tmp_path):
    settings.BACKUPS = tmp_path
    assert "Aucune sauvegarde pour l’instant" in page(signed_in, cast.alban)


def test_the_page_tells_oldest_newest_rehearsal_keys_and_epoch(cast, signed_in, settings, tmp_path):
    settings.BACKUPS = tmp_path
    taken(40)
    taken(0, size=9_000_000)
    taken(100, removed_at=now())
    KeyBackup.objects.create(taken_at=now(), lapses_at=now(), file_name="k")
    Rehearsal.objects.create(taken_at=now(), held=True, seconds=12)
    RestoreEpoch.objects.create(number=3, taken_at=now() - dt.timedelta(days=50))
    shown = page(signed_in, cast.alban)
    for words in ("À jour", "Tout tient", "en 12 s", "4,8\u00a0Mo", "Époque 3", "Retirée", "Sauvegardes des clés"):
        assert " ".join(words.split()) in shown
    assert ".entremise" not in shown
    assert "n’a pas été faite" not in shown


def test_a_failure_a_delay_and_a_rehearsal_that_does_not_hold_are_said(cast, signed_in, settings, tmp_path):
    settings.BACKUPS = tmp_path
    taken(9)
    taken(0, file_name="", failure="disque")
    Rehearsal.objects.create(taken_at=now(), held=False, failed=["journal.chaine"])
    shown = page(signed_in, cast.leo)
    for words in ("La dernière sauvegarde n’a pas été faite", "Plus de place", "En retard", "journal.chaine"):
        assert words in shown


def test_the_page_costs_the_same_at_one_and_three_rows(cast, signed_in, settings, tmp_path, django_assert_num_queries):
    settings.BACKUPS = tmp_path
    client = signed_in(cast.alban)
    taken(1)
    client.get(URL)
    with django_assert_num_queries(9) as counted:
        client.get(URL)
    taken(2), taken(3)
    with django_assert_num_queries(len(counted)):
        client.get(URL)


def test_looking_at_the_page_writes_nothing(cast, signed_in):
    client = signed_in(cast.alban)
    assert client.post(URL).status_code == 405


def waits(person):
    return [(item.label, item.detail) for item in waiting_for(person.actor)]


def test_a_late_backup_and_a_missing_rehearsal_wait_for_the_administrator_alone(cast, settings, tmp_path):
    assert waits(cast.alban) == []  # no folder: the operator backs up otherwise
    settings.BACKUPS = tmp_path
    assert waits(cast.alban) == []  # the first day
    with time_machine.travel(now() + dt.timedelta(days=3)):
        assert waits(cast.alban) == [("sauvegarde en retard", "aucune n’a été prise")]
    taken(41)
    ((late, _), (missing, why)) = waits(cast.alban)
    assert (late, missing, why) == ("sauvegarde en retard", "restauration à répéter", "aucune n’a été faite")
    assert waits(cast.dora) == waits(cast.samia) == []
    taken(1)
    Rehearsal.objects.create(taken_at=now(), held=True)
    assert waits(cast.alban) == []
    Rehearsal.objects.create(taken_at=now(), held=False, failed=["journal.chaine"])
    assert [label for label, _ in waits(cast.alban)] == ["restauration à répéter"]
