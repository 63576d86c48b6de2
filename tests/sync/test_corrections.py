"""Corrections made on the phone: an operation that names the one it replaces, and nothing counted twice."""

import pytest

from entremise.interventions.models import Intervention
from entremise.sync.models import Receipt

pytestmark = pytest.mark.django_db
CONTENT = {"conflict_objects": ["bruit"], "tension_before": 3, "tension_after": 1, "registers": ["conflit_temps_reel"]}


def statuses(results):
    """The results in short."""
    return [one["status"] for one in results]


def test_an_act_corrected_before_it_left_is_one_act_with_the_last_words(hall, wire, phone):
    first = phone.act(hall, narrative="Un.")
    second = phone.act(hall, narrative="Deux.", entity=first["entity_id"], replaces=first["id"])
    assert statuses(wire.results(first, second)) == ["applied", "applied"]
    act = Intervention.objects.get()
    assert (act.narrative, act.version) == ("Deux.", 2)


def test_the_same_two_the_other_way_round_give_the_same_act(hall, wire, phone):
    first = phone.act(hall, narrative="Un.")
    second = phone.act(hall, narrative="Deux.", entity=first["entity_id"], replaces=first["id"])
    assert statuses(wire.results(second)) == ["applied"]
    assert statuses(wire.results(first)) == ["duplicate"]
    assert Intervention.objects.get().narrative == "Deux."


def test_a_correction_of_a_correction_closes_every_refusal_behind_it(hall, wire, phone):
    first = phone.act(hall, outcome="")
    second = phone.act(hall, outcome="inconnu", entity=first["entity_id"], replaces=first["id"])
    third = phone.act(hall, entity=first["entity_id"], replaces=second["id"])
    assert statuses(wire.results(first, second)) == ["rejected", "rejected"]
    assert statuses(wire.results(third)) == ["applied"]
    assert Intervention.objects.count() == 1
    assert not Receipt.objects.filter(status="rejected", replaced_by=None).exists()


def test_a_refusal_that_arrives_after_the_correction_of_its_correction_asks_nothing(hall, wire, phone):
    first = phone.act(hall, outcome="")
    second = phone.act(hall, outcome="inconnu", entity=first["entity_id"], replaces=first["id"])
    third = phone.act(hall, entity=first["entity_id"], replaces=second["id"])
    assert statuses(wire.results(second, third)) == ["rejected", "applied"]
    assert statuses(wire.results(first)) == ["duplicate"]


def test_a_correction_names_the_record_it_goes_on_from_and_writes_only_what_changed(hall, wire, phone, cast):
    act = phone.act(hall, narrative="Un.", **CONTENT)
    later = phone.write(
        "act.correct/1",
        "act",
        {"people_count": [None, 4]},
        entity=act["entity_id"],
        after=act["id"],
        replaces=act["id"],
        base=1,
    )
    assert statuses(wire.results(act, later)) == ["applied", "applied"]
    row = Intervention.objects.get()
    assert (row.people_count, row.narrative, row.version) == (4, "Un.", 2)


def test_a_sign_that_is_not_kept_is_no_difference_between_two_versions(hall, wire, phone):
    act = phone.act(hall, dangers=["crise_psy", "menace_mort"])
    pair = [["crise_psy", "menace_mort"], ["crise_psy", "menace_mort", "mineur_danger"]]
    later = phone.write(
        "act.correct/1", "act", {"dangers": pair}, entity=act["entity_id"], after=act["id"], replaces=act["id"], base=1
    )
    assert statuses(wire.results(act, later)) == ["applied", "applied"]


def test_an_instruction_left_during_a_round_is_kept_and_read_from_a_phone_once(cast, wire, phone, other):
    from entremise.presence.models import Acknowledgement, LogEntry

    team = str(cast.team.pk)
    left = phone.write("instruction.leave/1", "log", {"team_id": team, "text": "Repasser jeudi.", "site_id": None})
    assert wire.one(left)["status"] == "applied"
    his, line = other
    read = his.write("instruction.acknowledge/1", "log", {}, entity=left["entity_id"])
    assert statuses(line.results(read, read)) == ["applied", "applied"]
    again = his.write("instruction.acknowledge/1", "log", {}, entity=left["entity_id"])
    assert line.one(again)["status"] in ("applied", "duplicate")
    assert Acknowledgement.objects.count() == LogEntry.objects.filter(kind="consigne").count() == 1


@pytest.mark.parametrize("told", [{}, {"team_id": None}, {"team_id": ""}])
def test_what_is_left_outside_a_round_goes_to_the_only_team_of_its_author(cast, hall, wire, phone, told):
    from entremise.presence.models import LogEntry

    left = phone.write("instruction.leave/1", "log", {**told, "text": "Repasser jeudi.", "site_id": None})
    assert wire.one(left)["status"] == "applied"
    assert LogEntry.objects.get(kind="consigne").team_id == cast.team.pk
    act = phone.act(hall, **{"team_id": None, **told})
    assert wire.one(act)["status"] == "applied"


def test_what_is_left_outside_a_round_by_someone_of_two_teams_asks_which(cast, wire, phone):
    cast.samia.member.teams.add(cast.other_team)
    left = phone.write("instruction.leave/1", "log", {"text": "Repasser jeudi."})
    answer = wire.one(left)
    assert (answer["status"], list(answer["errors"])) == ("rejected", ["team_id"])
