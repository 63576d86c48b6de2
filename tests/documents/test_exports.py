"""A list leaves whole, to the one who asked, while they may see it, and nothing is left behind."""

import dataclasses
import datetime as dt
import io
import os
import time
import uuid
from types import SimpleNamespace

import pytest
import python_calamine
import time_machine
from django.http import QueryDict
from django.urls import reverse

from entremise.accounts.models import Member
from entremise.core import schedule, verify
from entremise.core.actor import system_actor
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.time import now, today
from entremise.documents import exports, queries, registry, services, tasks
from entremise.documents.enums import Failure, FileStatus
from entremise.documents.models import GeneratedFile
from entremise.documents.services import lists, preparation
from entremise.journal.models import Entry
from tests.documents.world import numbers
from tests.retention import carry_out

pytestmark = pytest.mark.django_db(transaction=False)
LONG = 41


@pytest.fixture(autouse=True)
def _own_folder_and_a_small_limit(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "files"
    assert lists.AT_ONCE == 5_000
    monkeypatch.setattr(lists, "AT_ONCE", LONG - 1)


@pytest.fixture
def queue(monkeypatch):
    """What was put in the work queue."""
    asked = []
    monkeypatch.setattr(tasks, "prepare_file", SimpleNamespace(enqueue=asked.append))
    return asked


def rows_of(content):
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def ask(person, count=LONG, params=""):
    with numbers(count):
        return services.export_list(actor=person.actor, code="numbers", params=QueryDict(params)).later


def prepare(file, **options):
    with numbers(LONG, **options):
        preparation.write_file(file.pk)
    file.refresh_from_db()
    return file


def take(person, file):
    with numbers():
        found = services.download_file(actor=person.actor, file_id=file.pk)
        return found, b"".join(found.chunks)


def on_disk():
    return sorted(path.relative_to(preparation.folder()).as_posix() for path in preparation.folder().rglob("*"))


# --- at once --------------------------------------------------------------------------------------------------------


def test_a_short_list_arrives_at_once_with_its_filters(cast, signed_in):
    with numbers(3):
        response = signed_in(cast.samia).post(
            reverse("documents:export", args=["numbers"]), {"lieu": "hall", "page": "4", "vide": ""}
        )
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="nombres-dessai-{today()}.xlsx"'
    assert response["Cache-Control"] == "no-store"
    lines = rows_of(response.content)
    assert lines[0] == ["Texte", "Rang", "Pour", "Lieu"]
    assert lines[3] == ["=Ligne 2", 2.0, str(cast.samia.actor.member_id), "hall"]
    entry = Entry.objects.get(name="list.exported")
    assert entry.payload["codes"] == {"list": "numbers", "rows": 3, "filters": ["lieu"]}


def test_a_list_is_refused_without_its_permission(cast, signed_in):
    with numbers():
        assert signed_in(cast.leo).post(reverse("documents:export", args=["numbers"])).status_code == 403
    assert not Entry.objects.filter(name="list.exported").exists()


def test_an_unknown_list_is_not_found(cast, signed_in):
    assert signed_in(cast.samia).post(reverse("documents:export", args=["rien"])).status_code == 404


def test_an_address_opened_by_mistake_changes_nothing(cast, signed_in):
    with numbers():
        assert signed_in(cast.samia).get(reverse("documents:export", args=["numbers"])).status_code == 405


def test_the_longest_list_that_arrives_at_once(cast, queue):
    with numbers(LONG - 1):
        result = services.export_list(actor=cast.samia.actor, code="numbers", params=QueryDict())
    assert (result.later, len(rows_of(result.content))) == (None, LONG)


def test_the_system_has_no_page_of_exports(cast, queue):
    with numbers(LONG) as export:
        open_to_all = exports.Export(**{**vars(export), "permission": "tests.anyone"})
        registry._exports["numbers"] = open_to_all
        with pytest.raises(NotAllowed):
            services.export_list(actor=system_actor(cast.organisation.pk), code="numbers", params=QueryDict())


def test_the_button_of_a_list_posts_its_filters(cast, rf):
    from django.template.loader import render_to_string

    request = rf.get("/", {"lieu": ["hall", 'cave"><script>'], "page": "2"})
    html = render_to_string("documents/_export_button.html", {"code": "numbers"}, request=request)
    assert html.count('name="lieu"') == 2
    assert "<script>" not in html
    assert f'action="{reverse("documents:export", args=["numbers"])}"' in html
    assert "csrfmiddlewaretoken" in html


def test_a_code_names_one_list():
    with numbers() as known:
        exports.register("numbers", known)
        with pytest.raises(ValueError, match="twice"):
            exports.register("numbers", exports.Export("Autre", "x.y", [], lambda *_: [], lambda *_: 0))


# --- by the work queue ----------------------------------------------------------------------------------------------


def test_a_long_list_is_prepared_sealed_and_taken_by_its_requester(cast, queue):
    file = ask(cast.samia, params="lieu=hall&lieu=cave")
    assert queue == [str(file.pk)]
    assert (file.status, file.progress_total) == (FileStatus.ATTENTE, LONG)
    prepare(file)
    assert (file.status, file.progress_done, file.failure) == (FileStatus.PRETE, LONG, "")
    assert on_disk() == [file.file_name, "travail"]
    assert b"Ligne" not in (preparation.folder() / file.file_name).read_bytes()
    found, content = take(cast.samia, file)
    lines = rows_of(content)
    assert len(lines) == LONG + 1
    assert lines[1] == ["=Ligne 0", 0.0, str(cast.samia.actor.member_id), "cave"]
    assert len(content) == found.size == file.size
    file.refresh_from_db()
    assert file.downloaded_count == 1
    names = [entry.name for entry in Entry.objects.filter(target_id=file.pk).order_by("sequence")]
    assert names == ["export.requested", "export.prepared", "export.downloaded"]


def test_what_is_stored_and_queued_holds_codes_only(cast, queue):
    for params in ("q=Madame Dupont", "nom=Élodie", "lieu=" + "a" * 100, "a b=1"):
        with pytest.raises(InvalidInput) as refusal:
            ask(cast.samia, params=params)
        assert "sans recherche par mots" in refusal.value.errors["__all__"][0]
    assert queue == []
    assert not GeneratedFile.objects.exists()


def test_a_filter_declared_as_words_is_never_stored(cast, queue):
    with numbers(LONG) as export:
        worded = exports.Export(**{**vars(export), "words": frozenset({"q"})})
        registry._exports["numbers"] = worded
        with pytest.raises(InvalidInput):
            services.export_list(actor=cast.samia.actor, code="numbers", params=QueryDict("q=dupont"))


def test_asking_twice_gives_the_same_place_in_the_queue(cast, queue):
    assert ask(cast.samia) == ask(cast.samia)
    assert len(queue) == 1


def test_one_person_cannot_fill_the_queue(cast, queue):
    for lieu in "abc":
        ask(cast.samia, params=f"lieu={lieu}")
    with pytest.raises(InvalidInput, match="Trois exports"):
        ask(cast.samia, params="lieu=d")
    assert ask(cast.paul) is not None


def test_another_member_and_a_stranger_find_nothing(cast, queue, signed_in):
    file = prepare(ask(cast.samia))
    for person in (cast.paul, cast.claire, cast.alban, cast.ines):
        client = signed_in(person)
        for name in ("download", "erase", "retry"):
            assert client.post(reverse(f"documents:{name}", args=[file.pk])).status_code == 404
        assert list(queries.list_files(person.actor)) == []
    assert list(queries.list_files(system_actor(cast.organisation.pk))) == []


def test_the_permission_is_asked_again_when_the_work_is_done(cast, queue):
    file = ask(cast.samia)
    Member.objects.filter(pk=cast.samia.member.pk).update(roles=["lecteur"])
    prepare(file)
    assert (file.status, file.failure) == (FileStatus.ECHEC, Failure.DROIT)
    assert on_disk() == ["travail"]


def test_the_work_of_someone_who_left_is_not_done(cast, queue):
    file = ask(cast.samia)
    Member.objects.filter(pk=cast.samia.member.pk).update(left_at=now())
    assert prepare(file).failure == Failure.DROIT
    other = ask(cast.paul)
    Member.objects.filter(pk=cast.paul.member.pk).update(user=None)
    assert prepare(other).failure == Failure.DROIT


def test_the_work_of_someone_who_also_works_elsewhere_is_done_for_the_right_organisation(cast, queue):
    from entremise.accounts import services as accounts

    accounts.add_member(
        actor=system_actor(cast.other_organisation.pk), user=cast.samia.user, roles=["mediateur"], team_ids=[]
    )
    file = ask(cast.samia)
    Member.objects.filter(pk=cast.samia.member.pk).update(left_at=now())
    assert prepare(file).failure == Failure.DROIT


def test_the_permission_is_asked_again_when_the_file_is_taken(cast, queue):
    file = prepare(ask(cast.samia))
    reader = SimpleNamespace(actor=dataclasses.replace(cast.samia.actor, roles=frozenset({"lecteur"})))
    with pytest.raises(NotAllowed):
        take(reader, file)


def test_a_list_that_no_module_declares_any_more_is_a_refusal(cast, queue):
    file = ask(cast.samia)
    preparation.write_file(file.pk)
    file.refresh_from_db()
    assert (file.status, file.title) == (FileStatus.ECHEC, "numbers")


def test_a_fault_in_the_list_leaves_nothing_and_says_so(cast, queue):
    def broken(actor, params):
        yield ("a", 1, "b", "c")
        raise RuntimeError("Madame Dupont")

    file = prepare(ask(cast.samia), rows=broken)
    assert (file.status, file.failure) == (FileStatus.ECHEC, Failure.ERREUR)
    assert on_disk() == ["travail"]
    assert "Dupont" not in repr(list(Entry.objects.values()))


def test_a_link_lasts_two_days(cast, queue):
    file = prepare(ask(cast.samia))
    with time_machine.travel(now() + dt.timedelta(hours=47), tick=False):
        take(cast.samia, file)
    with time_machine.travel(now() + dt.timedelta(hours=49), tick=False):
        with pytest.raises(NotFound):
            take(cast.samia, file)


def test_expired_files_are_erased(cast, queue, django_capture_on_commit_callbacks):
    file = prepare(ask(cast.samia))
    waiting = ask(cast.paul)
    with time_machine.travel(now() + dt.timedelta(hours=49), tick=False):
        with django_capture_on_commit_callbacks(execute=True):
            assert carry_out("exports", cast.organisation.pk) == 1
            services.tidy()
    file.refresh_from_db()
    waiting.refresh_from_db()
    assert (file.status, file.file_name) == (FileStatus.EXPIREE, "")
    assert (waiting.status, waiting.failure) == (FileStatus.ECHEC, Failure.DELAI)
    assert on_disk() == ["travail"]
    assert Entry.objects.filter(name="export.erased", target_id=file.pk).count() == 1
    with time_machine.travel(now() + dt.timedelta(days=31), tick=False):
        assert carry_out("exports-traces", cast.organisation.pk) == 2
    assert not GeneratedFile.objects.exists()


def test_its_owner_may_erase_it_sooner(cast, queue, signed_in, django_capture_on_commit_callbacks):
    file = prepare(ask(cast.samia))
    client = signed_in(cast.samia)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("documents:erase", args=[file.pk])).status_code == 302
    assert on_disk() == ["travail"]
    assert client.post(reverse("documents:erase", args=[file.pk])).status_code == 404
    assert client.post(reverse("documents:download", args=[file.pk])).status_code == 404


# --- when the worker dies -------------------------------------------------------------------------------------------


class Killed(BaseException):
    """The worker is stopped at once."""


def test_a_worker_killed_midway_leaves_no_file_and_the_work_begins_again(cast, queue, monkeypatch):
    def killed(actor, params):
        yield ("a", 1, "b", "c")
        raise Killed

    file = ask(cast.samia)
    monkeypatch.setattr(preparation.shutil, "rmtree", lambda *_, **__: None)  # a killed process tidies nothing
    with pytest.raises(Killed), numbers(LONG, rows=killed):
        preparation.write_file(file.pk)
    monkeypatch.undo()
    monkeypatch.setattr(tasks, "prepare_file", SimpleNamespace(enqueue=queue.append))
    file.refresh_from_db()
    assert (file.status, file.file_name) == (FileStatus.EN_COURS, "")
    assert services.restart_stalled() == 0
    with time_machine.travel(now() + dt.timedelta(minutes=16), tick=False):
        assert services.restart_stalled() == 1
        file.refresh_from_db()
        assert queue == [str(file.pk)] * 2
        assert prepare(file).status == FileStatus.PRETE
        services.tidy()
    assert on_disk() == [file.file_name, "travail"]
    assert file.attempt == 2


def test_a_slow_worker_whose_work_was_given_away_gives_up(cast, queue, monkeypatch):
    file = ask(cast.samia)

    def slow(actor, params):
        for index in range(200):
            yield ("a", index, "b", "c")
            if index == 150:
                GeneratedFile.objects.filter(pk=file.pk).update(attempt=7)

    monkeypatch.setattr(preparation, "_BEAT", -1)
    prepare(file, rows=slow)
    assert (file.status, file.attempt, file.file_name) == (FileStatus.EN_COURS, 7, "")
    assert on_disk() == ["travail"]


def test_a_worker_superseded_at_the_last_moment_removes_its_file(cast, queue):
    file = ask(cast.samia)

    def late(actor, params):
        yield ("a", 1, "b", "c")
        GeneratedFile.objects.filter(pk=file.pk).update(attempt=7)

    prepare(file, rows=late)
    assert file.status == FileStatus.EN_COURS
    assert on_disk() == ["travail"]


def test_the_same_work_given_to_two_workers_is_done_once(cast, queue):
    file = prepare(ask(cast.samia))
    name = file.file_name
    assert prepare(file).file_name == name
    assert file.attempt == 1
    preparation.write_file(uuid.uuid4())


def test_work_that_fails_three_times_is_given_up_and_may_be_asked_again(cast, queue, signed_in):
    file = ask(cast.samia)
    old = now() - dt.timedelta(minutes=20)
    GeneratedFile.objects.filter(pk=file.pk).update(status=FileStatus.EN_COURS, attempt=3, progress_at=old)
    assert services.restart_stalled() == 0
    file.refresh_from_db()
    assert (file.status, file.failure) == (FileStatus.ECHEC, Failure.DELAI)
    with numbers():
        assert signed_in(cast.samia).post(reverse("documents:retry", args=[file.pk])).status_code == 302
        assert signed_in(cast.samia).post(reverse("documents:retry", args=[file.pk])).status_code == 404
    assert len(queue) == 2
    assert prepare(file).status == FileStatus.PRETE


def test_the_progress_is_recorded_while_rows_are_written(cast, queue, monkeypatch):
    file, seen = ask(cast.samia), []
    monkeypatch.setattr(preparation, "_BEAT", -1)

    def watched(actor, params):
        for index in range(301):
            yield ("a", index, "b", "c")
            seen.append(GeneratedFile.objects.get(pk=file.pk).progress_done)

    prepare(file, rows=watched)
    assert sorted(set(seen)) == [0, 100, 200, 300]


def test_stray_files_are_removed_but_not_those_being_written(cast, queue):
    kept = prepare(ask(cast.samia))
    folder = preparation.folder()
    (folder / "recent.partiel").write_bytes(b"x")
    (folder / "ancien.scelle").write_bytes(b"x")
    hour_ago = time.time() - 3600
    os.utime(folder / "ancien.scelle", (hour_ago, hour_ago))
    (folder / "travail" / "mort-1").mkdir()
    services.tidy()
    assert on_disk() == [kept.file_name, "recent.partiel", "travail"]


def test_a_damaged_file_is_not_given_and_says_what_to_do(cast, queue, signed_in):
    file = prepare(ask(cast.samia))
    path = preparation.folder() / file.file_name
    path.write_bytes(path.read_bytes()[:-40])
    with numbers():
        response = signed_in(cast.samia).post(reverse("documents:download", args=[file.pk]), follow=True)
    assert "abîmé" in response.content.decode()
    assert not Entry.objects.filter(name="export.downloaded").exists()


def test_verify_reads_every_ready_file_to_its_end(cast, queue):
    def finding():
        return next(found for found in verify.run() if found.name == "documents.exports")

    file = prepare(ask(cast.samia))
    assert finding().holds
    path = preparation.folder() / file.file_name
    path.write_bytes(path.read_bytes()[:-1])
    assert not finding().holds


def test_the_hourly_work_does_both(cast, queue):
    job = dict(schedule.jobs())["documents.exports"]
    assert job() == "0 exports repris"


# --- the page -------------------------------------------------------------------------------------------------------


def test_the_page_teaches_its_first_gesture(cast, signed_in):
    response = signed_in(cast.samia).get(reverse("documents:exports"))
    assert "Depuis une liste" in response.content.decode()


def test_the_page_shows_each_state_and_the_fragment_is_the_same(cast, queue, signed_in):
    client = signed_in(cast.samia)
    ready = prepare(ask(cast.samia))
    failed = ask(cast.samia, params="lieu=a")
    GeneratedFile.objects.filter(pk=failed.pk).update(status=FileStatus.ECHEC, failure=Failure.DROIT)
    erased = ask(cast.samia, params="lieu=b")
    GeneratedFile.objects.filter(pk=erased.pk).update(status=FileStatus.EXPIREE)
    waiting = ask(cast.samia, params="lieu=c")
    with numbers():
        page = client.get(reverse("documents:exports")).content.decode()
        fragment = client.get(reverse("documents:exports"), headers={"HX-Request": "true"}).content.decode()
    for text in (page, fragment):
        assert "1 en préparation, 1 prêt." in text
        assert reverse("documents:download", args=[ready.pk]) in text
        assert "Vous n’avez plus accès" in text
        assert reverse("documents:retry", args=[failed.pk]) in text
        assert f'id="p-{waiting.pk}"' in text
        assert "every 2s" in text
        assert "Nombres d’essai" in text
    assert "<html" not in fragment


def test_the_page_no_longer_polls_when_nothing_is_in_preparation(cast, queue, signed_in):
    file, client = ask(cast.samia), signed_in(cast.samia)
    assert "HX-Trigger" not in client.get(reverse("documents:exports"), headers={"HX-Request": "true"}).headers
    prepare(file)
    assert "every 2s" not in client.get(reverse("documents:exports")).content.decode()
    last = client.get(reverse("documents:exports"), headers={"HX-Request": "true"})
    assert "annonce" in last["HX-Trigger"]


def test_the_page_costs_the_same_whatever_the_number_of_exports(cast, queue, signed_in, django_assert_max_num_queries):
    client = signed_in(cast.samia)
    counts = []
    for lieu in "abc":
        ask(cast.samia, params=f"lieu={lieu}")
        with django_assert_max_num_queries(20) as captured:
            client.get(reverse("documents:exports"))
        counts.append(len(captured))
    assert counts[1] == counts[2]


def test_a_request_from_the_page_leads_to_the_list_of_exports(cast, queue, signed_in):
    client = signed_in(cast.samia)
    with numbers(LONG):
        response = client.post(reverse("documents:export", args=["numbers"]), {"lieu": "hall"}, follow=True)
        assert "sa préparation a commencé" in response.content.decode()
        refused = client.post(reverse("documents:export", args=["numbers"]), {"q": "Madame D."}, follow=True)
        assert "sans recherche par mots" in refused.content.decode()


def test_the_file_is_taken_from_the_page(cast, queue, signed_in):
    file = prepare(ask(cast.samia))
    with numbers():
        response = signed_in(cast.samia).post(reverse("documents:download", args=[file.pk]))
    content = b"".join(response.streaming_content)
    assert len(content) == int(response["Content-Length"])
    assert len(rows_of(content)) == LONG + 1
    assert response["Content-Disposition"].startswith("attachment; filename=")


def test_the_task_takes_an_identifier(cast, monkeypatch):
    seen = []
    monkeypatch.setattr(tasks, "write_file", seen.append)
    identifier = uuid.uuid4()
    tasks.prepare_file.call(str(identifier))
    assert seen == [identifier]


def test_without_a_source_of_actors_nothing_is_prepared(monkeypatch):
    monkeypatch.setattr(registry, "_actor_source", None)
    with pytest.raises(RuntimeError):
        registry.actor_of(None)
