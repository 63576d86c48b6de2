"""A team anonymous by construction keeps nothing that points at someone, in any text of the field."""

import pytest

from entremise.accounts.services import close_team
from entremise.core.actor import system_actor
from entremise.core.errors import InvalidInput
from entremise.interventions.services.anonymity import is_anonymous
from entremise.presence import services

pytestmark = pytest.mark.django_db
POINTING = "Rappeler M. Dupont au 06 12 34 56 78."
PLAIN = "Repasser à la place en fin de soirée, deux jeunes attendent une réponse."


def instruct(person, team, ground, text):
    return services.leave_instruction(actor=person.actor, team_id=team.pk, text=text)


def call(person, team, ground, text):
    return services.note_call(actor=person.actor, team_id=team.pk, text=text)


def observe(person, team, ground, text):
    return services.observe(
        actor=person.actor, team_id=team.pk, site_id=ground.square.pk, watch_type="ambiance", text=text
    )


def report(person, team, ground, text):
    return services.report_defect(
        actor=person.actor, team_id=team.pk, site_id=ground.square.pk, category="eclairage", description=text
    )


def hand_over(person, team, ground, text):
    outing = services.open_round(actor=person.actor, team_id=team.pk)
    return services.close_round(actor=person.actor, round_id=outing.pk, handover=text)


WAYS = [(instruct, "text"), (call, "text"), (observe, "text"), (report, "description"), (hand_over, "handover")]


@pytest.mark.parametrize(("write", "field"), WAYS)
def test_words_that_point_at_someone_are_refused_beside_their_field(cast, ground, write, field):
    with pytest.raises(InvalidInput) as refused:
        write(cast.hugo, cast.other_team, ground, POINTING)
    assert "reconnaître quelqu’un" in refused.value.errors[field][0]


@pytest.mark.parametrize(("write", "field"), WAYS)
def test_a_fact_without_anyone_in_it_is_kept(cast, ground, write, field):
    assert write(cast.hugo, cast.other_team, ground, PLAIN)


def test_another_team_s_author_decides(cast, ground):
    assert instruct(cast.samia, cast.team, ground, POINTING)


def test_a_note_on_a_defect_follows_the_team_that_reported_it(cast, ground):
    defect = report(cast.hugo, cast.other_team, ground, "")
    with pytest.raises(InvalidInput):
        services.advance_defect(actor=cast.samia.actor, defect_id=defect.pk, status="accuse", note=POINTING)


def test_closing_the_team_does_not_lift_its_anonymity(cast):
    close_team(actor=system_actor(cast.organisation.pk), team_id=cast.other_team.pk)
    assert is_anonymous(cast.other_team.pk)
