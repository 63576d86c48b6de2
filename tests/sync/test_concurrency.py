"""F36 to F42: several phones, or a phone and the office, on one record."""

import itertools

import pytest

from entremise.interventions import services as acts
from entremise.interventions.models import Intervention, InterventionRevision
from entremise.presence import services as presence
from entremise.presence.models import Round, Stop, Tally
from entremise.presence.queries.rounds import contacts_of_rounds
from entremise.sync.models import Conflict, Receipt
from tests.interventions.commands import correct_command
from tests.sync.phone import enrol

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(cast, hall, wire, phone):
    """An act that samia and paul both signed, on the server."""
    sealed = phone.act(hall, second_author_id=str(cast.paul.member.pk), narrative="Début.")
    assert wire.one(sealed)["status"] == "applied"
    return sealed


def change(phone, act, base=1, after=None, **fields):
    """A correction of some fields: ``name=(before, after)``."""
    pairs = {name: list(pair) for name, pair in fields.items()}
    return phone.write("act.correct/1", "act", pairs, entity=act["entity_id"], base=base, after=after)


def test_f36_different_fields_meet(wire, phone, other, shared):
    theirs, line = other
    mine = change(phone, shared, people_count=(None, 3), after=shared["id"])
    assert line.one(change(theirs, shared, outcome=("info_donnee", "apaise")))["status"] == "applied"
    assert wire.one(mine)["status"] == "applied"
    act = Intervention.objects.get()
    assert (act.people_count, act.outcome, act.version) == (3, "apaise", 3)
    assert Conflict.objects.count() == 0


def test_f36_the_same_field_to_two_values_keeps_both(cast, wire, phone, other, shared):
    theirs, line = other
    assert line.one(change(theirs, shared, people_count=(None, 5)))["status"] == "applied"
    result = wire.one(change(phone, shared, people_count=(None, 3), after=shared["id"]))
    assert (result["status"], result["fields"]) == ("conflict", ["people_count"])
    assert Intervention.objects.get().people_count == 5
    conflict = Conflict.objects.get()
    assert conflict.fields == '{"people_count": [null, 5, 3]}'
    assert "people_count" not in str(Conflict.objects.values("fields").get())


def test_f36_the_same_field_to_the_same_value_is_no_conflict(wire, phone, other, shared):
    theirs, line = other
    line.one(change(theirs, shared, people_count=(None, 3)))
    assert wire.one(change(phone, shared, people_count=(None, 3)))["status"] == "duplicate"
    assert Intervention.objects.get().version == 2


def test_f37_a_field_that_goes_and_comes_back_ends_where_it_was_left(wire, phone, shared):
    there = change(phone, shared, narrative=("Début.", "Autre."), after=shared["id"])
    back = change(phone, shared, narrative=("Autre.", "Début."), after=there["id"], base=None)
    assert [one["status"] for one in wire.results(there, back)] == ["applied", "applied"]
    assert Intervention.objects.get().narrative == "Début."
    assert InterventionRevision.objects.count() == 2


def test_f38_lists_take_what_each_adds_and_counters_add_up(cast, hall, wire, phone, other, shared):
    theirs, line = other
    mine = change(phone, shared, actions=([], ["separation"]), after=shared["id"])
    yours = change(theirs, shared, actions=([], ["information"]))
    assert [wire.one(mine)["status"], line.one(yours)["status"]] == ["applied", "applied"]
    codes = Intervention.objects.get().codes.filter(list_reference="L17")
    assert {row.code for row in codes} == {"separation", "information"}
    opened = phone.write("round.open/1", "round", {"team_id": str(cast.team.pk)})
    arrived = phone.write("stop.arrive/1", "stop", {"round_id": opened["entity_id"], "site_id": str(hall.pk)})
    wire.results(opened, arrived)
    taps = [
        (wire, phone.write("tally.add/1", "stop", {"delta": 2}, entity=arrived["entity_id"])),
        (line, theirs.write("tally.add/1", "stop", {"delta": 3}, entity=arrived["entity_id"])),
        (wire, phone.write("tally.add/1", "stop", {"delta": -1}, entity=arrived["entity_id"])),
    ]
    for _ in range(2):
        for carrier, tap in taps:
            assert carrier.one(tap)["status"] == "applied"
    assert Tally.objects.get().count == 4


def test_f38_two_phones_at_one_place_share_the_passage_that_exists(cast, hall, wire, phone, other):
    theirs, line = other
    opened = phone.write("round.open/1", "round", {"team_id": str(cast.team.pk)})
    arrived = phone.write("stop.arrive/1", "stop", {"round_id": opened["entity_id"], "site_id": str(hall.pk)})
    wire.results(opened, arrived)
    joined = theirs.write("round.join/1", "round", {}, entity=opened["entity_id"])
    again = theirs.write("stop.arrive/1", "stop", {"round_id": opened["entity_id"], "site_id": str(hall.pk)})
    tap = theirs.write("tally.add/1", "stop", {"delta": 4}, entity=again["entity_id"], after=again["id"])
    told = line.results(joined, again, tap)
    assert [one["status"] for one in told] == ["applied"] * 3
    assert told[1]["entity"] == arrived["entity_id"]
    assert Stop.objects.count() == 1
    assert Tally.objects.get().count == 4


def test_f39_an_edit_at_the_office_between_two_edits_of_the_phone(cast, wire, phone, shared):
    first = change(phone, shared, people_count=(None, 2), after=shared["id"])
    second = change(phone, shared, people_count=(2, 4), narrative=("Début.", "Suite."), after=first["id"])
    wire.one(first)
    act = Intervention.objects.get()
    acts.correct_intervention(actor=cast.paul.actor, command=correct_command(act, people_count=9))
    result = wire.one(second)
    assert (result["status"], result["fields"]) == ("conflict", ["people_count"])
    act.refresh_from_db()
    assert (act.people_count, act.narrative) == (9, "Suite.")


def test_f40_an_act_validated_at_the_office_keeps_the_late_edit_aside(cast, wire, phone, shared):
    acts.validate_intervention(actor=cast.claire.actor, intervention_id=Intervention.objects.get().pk)
    result = wire.one(change(phone, shared, people_count=(None, 2), after=shared["id"]))
    assert (result["status"], result["reason"]) == ("parked", "locked")
    assert Receipt.objects.get(operation_id=result["id"]).envelope


def test_f40_an_edit_of_an_act_erased_meanwhile_is_kept_aside(wire, phone, shared):
    act = Intervention.objects.get()
    act.revisions.all().delete()
    from entremise.presence.models import LogEntry

    LogEntry.objects.filter(subject_id=act.pk).delete()
    act.delete()
    result = wire.one(change(phone, shared, people_count=(None, 2), after=shared["id"]))
    assert (result["status"], result["reason"]) == ("parked", "gone")


def test_f40_a_contact_counted_before_the_colleague_closed_the_round_still_counts(cast, hall, wire, phone):
    opened = phone.write("round.open/1", "round", {"team_id": str(cast.team.pk)})
    arrived = phone.write("stop.arrive/1", "stop", {"round_id": opened["entity_id"], "site_id": str(hall.pk)})
    wire.results(opened, arrived)
    presence.close_round(actor=cast.paul.actor, round_id=opened["entity_id"])
    tap = phone.write("tally.add/1", "stop", {"delta": 1}, entity=arrived["entity_id"])
    mood = phone.write("stop.atmosphere/1", "stop", {"atmosphere": "tendu"}, entity=arrived["entity_id"])
    assert [wire.one(tap)["status"], wire.one(mood)["status"]] == ["applied", "applied"]
    assert Tally.objects.get().count == 1
    assert Stop.objects.get().atmosphere == "tendu"


def test_f41_a_late_edit_of_the_losing_side_comes_to_the_page_again(cast, wire, phone, other, shared):
    from entremise.sync.queries.operations import comparison_of
    from entremise.sync.services import resolve_conflict

    theirs, line = other
    line.one(change(theirs, shared, people_count=(None, 5)))
    wire.one(change(phone, shared, people_count=(None, 3), after=shared["id"]))
    conflict = Conflict.objects.get()
    seen = comparison_of(cast.claire.actor, conflict).digest
    resolve_conflict(
        actor=cast.claire.actor, conflict_id=conflict.pk, choices={"people_count": "server"}, texts={}, seen=seen
    )
    late = change(phone, shared, people_count=(3, 8))
    assert wire.one(late)["status"] == "conflict"
    assert Conflict.objects.filter(state="open").count() == 1
    assert Intervention.objects.get().people_count == 5


def test_f42_what_is_noted_on_a_round_merged_meanwhile_follows_it(cast, hall, wire, phone, other):
    theirs, line = other
    mine = phone.write("round.open/1", "round", {"team_id": str(cast.team.pk)})
    yours = theirs.write("round.open/1", "round", {"team_id": str(cast.team.pk)})
    assert wire.one(mine)["status"] == line.one(yours)["status"] == "applied"
    presence.merge_rounds(actor=cast.claire.actor, keep_id=mine["entity_id"], absorb_id=yours["entity_id"])
    arrived = theirs.write("stop.arrive/1", "stop", {"round_id": yours["entity_id"], "site_id": str(hall.pk)})
    tap = theirs.write("tally.add/1", "stop", {"delta": 6}, entity=arrived["entity_id"])
    assert [one["status"] for one in line.results(arrived, tap)] == ["applied", "applied"]
    keep = Round.objects.get(pk=mine["entity_id"])
    assert contacts_of_rounds([keep.pk]) == {keep.pk: 6}


def test_two_rounds_opened_without_network_are_both_kept_for_people_to_merge(cast, wire, phone, signed_in):
    second = enrol(wire, cast.samia)
    ops = [one.write("round.open/1", "round", {"team_id": str(cast.team.pk)}) for one in (phone, second)]
    assert [wire.one(op)["status"] for op in ops] == ["applied", "applied"]
    assert Round.objects.count() == 2


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_whatever_the_order_of_three_phones_nothing_is_lost(cast, wire, phone, other, shared, order, signed_in):
    theirs, line = other
    third = enrol(wire, cast.samia)
    edits = [
        (wire, change(phone, shared, people_count=(None, 3), after=shared["id"])),
        (line, change(theirs, shared, people_count=(None, 5), narrative=("Début.", "Fin."))),
        (wire, change(third, shared, duration_minutes=(None, 20))),
    ]
    told = [edits[rank][0].one(edits[rank][1])["status"] for rank in order]
    assert sorted(told) == ["applied", "applied", "conflict"]
    act = Intervention.objects.get()
    assert (act.narrative, act.duration_minutes) == ("Fin.", 20)
    assert act.people_count in (3, 5)
    assert Conflict.objects.count() == 1


def test_the_last_answer_about_a_place_wins_whatever_the_order(cast, hall, wire, phone):
    opened = phone.write("round.open/1", "round", {"team_id": str(cast.team.pk)})
    arrived = phone.write("stop.arrive/1", "stop", {"round_id": opened["entity_id"], "site_id": str(hall.pk)})
    first = phone.write("stop.reception/1", "stop", {"reception": "bon"}, entity=arrived["entity_id"])
    last = phone.write("stop.reception/1", "stop", {"reception": ""}, entity=arrived["entity_id"])
    wire.results(opened, arrived, last)
    assert wire.one(first)["status"] in ("duplicate", "rejected")
    assert Stop.objects.get().reception == ""
