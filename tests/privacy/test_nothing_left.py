"""After an erasure, nothing of a person can be read anywhere: bytes of files and databases, sealed values."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from entremise.core.crypto import KeyDestroyed, open_text
from entremise.core.db import EncryptedTextField, Sealed
from entremise.core.ids import uuid7
from entremise.core.time import now, today
from entremise.documents.models import GeneratedFile
from entremise.documents.sealing import open_file
from entremise.documents.services import export_list, lists
from entremise.documents.services.preparation import associated, folder, write_file
from entremise.interventions import services as acts
from entremise.interventions.commands import RecordIntervention
from entremise.keys.models import DataKey, Tombstone
from entremise.keys.services import erased_scopes
from entremise.places.services import create_sector, create_site
from entremise.privacy.models import DataRequest, Person
from entremise.privacy.services import finish_erasures
from entremise.privacy.services.rights import check_identity, match_person
from tests import cast as cast_module
from tests.privacy.backup_world import installation
from tests.privacy.raw_search import forms_of, found_in, kept_in

pytestmark = pytest.mark.django_db

# Words nobody else would write; one carries an accent, which JSON and other encodings may hide.
NAME, PHONE, NOTE = "Zénobie Quillevéré", "06 99 88 77 12", "sonner-au-zarafon"
NARRATIVE, PARTY, LABEL, REMINDER = (
    "la-flûte-ocarivore",
    "la-tante-quimperloise",
    "repère-mirabolin",
    "voir-le-bivalvier",
)
ASKED, REPLY, MANDATE = "tout-sur-le-kroumir", "chez-la-galopine", "Barnabé Farfelondin"
WORDS = (NAME, PHONE, NOTE, NARRATIVE, PARTY, LABEL, REMINDER, ASKED, REPLY, MANDATE)


@pytest.fixture
def logs():
    """What the product's own handler writes, as it would in production."""
    handler = next(one for one in logging.getLogger().handlers if "json" in repr(one.formatter).lower() or one.filters)
    written = io.StringIO()
    usual = handler.setStream(written)
    yield written
    handler.setStream(usual)


def test_nothing_of_an_erased_person_is_left_anywhere(tmp_path, monkeypatch, settings, logs):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with installation(tmp_path / "ici") as place:
        cast = cast_module.build()
        person, dora = live(cast, monkeypatch)
        tokens = list(sealed_words())
        assert {word for word, *_ in tokens} >= {NAME, PHONE, NOTE, NARRATIVE, PARTY, LABEL, REMINDER, ASKED, MANDATE}
        wrapped = bytes(DataKey.objects.get(scope_id=person.pk).wrapped)
        files = [(folder() / file.file_name, associated(file)) for file in GeneratedFile.objects.order_by("kind")]
        copy_of_the_file, _list_of_acts = [(path.name, path.read_bytes(), bound) for path, bound in files]
        assert kept_in(place, wrapped) == ["cles"]

        erase(dora, person)

        assert finish_erasures() == 0
        assert erased_scopes("person") == []
        assert found_in(place, [form for word in WORDS for form in forms_of(word)]) == []
        assert kept_in(place, wrapped) == []
        for _, token, bound in tokens:
            with pytest.raises(KeyDestroyed):
                open_text(token, bound)
        assert [path for path, _ in files if path.exists()] == []
        name, content, bound = copy_of_the_file  # kept by somebody who copied the disk the day before
        (place / name).write_bytes(content)
        with pytest.raises(KeyDestroyed):
            b"".join(open_file(place / name, bound))
        assert DBTaskResult.objects.filter(task_path__contains="prepare_file").count() == 2  # the queue was read too
    said = logs.getvalue()
    assert "privacy:request_erase" in said
    assert [word for word in WORDS for form in forms_of(word) if form.decode("latin-1") in said] == []


def live(cast, monkeypatch) -> tuple[Person, Client]:
    """Everything the product keeps about someone: pages, threads, acts, requests, exports, copies."""
    samia, dora = browser(cast.samia), browser(cast.dora)
    opened = samia.post(
        reverse("privacy:open_person"),
        {
            "team_id": str(cast.team.pk),
            "name": NAME,
            "name_reason": "rappel",
            "phone": PHONE,
            "contact_reason": "rappel",
            "contact_way": "appel",
            "contact_note": NOTE,
            "birth_year": "1971",
            "speaks": ["fr"],
            "anyway": "1",
        },
    )
    assert opened.status_code == 302, opened.content.decode()
    person = Person.objects.get()
    told = {"purpose": "suivi", "manner": "mandat", "mandate_quality": "tuteur", "mandate_by": MANDATE}
    told |= {"language": "fr", "interpreter": "aucun", "happened_on": today().isoformat()}
    given = samia.post(reverse("privacy:give_agreement", args=[person.pk]), told)
    assert given.status_code == 302, given.content.decode()
    samia.post(reverse("privacy:give_agreement", args=[person.pk]), {**told, "purpose": "ailleurs"})  # refused
    write_about(cast, person)
    ask(samia, dora, cast, person)
    prepare(cast, dora, monkeypatch)
    return person, dora


def write_about(cast, person: Person) -> None:
    """A thread about them, with an act, its correction and a reminder."""
    sector = create_sector(actor=cast.claire.actor, name="Le Port")
    site = create_site(actor=cast.claire.actor, name="Hall 4", space_type="hall", sector_id=sector.pk)
    act = RecordIntervention(
        id=uuid7(),
        team_id=cast.team.pk,
        site_id=site.pk,
        occurred_at=now(),
        registers=("conflit_temps_reel",),
        outcome="apaise",
        tension_before=3,
        tension_after=1,
        narrative=NARRATIVE,
        party_a=PARTY,
    )
    acts.record_intervention(actor=cast.samia.actor, command=act)
    thread = acts.open_thread(actor=cast.samia.actor, intervention_id=act.id, label=LABEL)
    acts.link_person(actor=cast.samia.actor, thread_id=thread.pk, person_id=person.pk)
    acts.set_reminder(actor=cast.samia.actor, thread_id=thread.pk, on=today(), note=REMINDER)


def ask(samia: Client, dora: Client, cast, person: Person) -> None:
    """An access and an erasure, passed on by the mediator, matched and checked by the officer."""
    for kind in ("acces", "effacement"):
        facts = {"kind": kind, "received_on": today().isoformat(), "channel": "vive_voix", "words": ASKED}
        assert samia.post(reverse("privacy:request_record"), {**facts, "reply_to": REPLY}).status_code == 302
    samia.post(reverse("privacy:request_record"), {"kind": "acces", "words": ASKED})  # refused
    for request in DataRequest.objects.all():
        match_person(actor=cast.dora.actor, request_id=request.pk, reference=person.reference)
        check_identity(actor=cast.dora.actor, request_id=request.pk, how="reconnue")
    dora.get(reverse("privacy:request_dossier", args=[DataRequest.objects.get(kind="acces").pk]))


def prepare(cast, dora: Client, monkeypatch) -> None:
    """A long list that holds their words, and the copy of their file."""
    monkeypatch.setattr(lists, "AT_ONCE", -1)
    later = export_list(actor=cast.samia.actor, code="interventions", params=QueryDict("periode=tout")).later
    dora.post(reverse("privacy:request_copy", args=[DataRequest.objects.get(kind="acces").pk]))
    write_file(later.pk)
    write_file(GeneratedFile.objects.get(kind="dossier-personne").pk)
    assert set(GeneratedFile.objects.values_list("status", flat=True)) == {"prete"}


def erase(dora: Client, person: Person) -> None:
    """Through the page, its reference typed."""
    request = DataRequest.objects.get(kind="effacement")
    done = dora.post(reverse("privacy:request_erase", args=[request.pk]), {"reference": person.reference})
    assert done.status_code == 302, done.content.decode()
    assert Tombstone.objects.filter(scope_id=person.pk).exists()


def browser(person) -> Client:
    client = Client()
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["organisation"], session["second_factor_done"] = str(person.actor.organisation_id), True
    session.save()
    return client


def sealed_words() -> Iterator[tuple[str, str, str]]:
    """Each sealed value that holds one of the words: the word, the token, what it is bound to."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if not isinstance(field, EncryptedTextField):
                continue
            for row in model._default_manager.all():
                token = row.__dict__[field.attname]
                bound = field.associated_data(row)
                if isinstance(token, Sealed):
                    clear = open_text(token, bound)
                    yield from ((word, str(token), bound) for word in WORDS if word in clear)
