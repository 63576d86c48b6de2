"""An actor remembers what was asked about its organisation, and only that."""

from dataclasses import replace

from entremise.core.actor import Actor
from entremise.core.ids import uuid7


def test_a_question_is_asked_once_for_an_actor_and_again_for_another():
    asked = []

    def ask():
        asked.append(len(asked))
        return False

    actor = Actor(organisation_id=uuid7())
    assert [actor.once("fact", ask), actor.once("fact", ask)] == [False, False]
    assert len(asked) == 1
    elsewhere = replace(actor, organisation_id=uuid7())
    assert elsewhere.once("fact", ask) is False
    assert len(asked) == 2


def test_what_an_actor_remembers_is_no_part_of_who_it_is():
    first = Actor(organisation_id=uuid7())
    second = replace(first)
    first.once("fact", lambda: "remembered")
    assert first == second
    assert hash(first) == hash(second)
    assert "remembered" not in repr(first)
