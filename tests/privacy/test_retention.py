"""The nightly run: what is due goes, with a proof; a row that fails stops no other; two workers never mix."""

import datetime as dt
import hashlib
import io
from dataclasses import replace

import pytest
import time_machine
from django.core.management import CommandError, call_command

from entremise.core import personal, schedule
from entremise.core.time import now
from entremise.journal.models import Entry
from entremise.privacy.enums import RunStatus
from entremise.privacy.models import Person, RetentionRun, RetentionState
from entremise.privacy.queries.retention import lines
from entremise.privacy.services.retention import engine, nightly, run_rule
from tests.privacy.retention_world import RULE, followed, go

pytestmark = pytest.mark.django_db


# --- what is due goes, with a proof ---------------------------------------------------------------------------------


def test_two_years_after_the_last_contact_a_person_is_erased_and_nobody_else(cast):
    (old,) = followed(cast)
    (recent,) = followed(cast, days=700)
    (elsewhere,) = followed(cast, there=True)
    run = go(cast)
    assert (run.status, run.due, run.done, run.held, run.failed) == (RunStatus.FAIT, 1, 1, 0, 0)
    left = set(Person.objects.filter(erased_at=None).values_list("pk", flat=True))
    assert left == {recent.pk, elsewhere.pk}
    assert Person.objects.get(pk=old.pk).name == ""


def test_the_proof_is_the_hash_of_the_sorted_identifiers_and_stands_in_the_journal(cast):
    rows = followed(cast, 3)
    run = go(cast)
    expected = hashlib.sha256("".join(f"{row.pk}\n" for row in rows).encode()).hexdigest()
    assert run.proof == expected
    event = Entry.objects.get(name="retention.ran")
    assert event.payload["codes"]["proof"] == expected
    assert event.payload["codes"]["done"] == 3
    assert event.target_id == run.pk


def test_a_dry_run_counts_and_touches_nothing(cast):
    followed(cast, 3)
    dry = go(cast, dry=True)
    assert (dry.dry, dry.due, dry.done) == (True, 3, 3)
    assert Person.objects.filter(erased_at=None).count() == 3
    assert go(cast).proof == dry.proof


def test_nothing_due_leaves_no_run_but_is_remembered(cast):
    assert go(cast) is None
    state = RetentionState.objects.get(organisation=cast.organisation, rule_code=RULE)
    assert (state.due, state.days) == (0, 730)
    assert state.applied_at is not None


def test_what_is_due_within_thirty_days_is_counted_apart(cast):
    followed(cast, 2, days=715)
    go(cast)
    assert RetentionState.objects.get(organisation=cast.organisation, rule_code=RULE).due_soon == 2


def test_windows_and_batches_meet_without_a_gap(cast, monkeypatch):
    monkeypatch.setattr(engine, "WINDOW", 3)
    monkeypatch.setitem(personal._rules, RULE, replace(personal.rule(RULE), batch=2))
    rows = followed(cast, 8)
    run = go(cast)
    assert run.done == 8
    assert run.proof == hashlib.sha256("".join(f"{row.pk}\n" for row in rows).encode()).hexdigest()


# --- what fails, what stops -----------------------------------------------------------------------------------------


def failing(monkeypatch, bad):
    rule = personal.rule(RULE)
    real = rule.apply

    def apply(identifiers):
        if set(bad) & set(identifiers):
            raise ValueError("un mot qui ne doit aller nulle part")
        return real(identifiers)

    monkeypatch.setitem(personal._rules, RULE, replace(rule, apply=apply))


def test_one_bad_row_is_counted_and_stops_nobody(cast, monkeypatch):
    rows = followed(cast, 4)
    failing(monkeypatch, [rows[1].pk])
    run = go(cast)
    assert (run.due, run.done, run.failed) == (4, 3, 1)
    kept = [row.pk for row in rows if row.pk != rows[1].pk]
    assert run.proof == hashlib.sha256("".join(f"{pk}\n" for pk in kept).encode()).hexdigest()


class Killed(BaseException):
    """The worker is stopped at once."""


def test_a_run_cut_short_proves_what_it_did_and_the_next_one_goes_on(cast, monkeypatch):
    rows = followed(cast, 6)
    rule = replace(personal.rule(RULE), batch=2)
    seen = []

    def apply(identifiers):
        if seen:
            raise Killed
        seen.extend(identifiers)
        return rule.apply(identifiers)

    with monkeypatch.context() as patch:
        patch.setitem(personal._rules, RULE, replace(rule, apply=apply))
        with pytest.raises(Killed):
            go(cast)
    cut = RetentionRun.objects.get()
    assert (cut.status, cut.done) == (RunStatus.EN_COURS, 2)
    assert cut.proof == hashlib.sha256("".join(f"{row.pk}\n" for row in rows[:2]).encode()).hexdigest()
    with time_machine.travel(now() + dt.timedelta(minutes=20), tick=False):
        assert go(cast).done == 4
    cut.refresh_from_db()
    assert cut.status == RunStatus.INTERROMPU


def test_two_workers_never_run_one_rule_at_once(cast):
    followed(cast, 2)
    rule = personal.rule(RULE)
    RetentionRun.objects.create(organisation=cast.organisation, rule_code=RULE, days=730, limit=now())
    assert run_rule(rule, cast.organisation.pk) is None
    assert Person.objects.filter(erased_at=None).count() == 2


def test_the_run_of_a_dead_worker_is_taken_up_again_after_a_quarter_of_an_hour(cast):
    followed(cast, 2)
    dead = RetentionRun.objects.create(organisation=cast.organisation, rule_code=RULE, days=730, limit=now())
    RetentionRun.objects.filter(pk=dead.pk).update(progress_at=now() - dt.timedelta(minutes=16), done=5, proof="a" * 64)
    assert go(cast).done == 2
    dead.refresh_from_db()
    assert (dead.status, dead.done, dead.proof) == (RunStatus.INTERROMPU, 5, "a" * 64)


def test_a_slow_worker_whose_run_was_closed_gives_up(cast, monkeypatch):
    rows = followed(cast, 4)
    rule = replace(personal.rule(RULE), batch=2)

    def apply(identifiers):
        RetentionRun.objects.filter(rule_code=RULE).update(status=RunStatus.INTERROMPU)
        return personal.rule("invitations").apply([]) + len(rows)

    monkeypatch.setitem(personal._rules, RULE, replace(rule, apply=apply))
    run = go(cast)
    assert RetentionRun.objects.get(pk=run.pk).done == 2


# --- the night ------------------------------------------------------------------------------------------------------


def at(hour, day=23):
    return time_machine.travel(dt.datetime(2026, 11, day, hour - 1, 30, tzinfo=dt.UTC), tick=False)  # winter: UTC + 1


def test_the_night_begins_at_two_and_runs_once(cast):
    job = dict(schedule.jobs())["privacy.conservation"]
    with at(1):
        followed(cast, 2)
        job()
        assert Person.objects.filter(erased_at=None).count() == 2
    with at(2):
        assert "2 fiches traitées" in job()
        followed(cast, 1, days=900)
    with at(3):
        job()
        assert Person.objects.filter(erased_at=None).count() == 1
    with at(4, day=24):
        job()
        assert not Person.objects.filter(erased_at=None).exists()


def test_a_rule_that_breaks_stops_no_other_and_the_operator_is_told(cast, monkeypatch):
    def broken(organisation_id, before):
        raise ValueError("non")

    rule = personal.rule("fils")
    monkeypatch.setitem(personal._rules, "fils", replace(rule, due=broken))
    with at(3):
        followed(cast)
        with pytest.raises(RuntimeError, match="2 règles en échec"):
            nightly.tick()
    assert not Person.objects.filter(erased_at=None).exists()


# --- what pages and commands read -----------------------------------------------------------------------------------


def test_lines_cost_the_same_whatever_their_number(cast, django_assert_num_queries):
    followed(cast, 1)
    go(cast)
    with django_assert_num_queries(3):
        lines(cast.dora.actor)
    followed(cast, 3, days=900)
    go(cast)
    with django_assert_num_queries(3):
        found = {line.rule.code: line for line in lines(cast.dora.actor)}
    assert found[RULE].last.done == 3
    assert found[RULE].duration == "2 ans"


def purge(*words):
    out = io.StringIO()
    call_command("purge", *words, stdout=out)
    return out.getvalue()


def test_the_command_rehearses_runs_and_says_what_it_did(cast):
    followed(cast, 2)
    assert "2 à traiter" in purge("--a-blanc", "--regle", RULE)
    assert "2 traitées" in purge()
    assert purge("--regle", RULE) == "Rien n’est échu.\n"


def test_the_command_confirms_what_the_operator_read(cast, monkeypatch):
    monkeypatch.setattr(nightly, "USUAL", 2)
    followed(cast, 3)
    with pytest.raises(CommandError, match="1 passages suspendus"):
        purge()
    with pytest.raises(CommandError, match="quelle règle"):
        purge("--confirmer")
    assert "3 traitées" in purge("--regle", RULE, "--confirmer")


@pytest.mark.parametrize("code", ["inconnue", "second-facteur"])
def test_the_command_refuses_a_rule_that_does_not_run(code):
    with pytest.raises(CommandError):
        purge("--regle", code)
