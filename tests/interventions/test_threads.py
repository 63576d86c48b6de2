"""Threads: a reference, an optional label, a reminder people set."""

import datetime as dt

import pytest

from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.ids import uuid7
from entremise.interventions.queries import due_threads, list_threads, thread_acts, title_of
from entremise.interventions.services import close_thread, join_thread, open_thread, set_reminder
from tests.interventions.build import act, at

pytestmark = pytest.mark.django_db
TODAY = at().date()


@pytest.fixture
def noted(cast, hall):
    return act(cast.samia, hall)


@pytest.fixture
def thread(cast, noted):
    return open_thread(actor=cast.paul.actor, intervention_id=noted.pk, label=" bruit du bâtiment C\x00 ")


def test_a_thread_is_named_by_its_reference_first(cast, noted, thread):
    noted.refresh_from_db()
    assert noted.thread_id == thread.pk
    assert title_of(thread) == f"Fil {thread.reference} · bruit du bâtiment C"
    assert str(thread) == f"Fil {thread.reference}"


def test_a_label_is_short_and_an_anonymous_team_gives_none(cast, hall, noted):
    with pytest.raises(InvalidInput):
        open_thread(actor=cast.samia.actor, intervention_id=noted.pk, label="x" * 61)
    theirs = act(cast.hugo, hall)
    with pytest.raises(InvalidInput):
        open_thread(actor=cast.hugo.actor, intervention_id=theirs.pk, label="cour")
    assert title_of(open_thread(actor=cast.hugo.actor, intervention_id=theirs.pk)).startswith("Fil ")


def test_a_thread_shows_each_reader_only_the_acts_they_may_read(cast, hall, noted, thread):
    kept = act(cast.samia, hall, visibility="auteurs")
    join_thread(actor=cast.samia.actor, intervention_id=kept.pk, thread_id=thread.pk)
    assert list(thread_acts(cast.paul.actor, thread)) == [noted]
    assert set(thread_acts(cast.samia.actor, thread)) == {noted, kept}


def test_threads_stay_in_their_team(cast, hall, thread):
    theirs = act(cast.hugo, hall)
    with pytest.raises(NotFound):
        join_thread(actor=cast.hugo.actor, intervention_id=theirs.pk, thread_id=thread.pk)
    with pytest.raises(InvalidInput):
        join_thread(actor=cast.claire.actor, intervention_id=theirs.pk, thread_id=thread.pk)
    assert not list_threads(cast.hugo.actor).exists()
    for person in (cast.hugo, cast.ines):
        with pytest.raises(NotFound):
            close_thread(actor=person.actor, thread_id=thread.pk)
    with pytest.raises(NotFound):
        open_thread(actor=cast.samia.actor, intervention_id=uuid7())


def test_someone_whose_role_changed_no_longer_moves_threads(cast, thread):
    from dataclasses import replace

    former = replace(cast.samia.actor, roles=frozenset({"lecteur"}))
    with pytest.raises(NotAllowed):
        close_thread(actor=former, thread_id=thread.pk)


def test_a_reminder_comes_on_its_day(cast, thread):
    set_reminder(actor=cast.samia.actor, thread_id=thread.pk, on=TODAY, note="repasser")
    assert list(due_threads(cast.paul.actor)) == [thread]
    set_reminder(actor=cast.samia.actor, thread_id=thread.pk, on=TODAY + dt.timedelta(days=1))
    assert not due_threads(cast.paul.actor).exists()
    lifted = set_reminder(actor=cast.samia.actor, thread_id=thread.pk, on=None, note="reste")
    assert (lifted.reminder_on, lifted.reminder_note) == (None, "")


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("on", {"on": TODAY - dt.timedelta(days=1)}),
        ("on", {"on": TODAY + dt.timedelta(days=400)}),
        ("note", {"on": TODAY, "note": "x" * 201}),
    ],
)
def test_an_impossible_reminder_is_refused_beside_its_field(cast, thread, field, values):
    with pytest.raises(InvalidInput) as refused:
        set_reminder(actor=cast.samia.actor, thread_id=thread.pk, **values)
    assert list(refused.value.errors) == [field]


def test_an_anonymous_teams_reminder_names_nobody(cast, hall):
    theirs = open_thread(actor=cast.hugo.actor, intervention_id=act(cast.hugo, hall).pk)
    with pytest.raises(InvalidInput):
        set_reminder(actor=cast.hugo.actor, thread_id=theirs.pk, on=TODAY, note="rappeler le 06 12 34 56 78")


def test_a_closed_thread_keeps_its_acts_and_takes_no_more(cast, hall, noted, thread):
    for _ in range(2):
        closed = close_thread(actor=cast.samia.actor, thread_id=thread.pk)
    assert list(thread_acts(cast.samia.actor, closed)) == [noted]
    with pytest.raises(InvalidInput):
        set_reminder(actor=cast.samia.actor, thread_id=thread.pk, on=TODAY)
    with pytest.raises(InvalidInput):
        join_thread(actor=cast.samia.actor, intervention_id=act(cast.samia, hall).pk, thread_id=thread.pk)
    assert not list_threads(cast.samia.actor).exists()
