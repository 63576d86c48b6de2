"""The copy of a person's file: what is in it, what is told aloud instead, who takes it, how long it lasts."""

import datetime as dt
import json

import pytest
import time_machine
from django.urls import reverse

from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.time import now
from entremise.documents.models import GeneratedFile
from entremise.documents.services import check_pdf, download_file
from entremise.documents.services.preparation import folder, write_file
from entremise.journal.models import Entry
from entremise.privacy.dossier import JSON_SCHEMA
from entremise.privacy.models import DataRequest
from entremise.privacy.services.access import open_dossier, prepare_access_file
from entremise.privacy.services.requests import Answer, answer_request, match_person
from entremise.privacy.services.retention import choose_duration
from tests.privacy.build import archive_of, asked, someone
from tests.privacy.people import agreement, named
from tests.retention import carry_out

pytestmark = pytest.mark.django_db


def follows(value, schema) -> None:
    """A few words of JSON Schema, enough for ours."""
    kinds = {"object": dict, "array": list, "string": str, "null": type(None)}
    wanted = schema.get("type")
    if wanted:
        assert isinstance(value, tuple(kinds[one] for one in ([wanted] if isinstance(wanted, str) else wanted)))
    assert "const" not in schema or value == schema["const"]
    if isinstance(value, dict) and "properties" in schema:
        assert set(schema["required"]) == set(value) == set(schema["properties"])
        for name, inner in schema["properties"].items():
            follows(value[name], inner)
    if isinstance(value, list):
        for one in value:
            follows(one, schema["items"])


def test_one_archive_holds_everything_in_a_pdf_to_read_and_a_documented_json(cast):
    person = named(cast, speaks=("ar", "fr"), reads=("ar",), birth_year=1984)
    agreement(cast, person, language="ar")
    request = asked(cast, person=person)
    archive = archive_of(cast, request)
    assert archive.namelist() == ["LISEZ-MOI.txt", "dossier.pdf", "dossier.json", "schema.json"]
    assert check_pdf(archive.read("dossier.pdf")) == []
    data = json.loads(archive.read("dossier.json"))
    follows(data, JSON_SCHEMA)
    assert json.loads(archive.read("schema.json")) == JSON_SCHEMA
    words = json.dumps(data, ensure_ascii=False)
    for told in ("Awa Cissokho", "06 00 00 00 01", "Je veux savoir.", "Arabe", "CNIL"):
        assert told in words
    assert next(chapter["code"] for chapter in data["chapters"]) == "fiche"
    reading = next(one for one in data["chapters"] if one["code"] == "lectures")["items"][0]
    assert {"label": "Fonction", "value": "Délégué à la protection des données"} in reading["facts"]
    assert "Dora" not in words


def test_a_portability_is_data_alone(cast):
    archive = archive_of(cast, asked(cast, kind="portabilite", person=named(cast)))
    assert "dossier.pdf" not in archive.namelist()
    assert json.loads(archive.read("dossier.json"))["record"]["name"] == "Awa Cissokho"


def test_a_watched_phone_is_told_and_not_written(cast):
    watched = {"phone_watched": True, "contact_way": "en_personne", "contact_note": "Jamais le soir"}
    person = named(cast, **watched, email="awa@exemple.test")
    archive = archive_of(cast, asked(cast, person=person, reply_to="chez sa sœur, 06 00 00 00 01"))
    data = archive.read("dossier.json").decode()
    assert "06 00 00 00 01" not in data
    assert "surveill" not in data
    assert "awa@exemple.test" not in data  # read on the same phone
    assert "chez sa sœur" not in data
    assert "Jamais le soir" not in data
    assert "de vive voix" in data


def test_the_file_is_sealed_expires_in_seven_days_and_belongs_to_its_requester(cast):
    person = named(cast)
    request = asked(cast, person=person)
    file = prepare_access_file(actor=cast.dora.actor, request_id=request.pk)
    assert prepare_access_file(actor=cast.dora.actor, request_id=request.pk) == file  # asked twice
    write_file(file.pk)
    file.refresh_from_db()
    content = (folder() / file.file_name).read_bytes()
    assert content.startswith(b"ENTF1")
    assert file.expires_at - file.created_at == dt.timedelta(days=7)
    with pytest.raises(NotFound):
        download_file(actor=cast.alban.actor, file_id=file.pk)
    download_file(actor=cast.dora.actor, file_id=file.pk)
    assert Entry.objects.filter(name="export.downloaded", target_id=file.pk).count() == 1
    with time_machine.travel(now() + dt.timedelta(days=3)):
        assert carry_out("exports", cast.organisation.pk) == 0  # 48 hours are for lists
    with time_machine.travel(now() + dt.timedelta(days=8)):
        with pytest.raises(NotFound):
            download_file(actor=cast.dora.actor, file_id=file.pk)
        assert carry_out("dossiers-prepares", cast.organisation.pk) == 1
    assert GeneratedFile.objects.get(pk=file.pk).status == "expiree"


def test_no_copy_before_the_identity_was_checked_nor_for_who_does_not_answer(cast):
    request = asked(cast)
    match_person(actor=cast.dora.actor, request_id=request.pk, reference=someone(cast).reference)
    with pytest.raises(InvalidInput, match="identité"):
        prepare_access_file(actor=cast.dora.actor, request_id=request.pk)
    request = asked(cast, person=someone(cast, reference="26-8"))
    with pytest.raises(NotAllowed):
        prepare_access_file(actor=cast.samia.actor, request_id=request.pk)
    with pytest.raises(NotFound):
        prepare_access_file(actor=cast.ines.actor, request_id=request.pk)


def test_a_copy_made_from_the_wrong_fiche_goes_when_the_right_one_is_attached(cast, signed_in):
    wrong, right = someone(cast), named(cast)
    request = asked(cast, person=wrong)
    file = prepare_access_file(actor=cast.dora.actor, request_id=request.pk)
    write_file(file.pk)
    client = signed_in(cast.dora)
    assert "Ce n’est pas sa fiche" in client.get(reverse("privacy:request", args=[request.pk])).content.decode()
    client.post(reverse("privacy:request_match", args=[request.pk]), {"reference": right.reference})
    with pytest.raises(NotFound):
        download_file(actor=cast.dora.actor, file_id=file.pk)
    request.refresh_from_db()
    assert (request.person_id, request.identity, request.identity_on) == (right.pk, "a_faire", None)
    match_person(actor=cast.dora.actor, request_id=request.pk, reference=right.reference)  # the same fiche again
    assert DataRequest.objects.get(pk=request.pk).words == "Je veux savoir."


def test_once_answered_nobody_reads_the_file_any_more(cast, signed_in):
    request = asked(cast, person=named(cast))
    file = prepare_access_file(actor=cast.dora.actor, request_id=request.pk)
    answer_request(actor=cast.dora.actor, request_id=request.pk, answer=Answer(outcome="acceptee"))
    assert signed_in(cast.dora).get(reverse("privacy:request_dossier", args=[request.pk])).status_code == 404
    with pytest.raises(NotFound):
        prepare_access_file(actor=cast.dora.actor, request_id=request.pk)
    write_file(file.pk)  # what was asked before is given
    assert download_file(actor=cast.dora.actor, file_id=file.pk).size > 0


def test_a_right_that_gives_no_copy_prepares_none(cast):
    request = asked(cast, kind="rectification", person=someone(cast))
    with pytest.raises(NotFound):
        prepare_access_file(actor=cast.dora.actor, request_id=request.pk)


def test_the_copy_says_the_duration_that_the_organisation_chose(cast):
    choose_duration(actor=cast.dora.actor, rule_code="personnes", days=1095, reason="Convention")
    words = archive_of(cast, asked(cast, person=named(cast))).read("dossier.json").decode()
    assert "3 ans. Le départ" in words
    assert "2 ans. Le départ" not in words


def test_opening_the_file_to_answer_is_journalled_by_function(cast):
    person = someone(cast)
    request = asked(cast, person=person)
    open_dossier(actor=cast.dora.actor, request_id=request.pk)
    entry = Entry.objects.get(name="person.read")
    assert (entry.target_id, entry.function, entry.payload["codes"]) == (person.pk, "dpd", {"request": str(request.pk)})
