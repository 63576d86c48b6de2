"""A duration shortened by mistake erases nothing before its count was read; an organisation chooses its own."""

import pytest

from entremise.core import personal
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.time import today
from entremise.journal.models import Entry
from entremise.privacy.enums import RunStatus, Suspension
from entremise.privacy.models import Person, RetentionChoice, RetentionRun
from entremise.privacy.services import retention
from entremise.privacy.services.holds import place_hold
from entremise.privacy.services.retention import nightly, run_rule
from tests.privacy.retention_world import RULE, choose, followed, go, shortened

pytestmark = pytest.mark.django_db


def test_a_shorter_duration_waits_and_shows_its_count(cast, monkeypatch):
    followed(cast, 3, days=400)
    assert go(cast) is None
    shortened(monkeypatch, 365)
    run = go(cast)
    assert (run.status, run.suspension, run.due, run.done) == (RunStatus.SUSPENDU, Suspension.RACCOURCIE, 3, 0)
    assert Person.objects.filter(erased_at=None).count() == 3
    assert go(cast).pk == run.pk  # the same one is kept night after night
    assert RetentionRun.objects.count() == 1
    assert Entry.objects.filter(name="retention.suspended").count() == 1


def test_once_confirmed_by_the_officer_it_goes_on(cast, monkeypatch):
    followed(cast, 3, days=400)
    go(cast)
    shortened(monkeypatch, 365)
    waiting = go(cast)
    retention.confirm_run(actor=cast.dora.actor, run_id=waiting.pk)
    run = go(cast)
    assert (run.pk, run.status, run.done) == (waiting.pk, RunStatus.FAIT, 3)
    assert run.confirmed_by_id == cast.dora.member.pk
    followed(cast, 1, days=401)
    assert go(cast).status == RunStatus.FAIT  # from now on it is the duration


def test_the_confirmation_of_one_run_is_not_that_of_the_next(cast, monkeypatch):
    followed(cast, 1, days=400)
    go(cast)
    shortened(monkeypatch, 365)
    retention.confirm_run(actor=cast.dora.actor, run_id=go(cast).pk)
    go(cast)
    shortened(monkeypatch, 100)
    followed(cast, 1, days=200)
    assert go(cast).status == RunStatus.SUSPENDU


def test_a_duration_that_comes_back_drops_the_suspended_run(cast, monkeypatch):
    followed(cast, 1, days=400)
    go(cast)
    shortened(monkeypatch, 365)
    waiting = go(cast)
    shortened(monkeypatch, 730)
    assert go(cast) is None
    waiting.refresh_from_db()
    assert waiting.status == RunStatus.ABANDONNE


def test_far_more_rows_than_usual_wait_too(cast, monkeypatch):
    monkeypatch.setattr(nightly, "USUAL", 2)
    followed(cast, 3)
    run = go(cast)
    assert (run.status, run.suspension) == (RunStatus.SUSPENDU, Suspension.VOLUME)
    retention.confirm_run(actor=cast.dora.actor, run_id=run.pk)
    assert go(cast).done == 3
    followed(cast, 30, days=900)
    assert go(cast).status == RunStatus.FAIT  # ten times the largest


def test_below_the_floor_nothing_runs_whoever_confirms(cast, monkeypatch):
    followed(cast, 1)
    go(cast)
    shortened(monkeypatch, 3)
    followed(cast, 1, days=20)
    run = go(cast, confirmed=True)
    assert (run.status, run.suspension) == (RunStatus.SUSPENDU, Suspension.PLANCHER)
    with pytest.raises(InvalidInput):
        retention.confirm_run(actor=cast.dora.actor, run_id=run.pk)


# --- durations of the organisation ----------------------------------------------------------------------------------


def test_a_longer_duration_is_in_force_at_once_and_only_here(cast):
    followed(cast)
    followed(cast, there=True)
    choose(cast, 1000)
    assert go(cast) is None
    assert run_rule(personal.rule(RULE), cast.other_organisation.pk).done == 1


def test_a_shorter_one_waits_for_its_confirmation_then_runs(cast):
    followed(cast, 2, days=400)
    go(cast)
    choose(cast, 365)
    assert go(cast) is None
    retention.confirm_duration(actor=cast.dora.actor, rule_code=RULE)
    assert go(cast).done == 2


def test_giving_up_a_longer_duration_waits_like_any_shorter_one(cast):
    followed(cast)
    choose(cast, 1000)
    go(cast)
    retention.withdraw_duration(actor=cast.dora.actor, rule_code=RULE)
    assert go(cast).suspension == Suspension.RACCOURCIE


def test_a_new_choice_takes_the_place_of_the_other(cast):
    choose(cast, 1000)
    choose(cast, 1200)
    choose(cast, 1100)
    retention.confirm_duration(actor=cast.dora.actor, rule_code=RULE)
    assert list(RetentionChoice.objects.filter(withdrawn_at=None).values_list("days", flat=True)) == [1100]


@pytest.mark.parametrize(
    ("days", "reason", "field"),
    [
        *((29, "ok", "days"), (0, "ok", "days"), (99_999, "ok", "days"), (730, "ok", "days")),
        *((800, "", "reason"), (800, "\x00 ", "reason"), (800, "é" * 501, "reason")),
    ],
)
def test_an_impossible_duration_is_refused_in_words(cast, days, reason, field):
    with pytest.raises(InvalidInput) as refusal:
        choose(cast, days, reason)
    assert list(refusal.value.errors) == [field]


def test_technical_durations_are_not_chosen(cast):
    for code in ("sessions", "journal", "gestes", "second-facteur"):
        with pytest.raises(InvalidInput):
            retention.choose_duration(actor=cast.dora.actor, rule_code=code, days=400, reason="Pour voir.")
    with pytest.raises(NotFound):
        retention.choose_duration(actor=cast.dora.actor, rule_code="inconnue", days=400, reason="Pour voir.")


def test_only_the_officer_decides(cast):
    person = followed(cast)[0]
    for name in ("samia", "claire", "alban", "leo"):
        who = getattr(cast, name)
        with pytest.raises(NotAllowed):
            choose(cast, 1000, who=who)
        with pytest.raises(NotAllowed):
            place_hold(actor=who.actor, kind="personne", reference=person.reference, reason="x", until=today())
