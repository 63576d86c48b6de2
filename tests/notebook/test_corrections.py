"""Correcting on the phone what was written on it: what leaves, whatever the server has said meanwhile."""

from typing import Any

from tests.notebook.node import run

PAYLOAD: dict[str, Any] = {
    "team_id": "t",
    "site_id": "s",
    "round_id": "r",
    "occurred_at": "2026-11-20T19:42:00+01:00",
    "registers": ["conflit_temps_reel"],
    "outcome": "apaise",
    "narrative": "Son baissé.",
    "people_count": 3,
    "duration_minutes": 30,
    "tension_before": 3,
    "tension_after": 1,
    "ages": [{"code": "douze_dix_huit", "count": 2, "estimated": True}],
    "dangers": ["menace_mort"],
}


def entry(name, seq, schema="act.record/1", state="applied", payload=None, **facts):
    """One entry of the phone and its words."""
    row = {"id": name, "seq": seq, "schema": schema, "state": state, "entity_id": "act", **facts}
    return {"entry": row, "content": {"payload": payload if payload is not None else PAYLOAD}}


def corrected(written, name, **typed):
    """What the phone would send once these fields are typed."""
    return run("corrections.mjs", [{"written": written, "id": name, "typed": typed}])[0]


def test_an_act_the_server_has_is_corrected_field_by_field_and_names_what_it_replaces():
    done = corrected([entry("a", 1, version=1)], "a", narrative="Son baissé à 22 h.")
    assert done["plan"]["schema"] == "act.correct/1"
    assert (done["plan"]["replaces"], done["plan"]["after"], done["plan"]["base_version"]) == ("a", "a", 1)
    assert done["changes"] == {"narrative": ["Son baissé.", "Son baissé à 22 h."]}


def test_the_form_shows_every_answer_again_and_an_untouched_form_changes_nothing():
    done = corrected([entry("a", 1, version=1)], "a")
    assert done["changes"] == {}
    shown = {tuple(pair) for pair in done["shown"]}
    assert {("ages-douze_dix_huit", "2"), ("ages-estimated", "on"), ("dangers", "menace_mort")} <= shown
    assert ("duration_minutes", "30") in shown


def test_an_act_still_on_the_phone_is_said_again_whole_under_the_same_identifier():
    for state in ("waiting", "rejected"):
        done = corrected([entry("a", 1, state=state)], "a", narrative="Autre.")
        assert done["plan"]["schema"] == "act.record/1"
        assert (done["plan"]["replaces"], done["plan"]["after"]) == ("a", None)
        assert done["plan"]["hung"]["round_id"] == "r"


def test_a_correction_that_follows_another_still_waiting_goes_on_from_it_and_keeps_it():
    first = entry("b", 2, "act.correct/1", "waiting", {"narrative": ["Son baissé.", "Deux."]})
    done = corrected([entry("a", 1, version=4, replaced_by="b"), first], "b", people_count="5")
    assert done["changes"] == {"people_count": [3, 5]}
    assert (done["plan"]["after"], done["plan"]["replaces"], done["plan"]["base_version"]) == ("b", None, 5)
    assert dict(done["shown"])["narrative"] == "Deux."


def test_a_refused_correction_shows_what_was_typed_and_is_said_again_from_what_the_server_has():
    refused = entry(
        "b", 2, "act.correct/1", "rejected", {"people_count": [3, 9000], "narrative": ["Son baissé.", "Deux."]}
    )
    done = corrected([entry("a", 1, version=1, replaced_by="b"), refused], "b", people_count="9")
    assert dict(done["shown"])["narrative"] == "Deux."
    assert done["changes"] == {"people_count": [3, 9], "narrative": ["Son baissé.", "Deux."]}
    assert (done["plan"]["after"], done["plan"]["replaces"], done["plan"]["base_version"]) == ("a", "b", 1)


def test_only_the_last_entry_of_an_act_is_offered_and_never_one_the_office_has_to_decide():
    second = entry("b", 2, "act.correct/1", "applied", {"narrative": ["Son baissé.", "Deux."]}, version=2)
    assert corrected([entry("a", 1, version=1, replaced_by="b"), second], "b")["correctable"] == ["b"]
    for state in ("conflict", "parked", "held"):
        assert (
            corrected([entry("a", 1, version=1), entry("b", 2, "act.correct/1", state, {})], "a")["correctable"] == []
        )


def test_one_instant_told_with_another_offset_is_not_a_change():
    told = {**PAYLOAD, "occurred_at": "2026-11-20T18:42:00+00:00"}
    assert "occurred_at" not in corrected([entry("a", 1, version=1, payload=told)], "a")["changes"]
