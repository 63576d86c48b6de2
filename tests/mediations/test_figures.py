"""Golden figures: twelve cases whose every count was made by hand, denominators side by side."""

import datetime as dt

import pytest
from django.urls import reverse

from entremise.core.ids import uuid7
from entremise.core.time import day_bounds
from entremise.mediations.models import Case, FollowUp, FollowUpAnswer, MediationAgreement, Party
from entremise.mediations.queries.figures import delay, figures

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
# days after the demand: accepted, first contact, engaged, mediated, agreed, closed; then the shown outcome
GOLDEN = [
    (1, 2, 10, 12, 20, 110, "accord_total"),
    (1, 3, 11, 13, 21, 112, "accord_total"),
    (1, 4, 12, 14, 22, 114, "accord_total"),
    (2, 5, 13, 15, 23, 120, "accord_partiel"),
    (2, 6, 14, 16, 24, None, ""),
    (2, 7, 15, 17, None, 30, "dialogue_retabli"),
    (3, 8, 16, 18, None, 31, "dialogue_retabli"),
    (3, 9, 17, 19, None, 32, "pas_adapte"),
    (3, 10, None, None, None, 33, "pas_adapte"),
    (4, 30, None, None, None, 40, "perdu_vue"),
    (None, None, None, None, None, 1, "pas_adapte"),
    (None, None, None, None, None, None, ""),
]


def after(days):
    return dt.date(2026, 2, 1) + dt.timedelta(days=days) if days is not None else None


@pytest.fixture
def golden(cast):
    for accepted, contact, engaged, mediated, agreed, closed, outcome in GOLDEN:
        case = Case.objects.create(
            pk=uuid7(), organisation_id=cast.organisation.pk, team_id=cast.team.pk, origin="habitant",
            opened_by_id=cast.samia.member.pk, asked_on=after(0), accepted_on=after(accepted),
            first_contact_on=after(contact), engaged_on=after(engaged), mediated_on=after(mediated),
            agreed_on=after(agreed), closed_at=day_bounds(after(closed))[0] if closed else None, outcome=outcome,
            stage="cloture" if closed else "saisine",
        )  # fmt: skip
        if agreed:
            looked_at(cast, case, agreed)


def looked_at(cast, case, agreed):
    """A look at one week, kept but for the last; of two parties, the first answers and is satisfied."""
    own = {"organisation_id": cast.organisation.pk, "case": case}
    sides = [Party.objects.create(**own, letter=letter, kind="groupe", label=letter) for letter in "AB"]
    known = MediationAgreement.objects.create(**own, drafted_by_id=cast.samia.member.pk, concluded_at=case.opened_at)
    kept = "non_respecte" if agreed == 24 else "respecte"
    look = FollowUp.objects.create(
        **own, agreement=known, step="semaine", due_on=after(agreed + 7), done_on=after(agreed + 7), kept=kept
    )
    said = {"link": "retabli", "misunderstanding": "leve", "face": 3}
    FollowUpAnswer.objects.create(**own, follow_up=look, party=sides[0], **said)


def test_every_figure_is_the_one_counted_by_hand(cast, golden):
    found = figures(cast.claire.actor, FIRST, LAST)
    assert (found.referred, found.accepted, found.engaged, found.mediated, found.agreed) == (12, 10, 8, 8, 5)
    assert [(one.count, one.out_of, one.percent) for one in found.agreement] == [(5, 12, 42), (5, 10, 50), (5, 8, 63)]
    assert (found.dialogue.count, found.dialogue.out_of, found.dialogue.percent) == (2, 8, 25)
    assert dict(found.outcomes) == {
        "Accord total": 3, "Accord partiel": 1, "Dialogue rétabli sans accord": 2, "Relais": 0, "Perdu de vue": 1,
        "Résolu sans médiation": 0, "La médiation n’est pas le cadre adapté": 3,
    }  # fmt: skip
    contact, closing = found.delays
    assert (contact.median, contact.p90, contact.known) == (6.5, 10, 10)
    assert (closing.median, closing.p90, closing.known) == (36.5, 114, 10)
    week, month, quarter = found.durability
    assert (week.count, week.out_of, week.percent) == (4, 5, 80)
    assert month.hidden
    assert quarter.hidden
    assert [(one.count, one.out_of) for one in found.satisfaction] == [(0, 5), (0, 5), (5, 5)]
    assert (found.answers.count, found.answers.out_of, found.answers.percent) == (5, 10, 50)


def test_what_fewer_than_five_parties_said_is_not_shown(cast, golden, signed_in):
    FollowUpAnswer.objects.first().delete()
    found = figures(cast.claire.actor, FIRST, LAST)
    assert all(one.hidden for one in found.satisfaction)
    page = signed_in(cast.claire).get(reverse("mediations:figures") + "?du=2026-01-01&au=2026-12-31").content.decode()
    assert "5 sur 12, 42" in page
    assert "moins de 5 réponses" in page


def test_figures_are_the_teams_own_and_for_who_answers_for_them(cast, golden, signed_in):
    assert figures(cast.clara.actor, FIRST, LAST).referred == 0
    for someone in (cast.samia, cast.alban, cast.leo, cast.dora):
        assert signed_in(someone).get(reverse("mediations:figures")).status_code == 403


@pytest.mark.parametrize(("days", "expected"), [([], (None, None, 0)), ([3], (3, 3, 1)), ([1, None, 2], (1.5, 2, 2))])
def test_a_delay_counts_what_is_known(days, expected):
    found = delay("", "", days)
    assert (found.median, found.p90, found.known) == expected
