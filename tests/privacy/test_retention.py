"""The nightly run: what is due goes, with a proof; what is held stays; what looks like a mistake waits."""

import datetime as dt
import hashlib
import io
from dataclasses import replace

import pytest
import time_machine
from django.core.management import CommandError, call_command

from entremise.core import personal, schedule
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.time import now, today
from entremise.journal.models import Entry
from entremise.privacy.enums import RunStatus, Suspension
from entremise.privacy.models import Person, RetentionChoice, RetentionRun, RetentionState
from entremise.privacy.queries.holds import held_persons
from entremise.privacy.queries.retention import lines
from entremise.privacy.services import retention
from entremise.privacy.services.holds import lift_hold, place_hold, renew_hold
from entremise.privacy.services.retention import engine, nightly, run_rule

pytestmark = pytest.mark.django_db
RULE = "personnes"


def followed(cast, number=1, days=800, *, there=False, **facts):
    """Someone last seen so many days ago."""
    who = cast.ines if there else cast.samia
    rows = [
        Person.objects.create(
            organisation_id=who.actor.organisation_id,
            team=cast.foreign_team if there else cast.team,
            reference=f"{'E' if there else 'P'}-{days}-{rank}",
            name="Awa D.",
            name_reason="rappel",
            last_contact_on=today() - dt.timedelta(days=days),
            opened_by=who.member,
            **facts,
        )
        for rank in range(number)
    ]
    return sorted(rows, key=lambda person: person.pk)


def go(cast, **options):
    return run_rule(personal.rule(RULE), cast.organisation.pk, **options)


def hold(cast, person, **options):
    facts = {"kind": "personne", "reference": person.reference, "reason": "Plainte en cours."}
    facts["until"] = today() + dt.timedelta(days=90)
    return place_hold(actor=cast.dora.actor, **{**facts, **options})


def shortened(monkeypatch, days):
    rule = personal.rule(RULE)
    monkeypatch.setitem(personal._rules, RULE, replace(rule, days=days))


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


# --- a rule shortened by mistake ------------------------------------------------------------------------------------


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


def choose(cast, days, reason="Décidé au comité du 3 mars.", who=None):
    return retention.choose_duration(actor=(who or cast.dora).actor, rule_code=RULE, days=days, reason=reason)


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


# --- holds ----------------------------------------------------------------------------------------------------------


def test_a_held_person_is_skipped_and_counted(cast):
    first, second = followed(cast, 2)
    hold(cast, first)
    assert first.pk in held_persons(cast.organisation.pk)
    assert second.pk not in held_persons(cast.organisation.pk)
    run = go(cast)
    assert (run.due, run.done, run.held) == (2, 1, 1)
    assert Person.objects.get(pk=first.pk).name == "Awa D."
    state = RetentionState.objects.get(organisation=cast.organisation, rule_code=RULE)
    assert (state.due, state.held) == (0, 1)


def test_a_hold_that_is_over_or_lifted_holds_no_more(cast):
    first, second = followed(cast, 2)
    hold(cast, first)
    lift_hold(actor=cast.dora.actor, hold_id=hold(cast, second).pk)
    with time_machine.travel(now() + dt.timedelta(days=91), tick=False):
        assert first.pk not in held_persons(cast.organisation.pk)
        assert go(cast).done == 2


def test_a_hold_is_renewed_and_once_over_placed_again(cast):
    (person,) = followed(cast)
    known = hold(cast, person)
    with pytest.raises(InvalidInput):
        hold(cast, person)
    renewed = renew_hold(actor=cast.dora.actor, hold_id=known.pk, until=today() + dt.timedelta(days=300))
    assert renewed.renewals == 1
    with time_machine.travel(now() + dt.timedelta(days=301), tick=False):
        again = hold(cast, person)
        assert again.pk != known.pk
        assert person.pk in held_persons(cast.organisation.pk)


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "autre"},
        {"reference": "inconnue"},
        {"reference": ""},
        {"reference": "P" * 50},
        {"reason": " "},
        {"reason": "🙂" * 501},
        {"until": dt.date(2000, 1, 1)},
        {"until": dt.date(2200, 1, 1)},
    ],
)
def test_an_impossible_hold_is_refused_in_words(cast, facts):
    (person,) = followed(cast)
    with pytest.raises(InvalidInput) as refusal:
        hold(cast, person, **facts)
    assert list(refusal.value.errors) == list(facts)


def test_a_stranger_holds_nobody_here(cast):
    (person,) = followed(cast, there=True)
    with pytest.raises(InvalidInput):
        hold(cast, person)
    (mine,) = followed(cast)
    known = hold(cast, mine)
    officer = cast.dora.actor
    stranger = type(officer)(
        organisation_id=cast.other_organisation.pk, member_id=cast.clara.member.pk, roles=officer.roles
    )
    with pytest.raises(NotFound):
        lift_hold(actor=stranger, hold_id=known.pk)


def test_the_reason_of_a_hold_is_sealed_and_goes_a_year_after_its_end(cast):
    (person,) = followed(cast)
    known = hold(cast, person)
    rule = personal.rule("motifs-gels")
    with time_machine.travel(now() + dt.timedelta(days=90 + 366), tick=False):
        assert run_rule(rule, cast.organisation.pk).done == 1
    known.refresh_from_db()
    assert known.reason == ""


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
