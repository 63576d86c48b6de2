"""The register of requests: who sees what, the clock, refusals that say their ground."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from entremise.accounts.services import end_membership
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.time import today
from entremise.journal.models import Entry
from entremise.privacy.models import DataRequest
from entremise.privacy.queries.requests import get_request, list_requests
from entremise.privacy.services.requests import (
    Answer,
    RequestFacts,
    answer_request,
    check_identity,
    extend_request,
    match_person,
    record_request,
)
from entremise.privacy.waiting_requests import waiting_for
from tests.privacy.build import asked, someone

pytestmark = pytest.mark.django_db


def test_a_mediator_passes_a_request_on_and_the_officer_receives_it(cast):
    request = asked(cast)
    assert get_request(cast.dora.actor, request.pk).words == "Je veux savoir."
    assert get_request(cast.samia.actor, request.pk) == request  # who noted it may see it again
    with pytest.raises(NotFound):
        get_request(cast.paul.actor, request.pk)
    with pytest.raises(NotFound):
        get_request(cast.ines.actor, request.pk)
    assert [item.kind for item in waiting_for(cast.dora.actor)] == ["privacy.requests"]


def test_without_an_officer_the_administrator_receives_it(cast):
    request = asked(cast)
    with pytest.raises(NotFound):
        get_request(cast.alban.actor, request.pk)
    end_membership(actor=cast.alban.actor, member_id=cast.dora.member.pk)
    next_page = replace(cast.alban.actor)
    assert get_request(next_page, request.pk) == request
    match_person(actor=next_page, request_id=request.pk, reference="")


def test_the_words_are_sealed_under_the_key_of_the_person_once_known(cast):
    person = someone(cast)
    request = asked(cast, person=person)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM privacy_datarequest")
        token = cursor.fetchone()[0]
    from entremise.keys.models import DataKey

    assert token.split(".")[1] == DataKey.objects.get(scope_id=person.pk).pk.hex
    assert DataRequest.objects.get(pk=request.pk).words == "Je veux savoir."


def test_late_is_said_in_words_and_listed_first(cast):
    with time_machine.travel(dt.datetime(2026, 9, 1, 10, tzinfo=dt.UTC)):
        late = asked(cast)
    with time_machine.travel(dt.datetime(2026, 10, 3, 10, tzinfo=dt.UTC)):
        asked(cast, kind="effacement")
        assert (late.due_on, late.clock, late.clock_label) == (dt.date(2026, 10, 1), "retard", "Retard de 2 jours")
        assert list_requests(cast.dora.actor).first() == late


def test_a_request_is_extended_once_and_only_when_the_person_was_told(cast):
    request = asked(cast)
    with pytest.raises(InvalidInput, match="told"):
        extend_request(actor=cast.dora.actor, request_id=request.pk, reason="complexite", told=False)
    extended = extend_request(actor=cast.dora.actor, request_id=request.pk, reason="complexite", told=True)
    assert extended.due_on > request.due_on
    with pytest.raises(InvalidInput, match="deux fois"):
        extend_request(actor=cast.dora.actor, request_id=request.pk, reason="complexite", told=True)


def test_a_month_that_has_passed_is_not_extended(cast):
    with time_machine.travel(dt.datetime(2026, 9, 1, 10, tzinfo=dt.UTC)):
        request = asked(cast)
    with time_machine.travel(dt.datetime(2026, 11, 1, 10, tzinfo=dt.UTC)), pytest.raises(InvalidInput, match="passé"):
        extend_request(actor=cast.dora.actor, request_id=request.pk, reason="nombre", told=True)


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (Answer(outcome="refusee"), "ground"),
        (Answer(outcome="partielle"), "ground"),
        (Answer(outcome="acceptee"), "outcome"),  # nobody was found
        (Answer(outcome="sans_donnees"), "outcome"),  # nobody was looked for
        (Answer(outcome="ailleurs"), "outcome"),
        (Answer(outcome="retiree", answered_on=dt.date(2020, 1, 1)), "answered_on"),
        (Answer(outcome="retiree", words="x" * 2001), "words"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(cast, answer, field):
    request = asked(cast)
    with pytest.raises(InvalidInput) as refusal:
        answer_request(actor=cast.dora.actor, request_id=request.pk, answer=answer)
    assert field in refusal.value.errors


def test_an_answered_request_no_longer_changes(cast):
    request = asked(cast, person=someone(cast))
    answered = answer_request(
        actor=cast.dora.actor, request_id=request.pk, answer=Answer(outcome="acceptee", words="Remis.")
    )
    assert (answered.answered_on, answered.clock) == (today(), "tenu")
    with pytest.raises(InvalidInput, match="déjà répondue"):
        check_identity(actor=cast.dora.actor, request_id=request.pk, how="mandat")
    assert "Remis" not in str(list(Entry.objects.values_list("payload", flat=True)))


def test_only_who_answers_may_answer(cast):
    request = asked(cast)
    with pytest.raises(NotAllowed):
        match_person(actor=cast.samia.actor, request_id=request.pk, reference="")
    with pytest.raises(NotAllowed):
        answer_request(actor=cast.leo.actor, request_id=request.pk, answer=Answer(outcome="retiree"))


@pytest.mark.parametrize(
    "facts",
    [
        {"received_on": dt.date(2999, 1, 1)},
        {"received_on": dt.date(1999, 1, 1)},
        {"kind": "autre"},
        {"channel": "pigeon"},
        {"words": "é" * 2001},
        {"reply_to": "é" * 301},
    ],
)
def test_a_request_that_cannot_be_is_refused(cast, facts):
    good = {"kind": "acces", "received_on": today(), "channel": "courrier"}
    with pytest.raises(InvalidInput):
        record_request(actor=cast.samia.actor, facts=RequestFacts(**{**good, **facts}))


def test_signs_that_no_engine_keeps_are_left_out(cast):
    request = asked(cast, words="a\x00b\r\n\u202ec 🙂 \ud800")
    assert DataRequest.objects.get(pk=request.pk).words == "ab\n\u202ec 🙂"


# -- pages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["samia", "dora", "leo"])
def test_the_list_costs_the_same_with_one_row_and_with_three(cast, signed_in, django_assert_max_num_queries, who):
    from django.test.utils import CaptureQueriesContext

    client, url = signed_in(getattr(cast, who)), reverse("privacy:requests")
    asked(cast, person=someone(cast))
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for rank in (8, 9):
        asked(cast, person=someone(cast, reference=f"26-{rank}"))
    with CaptureQueriesContext(connection) as three:
        client.get(url)
    assert len(one) == len(three)


def test_the_officer_walks_a_request_to_its_answer(cast, signed_in):
    client = signed_in(cast.dora)
    noted = client.post(
        reverse("privacy:request_record"),
        {"kind": "acces", "received_on": today().isoformat(), "channel": "courrier", "words": "Tout savoir"},
    )
    request = DataRequest.objects.get()
    assert noted.url == reverse("privacy:request", args=[request.pk])
    refused = client.post(reverse("privacy:request_match", args=[request.pk]), {"reference": "99-9"})
    assert refused.status_code == 422
    assert "Aucune fiche ne porte cette référence" in refused.content.decode()
    person = someone(cast)
    client.post(reverse("privacy:request_match", args=[request.pk]), {"reference": " 26-7 "})
    client.post(reverse("privacy:request_identity", args=[request.pk]), {"identity": "questions"})
    client.post(
        reverse("privacy:request_answer", args=[request.pk]),
        {"outcome": "acceptee", "answered_on": today().isoformat(), "words": "Remis en main propre"},
    )
    request.refresh_from_db()
    assert (request.person, request.outcome) == (person, "acceptee")
    body = client.get(reverse("privacy:requests") + "?etat=closes").content.decode()
    assert request.reference in body
    assert "Zénobie" not in body


def test_the_auditor_reads_the_register_and_no_word(cast, signed_in):
    request = asked(cast)
    client = signed_in(cast.leo)
    body = client.get(reverse("privacy:request", args=[request.pk])).content.decode()
    assert request.reference in body
    assert "Je veux savoir" not in body
    export = client.post(reverse("documents:export", args=["demandes-de-droits"]))
    assert export.status_code == 200
    assert signed_in(cast.samia).post(reverse("documents:export", args=["demandes-de-droits"])).status_code == 403


def test_a_refused_form_keeps_what_was_typed(cast, signed_in):
    typed = {"kind": "acces", "received_on": "31/02/2026", "channel": "courrier", "words": "مرحبا 🙂"}
    answer = signed_in(cast.samia).post(reverse("privacy:request_record"), typed)
    assert answer.status_code == 422
    assert "مرحبا 🙂" in answer.content.decode()
    assert "31/02/2026" in answer.content.decode()
