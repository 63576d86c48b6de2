"""Answering: the copy of the file, restriction, opposition, erasure, the letter, who read."""

import datetime as dt
import json
from dataclasses import replace

import pytest
import time_machine
from django.urls import reverse

from entremise.core.crypto import KeyDestroyed
from entremise.core.errors import InvalidInput
from entremise.core.time import now, today
from entremise.core.ui.formats import long_date
from entremise.documents.models import GeneratedFile
from entremise.documents.services.preparation import folder, write_file
from entremise.journal.models import Entry
from entremise.keys.models import KeyBackup
from entremise.privacy.models import DataRequest, Person, PersonRevision
from entremise.privacy.queries.persons import facts_of
from entremise.privacy.services import correct_person, erase_persons, withdraw_agreement
from entremise.privacy.services.access import prepare_access_file
from entremise.privacy.services.erasure_request import erase_on_request, preview_erasure
from entremise.privacy.services.holds import place_hold
from entremise.privacy.services.letters import answer_letter
from entremise.privacy.services.requests import Answer, answer_request
from entremise.privacy.services.restriction import accept_opposition, lift_restriction, restrict_person
from entremise.privacy.waiting_requests import waiting_for
from tests.privacy.build import archive_of, asked, someone
from tests.privacy.people import agreement, named

pytestmark = pytest.mark.django_db


def test_a_restricted_file_stays_and_refuses_writes_until_lifted(cast):
    person = named(cast)
    given = agreement(cast, person)
    request = asked(cast, kind="limitation", person=person)
    restrict_person(actor=cast.dora.actor, request_id=request.pk)
    with pytest.raises(InvalidInput, match="limité"):
        agreement(cast, person, purpose="mediation")
    assert withdraw_agreement(actor=cast.samia.actor, person_id=person.pk, agreement_id=given.pk)  # always possible
    lift_restriction(actor=cast.dora.actor, request_id=request.pk)
    agreement(cast, person, purpose="mediation")
    names = list(Entry.objects.filter(target_id=person.pk, name__startswith="person.restrict").values_list("name"))
    assert names == [("person.restricted",), ("person.restriction_lifted",)]


def test_a_limitation_is_lifted_long_after_its_answer_and_an_opposition_is_not(cast, signed_in):
    person = named(cast)
    request = asked(cast, kind="limitation", person=person)
    restrict_person(actor=cast.dora.actor, request_id=request.pk)
    answer_request(actor=cast.dora.actor, request_id=request.pk, answer=Answer(outcome="acceptee"))
    client, url = signed_in(cast.dora), reverse("privacy:request", args=[request.pk])
    assert "Lever la limitation" in client.get(url).content.decode()
    client.post(reverse("privacy:request_lift", args=[request.pk]))
    assert Person.objects.get(pk=person.pk).restricted_at is None
    assert "Lever la limitation" not in client.get(url).content.decode()
    opposed = accept_opposition(actor=cast.dora.actor, request_id=asked(cast, kind="opposition", person=person).pk)
    assert "Lever la limitation" not in client.get(reverse("privacy:request", args=[opposed.pk])).content.decode()
    with pytest.raises(InvalidInput, match="ne veut plus être suivie"):
        lift_restriction(actor=cast.dora.actor, request_id=opposed.pk)


def test_an_opposition_accepted_stops_the_follow_up_and_answers_the_request(cast):
    person = someone(cast, see_again_on=today())
    request = accept_opposition(actor=cast.dora.actor, request_id=asked(cast, kind="opposition", person=person).pk)
    person.refresh_from_db()
    assert (request.outcome, person.see_again_on) == ("acceptee", None)
    assert person.restricted_at is not None


def test_an_erasure_shows_what_goes_then_asks_for_the_reference(cast, signed_in):
    person = named(cast)
    agreement(cast, person)
    request = asked(cast, kind="effacement", person=person)
    client, url = signed_in(cast.dora), reverse("privacy:request_erase", args=[request.pk])
    body = client.get(url).content.decode()
    assert "Accords : 1 élément." in body
    assert "Médiations formelles" not in body  # a part that holds nothing is not named
    assert "Awa" not in body
    wrong = client.post(url, {"reference": "99-1"})
    assert wrong.status_code == 422
    assert Person.objects.get(pk=person.pk).erased_at is None
    done = client.post(url, {"reference": person.reference}, follow=True).content.decode()
    assert "La fiche est vide et sa clé détruite" in done
    assert DataRequest.objects.get(pk=request.pk).outcome == "acceptee"
    assert DataRequest.objects.get(pk=request.pk).words == ""


def test_an_erasure_asked_twice_says_so_and_changes_nothing(cast, signed_in):
    person = someone(cast)
    first, second = (asked(cast, kind="effacement", person=person) for _ in range(2))
    erase_on_request(actor=cast.dora.actor, request_id=first.pk, typed="26-7")
    with pytest.raises(InvalidInput, match="déjà effacée"):
        erase_on_request(actor=cast.dora.actor, request_id=second.pk, typed="26-7")
    page = signed_in(cast.dora).get(reverse("privacy:request_erase", args=[second.pk]))
    assert "déjà effacée" in page.content.decode()
    assert Entry.objects.filter(name="person.erased").count() == 1
    closing = Answer(outcome="sans_donnees", words="Rien ne reste")
    with pytest.raises(InvalidInput):
        answer_request(actor=cast.dora.actor, request_id=second.pk, answer=closing)
    answered = answer_request(
        actor=cast.dora.actor, request_id=second.pk, answer=Answer(outcome="acceptee", words="Rien ne reste")
    )
    assert DataRequest.objects.get(pk=answered.pk).answer == ""  # nothing is sealed any more for an erased person


def test_the_copies_prepared_before_an_erasure_are_gone_with_it(cast):
    person = named(cast)
    access, erasure = asked(cast, person=person), asked(cast, kind="effacement", person=person)
    file = prepare_access_file(actor=cast.dora.actor, request_id=access.pk)
    write_file(file.pk)
    path = folder() / GeneratedFile.objects.get(pk=file.pk).file_name
    erase_on_request(actor=cast.dora.actor, request_id=erasure.pk, typed=person.reference)
    assert GeneratedFile.objects.get(pk=file.pk).status == "expiree"
    from entremise.documents.sealing import open_file

    with pytest.raises(KeyDestroyed):
        b"".join(open_file(path, f"documents.generatedfile:{file.pk}"))


def test_the_preview_tells_the_day_the_last_backup_lapses(cast):
    request = asked(cast, kind="effacement", person=someone(cast))
    with time_machine.travel(dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)):
        assert preview_erasure(cast.dora.actor, request.pk).lapses_on == dt.date(2026, 11, 23)  # no backup yet
        KeyBackup.objects.create(taken_at=now(), lapses_at=now() + dt.timedelta(days=30), file_name="a.cles")
        assert preview_erasure(cast.dora.actor, request.pk).lapses_on == dt.date(2026, 12, 23)


@pytest.mark.parametrize("face", ["pdf", "odt"])
def test_the_letter_is_in_plain_french_and_names_nobody(cast, signed_in, face):
    person = named(cast)
    request = asked(cast, kind="effacement", person=person)
    client, url = signed_in(cast.dora), reverse("privacy:request_letter", args=[request.pk, face])
    assert client.get(url).status_code == 404  # nothing to answer yet
    erase_on_request(actor=cast.dora.actor, request_id=request.pk, typed=person.reference)
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{face}"')
    words = str(answer_letter(DataRequest.objects.get(pk=request.pk)))
    assert "Aucune copie de secours" in words
    assert "Awa" not in words
    assert signed_in(cast.leo).get(url).status_code == 403


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(outcome="refusee", ground="infondee"), "art. 12.5"),
        (Answer(outcome="partielle", ground="droits_tiers"), "Une partie"),
        (Answer(outcome="retiree"), "retiré"),
        (Answer(outcome="acceptee"), "Nous vous remettons"),
    ],
)
def test_each_answer_has_its_letter(cast, answer, said):
    request = asked(cast, person=someone(cast))
    answered = answer_request(actor=cast.dora.actor, request_id=request.pk, answer=answer)
    letter = str(answer_letter(answered))
    assert said in letter
    assert "CNIL" in letter


def test_pages_of_an_answer_open_for_who_answers_alone(cast, signed_in):
    request = asked(cast, person=named(cast))
    for name in ("privacy:request_dossier", "privacy:request_readings"):
        url = reverse(name, args=[request.pk])
        assert signed_in(cast.dora).get(url).status_code == 200
        assert signed_in(cast.leo).get(url).status_code == 403
        assert signed_in(cast.alban).get(url).status_code == 404
        assert signed_in(cast.ines).get(url).status_code == 404


def test_a_person_under_a_legal_hold_is_not_erased_and_the_page_says_why(cast, signed_in):
    person = someone(cast)
    request = asked(cast, kind="effacement", person=person)
    until = today() + dt.timedelta(days=90)
    place_hold(actor=cast.dora.actor, kind="personne", reference=person.reference, reason="Plainte", until=until)
    with pytest.raises(InvalidInput, match="litige en cours"):
        erase_on_request(actor=cast.dora.actor, request_id=request.pk, typed="26-7")
    page = signed_in(cast.dora).get(reverse("privacy:request_erase", args=[request.pk]))
    assert "ne peut pas être effacée" in page.content.decode()
    assert reverse("privacy:holds") in page.content.decode()
    assert Person.objects.get(pk=person.pk).erased_at is None


def test_a_correction_keeps_before_and_after_sealed_with_the_person_and_in_their_copy(cast):
    person = named(cast, birth_year=1949)
    corrected = replace(facts_of(person), birth_year=1947, contact_way="sms", see_again_on=today())
    correct_person(actor=cast.samia.actor, person_id=person.pk, facts=corrected, base_version=1)
    revision = PersonRevision.objects.get()
    changes = json.loads(revision.changes)
    assert changes["birth_year"] == [1949, 1947]
    assert changes["contact_way"] == ["appel", "sms"]
    assert revision.encryption_scope() == person.encryption_scope()
    words = archive_of(cast, asked(cast, person=person)).read("dossier.json").decode()
    assert "1949 → 1947" in words
    assert "Appel téléphonique → Message écrit (SMS)" in words  # in words, not in codes
    assert f"rien → {long_date(today())}" in words
    erase_persons([person.pk], actor=cast.dora.actor, ground="demande")
    assert not PersonRevision.objects.exists()


def test_the_team_sees_a_correction_to_make_and_the_officer_may_close_it(cast):
    request = asked(cast, kind="rectification", person=named(cast))
    assert [item.kind for item in waiting_for(cast.paul.actor)] == ["privacy.corrections"]
    assert waiting_for(cast.hugo.actor) == []
    answer_request(actor=cast.dora.actor, request_id=request.pk, answer=Answer(outcome="acceptee"))
    assert waiting_for(cast.paul.actor) == []
