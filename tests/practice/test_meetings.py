"""A meeting runs in phases; its page is kept by all or destroyed; managers know that it happened, and nothing else."""

import datetime as dt
import re
import uuid

import pytest
import time_machine
from django.db import connection, transaction

from entremise.accounts import services as accounts
from entremise.accounts.enums import NewWayIn
from entremise.core import personal
from entremise.core.actor import system_actor
from entremise.core.crypto import KeyDestroyed
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.time import now
from entremise.journal.models import Entry
from entremise.keys.models import DataKey, Tombstone
from entremise.practice.commands import Convene, GiveRoles
from entremise.practice.enums import Answer, GroupRole
from entremise.practice.models import Contribution, Meeting, Sheet
from entremise.practice.presets import PHASES
from entremise.practice.queries import meetings as queries
from entremise.practice.queries.sheets import answers_of
from entremise.practice.services import meetings as services
from entremise.practice.services import pages
from entremise.practice.waiting import waiting_for
from tests.practice.build import circle, run_to

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def test_a_meeting_is_convened_answered_given_roles_and_opened_in_the_pages(cast, signed_in):
    samia, paul, hugo = (signed_in(person) for person in (cast.samia, cast.paul, cast.hugo))
    page = text(samia.get("/pratique/seances/convoquer"))
    assert "Hugo" in page
    for name in ("Claire", "Alban", "Ines", "Samia</"):
        assert name not in re.sub(r"(?s)<header.*?</header>", "", page)
    sent = {"planned_at": "2099-01-01T10:00", "member_ids": [cast.paul.member.pk, cast.hugo.member.pk]}
    refused = samia.post("/pratique/seances/convoquer", sent)
    assert refused.status_code == 422
    assert "2099-01-01T10:00" in text(refused)
    soon = (now() + dt.timedelta(days=2)).strftime("%Y-%m-%dT10:00")
    address = samia.post("/pratique/seances/convoquer", sent | {"planned_at": soon})["Location"]
    assert [item.count for item in waiting_for(cast.paul.actor)] == [0, 1]
    assert "Y serez-vous" in text(paul.get(address))
    for client in (paul, hugo):
        assert client.post(f"{address}/reponse", {"reponse": "oui"}).status_code == 302
    meeting = Meeting.objects.get()
    seats = {seat.member_id: seat.pk.hex for seat in meeting.seats.all()}
    roles = {
        seats[cast.samia.member.pk]: "animateur",
        seats[cast.paul.member.pk]: "exposant",
        seats[cast.hugo.member.pk]: "participant",
    }
    samia.post(f"{address}/roles", roles)
    samia.post(f"{address}/commencer")
    meeting.refresh_from_db()
    assert meeting.opened_at is not None
    assert "Cadre et rôles" in text(paul.get(address))
    assert "data-until" in text(paul.get(f"{address}/en-cours"))


def test_phases_follow_each_other_give_the_floor_and_keep_time(cast):
    meeting = circle(cast)
    samia, paul, hugo = cast.samia.actor, cast.paul.actor, cast.hugo.actor
    queries.phase_ends_at(meeting)
    run_to(cast, meeting, "expose")
    pages.contribute(actor=paul, meeting_id=meeting.pk, text="Un père refuse de me parler.")
    with pytest.raises(InvalidInput, match="votre rôle écoute"):
        pages.contribute(actor=hugo, meeting_id=meeting.pk, text="Moi aussi.")
    run_to(cast, meeting, "hypotheses")
    pages.contribute(actor=hugo, meeting_id=meeting.pk, text="Peut-être la fatigue.")
    with pytest.raises(InvalidInput):
        pages.contribute(actor=paul, meeting_id=meeting.pk, text="Non, non.")
    meeting.refresh_from_db()
    assert queries.phase_ends_at(meeting) == meeting.phase_started_at + dt.timedelta(minutes=20)
    with pytest.raises(InvalidInput, match="tenir le temps"):
        pages.next_phase(actor=paul, meeting_id=meeting.pk, from_phase=meeting.phase)
    pages.next_phase(actor=samia, meeting_id=meeting.pk, from_phase=meeting.phase)
    before = meeting.phase
    pages.next_phase(actor=samia, meeting_id=meeting.pk, from_phase=before)  # a second click of the same page
    meeting.refresh_from_db()
    assert meeting.phase == before + 1


def test_one_refusal_destroys_the_page_and_its_key_at_once(cast):
    meeting = circle(cast)
    run_to(cast, meeting, "expose")
    line = pages.contribute(actor=cast.paul.actor, meeting_id=meeting.pk, text="Un père refuse de me parler.")
    stored = Contribution.objects.get(pk=line.pk)
    run_to(cast, meeting, None)
    pages.say_keep(actor=cast.samia.actor, meeting_id=meeting.pk, keeps=True)
    pages.say_keep(actor=cast.hugo.actor, meeting_id=meeting.pk, keeps=False)
    assert not Contribution.objects.exists()
    assert not Sheet.objects.exists()
    with pytest.raises(KeyDestroyed):
        stored.text  # noqa: B018 - what an old copy of the row would give
    assert DataKey.objects.get(scope_kind="case", scope_id=meeting.pk).wrapped is None
    assert Tombstone.objects.filter(scope_kind="case", scope_id=meeting.pk).exists()
    with pytest.raises(InvalidInput, match="déjà effacée"):
        pages.say_keep(actor=cast.paul.actor, meeting_id=meeting.pk, keeps=True)


def test_kept_by_all_each_has_their_own_copy_without_who_said_what_and_the_page_goes_all_the_same(cast, signed_in):
    meeting = circle(cast)
    run_to(cast, meeting, "expose")
    pages.contribute(actor=cast.paul.actor, meeting_id=meeting.pk, text="Un père refuse de me parler.")
    run_to(cast, meeting, None)
    for person in (cast.samia, cast.paul):
        pages.say_keep(actor=person.actor, meeting_id=meeting.pk, keeps=True)
    assert not Sheet.objects.exists()
    pages.say_keep(actor=cast.hugo.actor, meeting_id=meeting.pk, keeps=True)
    copies = {sheet.author_id: sheet for sheet in Sheet.objects.all()}
    assert set(copies) == {person.user.pk for person in (cast.samia, cast.paul, cast.hugo)}
    story = answers_of(copies[cast.hugo.user.pk])["story"]
    assert "Un père refuse de me parler." in story
    assert "Paul" not in story
    assert not Contribution.objects.exists()
    page = text(signed_in(cast.hugo).get(f"/pratique/fiches/{copies[cast.hugo.user.pk].pk}"))
    assert "Un père refuse" in page
    assert signed_in(cast.paul).get(f"/pratique/fiches/{copies[cast.hugo.user.pk].pk}").status_code == 404


def test_a_long_page_is_kept_whole(cast):
    meeting = circle(cast)
    run_to(cast, meeting, "questions")
    for rank in range(4):
        pages.contribute(actor=cast.hugo.actor, meeting_id=meeting.pk, text=f"{rank} " + "mot " * 1500)
    run_to(cast, meeting, None)
    for person in (cast.samia, cast.paul, cast.hugo):
        pages.say_keep(actor=person.actor, meeting_id=meeting.pk, keeps=True)
    assert Sheet.objects.count() == 3


def test_without_an_answer_the_page_disappears_after_a_day(cast):
    meeting = circle(cast)
    run_to(cast, meeting, "expose")
    pages.contribute(actor=cast.paul.actor, meeting_id=meeting.pk, text="Un père refuse de me parler.")
    run_to(cast, meeting, None)
    rule = personal.rule("pages-de-seance")
    assert not rule.due(cast.organisation.pk, now() - dt.timedelta(days=1)).exists()
    with time_machine.travel(now() + dt.timedelta(days=1, minutes=1)), transaction.atomic():
        due = rule.due(cast.organisation.pk, now() - dt.timedelta(days=1))
        assert rule.apply(list(due.values_list("pk", flat=True))) == 1
        assert rule.apply([meeting.pk]) == 0
    assert not Contribution.objects.exists()
    assert rule.due(cast.other_organisation.pk, now()).count() == 0


def test_a_meeting_that_nobody_ended_disappears_too(cast):
    meeting = circle(cast)
    run_to(cast, meeting, "expose")
    rule = personal.rule("pages-de-seance")
    with time_machine.travel(now() + dt.timedelta(days=2)), transaction.atomic():
        assert rule.apply(
            list(rule.due(cast.organisation.pk, now() - dt.timedelta(days=1)).values_list("pk", flat=True))
        )
    meeting.refresh_from_db()
    assert meeting.closed_at - meeting.opened_at < dt.timedelta(hours=1)
    assert meeting.page_erased_at is not None


def test_managers_read_dates_and_hours_and_nothing_else(cast, signed_in):
    meeting = circle(cast)
    run_to(cast, meeting, "expose")
    pages.contribute(actor=cast.paul.actor, meeting_id=meeting.pk, text="Un père refuse de me parler.")
    run_to(cast, meeting, None)
    for person in (cast.claire, cast.alban):
        page = text(signed_in(person).get("/pratique/seances/tenues"))
        body = page.split("</h1>")[1].split("</main>")[0]
        assert "min" in body
        for name in ("Samia", "Paul", "Hugo", "père"):
            assert name not in body
        assert str(meeting.pk) not in page
    for person in (cast.samia, cast.dora, cast.leo):
        assert signed_in(person).get("/pratique/seances/tenues").status_code == 403
    assert (
        "min" not in text(signed_in(cast.clara).get("/pratique/seances/tenues")).split("</h1>")[1].split("</main>")[0]
    )


def test_nobody_outside_finds_a_meeting_whatever_the_role_and_whoever_declined_leaves_it(cast, signed_in):
    meeting = circle(cast, answer=False)
    services.answer_invitation(actor=cast.hugo.actor, meeting_id=meeting.pk, comes=False)
    outside = {name: person for name, person in cast.people().items() if name not in {"samia", "paul"}}
    for person in outside.values():
        client = signed_in(person)
        assert client.get(f"/pratique/seances/{meeting.pk}").status_code == 404
        assert client.get(f"/pratique/seances/{meeting.pk}/en-cours").status_code == 404
        for gesture in ("", "/reponse", "/roles", "/commencer", "/suite", "/garder", "/annuler"):
            assert client.post(f"/pratique/seances/{meeting.pk}{gesture}", {"reponse": "oui"}).status_code == 404
    for person in (cast.claire, cast.alban, cast.dora, cast.leo):
        assert signed_in(person).get("/pratique/seances/").status_code == 403
        with pytest.raises(NotAllowed):
            services.convene(actor=person.actor, command=Convene(planned_at=now(), member_ids=[]))


@pytest.mark.parametrize("who", ["claire", "alban", "dora", "leo", "ines", "samia"])
def test_a_manager_a_stranger_or_oneself_is_not_invited(who, cast):
    invited = [getattr(cast, who).member.pk, cast.paul.member.pk]
    command = Convene(planned_at=now() + dt.timedelta(days=1), member_ids=invited)
    with pytest.raises(InvalidInput):
        services.convene(actor=cast.samia.actor, command=command)
    assert not Meeting.objects.exists()


def test_someone_who_became_a_manager_no_longer_sits(cast):
    meeting = circle(cast)
    accounts.change_member(
        actor=cast.alban.actor,
        member_id=cast.paul.member.pk,
        roles=["mediateur", "encadrant"],
        team_ids=[cast.team.pk],
    )
    from entremise.accounts.queries import actor_for

    paul = actor_for(cast.paul.user, cast.organisation.pk)
    with pytest.raises(NotFound):
        queries.get_meeting(paul, meeting.pk)


def test_roles_are_one_each_and_a_meeting_needs_three_people(cast):
    meeting = circle(cast, answer=False)
    seats = list(meeting.seats.order_by("pk"))
    both = GiveRoles(roles={seat.pk: GroupRole.EXPOSANT for seat in seats})
    with pytest.raises(InvalidInput, match="qui expose"):
        services.give_roles(actor=cast.samia.actor, meeting_id=meeting.pk, command=both)
    with pytest.raises(InvalidInput):
        unknown = GiveRoles(roles={seats[0].pk: "chef"})
        services.give_roles(actor=cast.samia.actor, meeting_id=meeting.pk, command=unknown)
    with pytest.raises(InvalidInput, match="troisième personne"):
        services.open_meeting(actor=cast.samia.actor, meeting_id=meeting.pk)
    with pytest.raises(InvalidInput, match="qui anime"):
        services.open_meeting(actor=cast.paul.actor, meeting_id=meeting.pk)
    services.answer_invitation(actor=cast.hugo.actor, meeting_id=meeting.pk, comes=False)
    services.answer_invitation(actor=cast.paul.actor, meeting_id=meeting.pk, comes=True)
    with pytest.raises(InvalidInput, match="troisième personne"):
        services.open_meeting(actor=cast.samia.actor, meeting_id=meeting.pk)


def test_what_has_begun_is_not_undone_and_what_has_not_may_be_called_off(cast):
    meeting = circle(cast)
    run_to(cast, meeting, "expose")
    for gesture in (
        lambda: services.answer_invitation(actor=cast.paul.actor, meeting_id=meeting.pk, comes=False),
        lambda: services.give_roles(actor=cast.samia.actor, meeting_id=meeting.pk, command=GiveRoles(roles={})),
        lambda: services.cancel_meeting(actor=cast.samia.actor, meeting_id=meeting.pk),
        lambda: pages.say_keep(actor=cast.samia.actor, meeting_id=meeting.pk, keeps=True),
    ):
        with pytest.raises(InvalidInput):
            gesture()
    other = circle(cast)
    with pytest.raises(InvalidInput):
        services.cancel_meeting(actor=cast.paul.actor, meeting_id=other.pk)
    with pytest.raises(InvalidInput, match="annulez-la"):
        services.answer_invitation(actor=cast.samia.actor, meeting_id=other.pk, comes=False)
    services.cancel_meeting(actor=cast.samia.actor, meeting_id=other.pk)
    with pytest.raises(InvalidInput, match="annulée"):
        services.open_meeting(actor=cast.samia.actor, meeting_id=other.pk)
    assert queries.list_meetings(cast.samia.actor).count() == 1


def test_one_takes_back_one_s_own_lines_only(cast, signed_in):
    meeting = circle(cast)
    run_to(cast, meeting, "questions")
    line = pages.contribute(actor=cast.hugo.actor, meeting_id=meeting.pk, text="Que voyait-il ?")
    signed_in(cast.paul).post(f"/pratique/seances/{meeting.pk}/lignes/{line.pk}/retirer")
    assert Contribution.objects.exists()
    signed_in(cast.hugo).post(f"/pratique/seances/{meeting.pk}/lignes/{line.pk}/retirer")
    assert not Contribution.objects.exists()


def test_a_new_way_in_shuts_meetings_as_it_shuts_the_notebook(cast, signed_in):
    meeting = circle(cast)
    accounts.close_confidences(actor=system_actor(), user=cast.paul.user, by=NewWayIn.LINK)
    response = signed_in(cast.paul).get(f"/pratique/seances/{meeting.pk}")
    assert response.status_code == 403
    assert "fermé" in text(response)
    with pytest.raises(NotAllowed):
        pages.contribute(actor=cast.paul.actor, meeting_id=meeting.pk, text="x")


@pytest.mark.parametrize("value", ["", "   ", "\x00", "é" * 1_000_000])
def test_bad_words_are_refused_and_kept_in_the_page(value, cast, signed_in):
    meeting = circle(cast)
    run_to(cast, meeting, "questions")
    refused = signed_in(cast.hugo).post(f"/pratique/seances/{meeting.pk}", {"text": value})
    assert refused.status_code == 422
    assert value.replace("\x00", "").strip() in text(refused)
    assert not Contribution.objects.exists()


def test_nothing_said_lies_readable_in_the_database_nor_in_the_journal(cast):
    meeting = circle(cast)
    run_to(cast, meeting, "questions")
    pages.contribute(actor=cast.hugo.actor, meeting_id=meeting.pk, text="Zélinotte")
    run_to(cast, meeting, None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM practice_contribution")
        assert "Zélinotte" not in repr(cursor.fetchall())
    told = Entry.objects.filter(target_type="analysis_meeting")
    assert {entry.name.partition(".")[2] for entry in told} == {"convened", "opened", "closed"}
    assert all(set(entry.payload["codes"]) <= {"invited", "seats", "minutes"} for entry in told)


def test_lists_cost_the_same_for_one_and_three(cast, signed_in, django_assert_num_queries):
    client, manager = signed_in(cast.samia), signed_in(cast.claire)
    for expected in (1, 3):
        while Meeting.objects.count() < expected:
            run_to(cast, circle(cast), "expose")
        with django_assert_num_queries(LIST_QUERIES):
            client.get("/pratique/seances/")
        with django_assert_num_queries(HELD_QUERIES):
            manager.get("/pratique/seances/tenues")
    meeting = Meeting.objects.first()
    run_to(cast, meeting, "questions")
    pages.contribute(actor=cast.hugo.actor, meeting_id=meeting.pk, text="Une.")
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(f"/pratique/seances/{meeting.pk}")
    for rank in range(3):
        pages.contribute(actor=cast.hugo.actor, meeting_id=meeting.pk, text=f"{rank}")
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(f"/pratique/seances/{meeting.pk}")


LIST_QUERIES, HELD_QUERIES, PAGE_QUERIES = 8, 5, 13


def test_an_unknown_meeting_is_a_404(cast, signed_in):
    assert signed_in(cast.samia).get(f"/pratique/seances/{uuid.uuid4()}").status_code == 404
    assert len(PHASES) == 6
    assert Answer.NON.value == "non"
