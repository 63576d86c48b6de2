"""Insertion: the printed figures come out, a link answers once, nothing said by one person is ever shown."""

import datetime as dt
import json
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from hypothesis import given, settings
from hypothesis import strategies as st

import entremise.competences
from entremise.certification import tasks
from entremise.certification.commands import AnswerFacts
from entremise.certification.enums import NEUTRALISED, Situation, SurveyState, Wave
from entremise.certification.exports.insertion import INSERTION
from entremise.certification.insertion import Answer, Tally, percent, tally
from entremise.certification.models import Candidate, Certificate, PromotionFigures, Survey
from entremise.certification.queries.certifier import record_of
from entremise.certification.queries.surveys import check_of, promotions
from entremise.certification.services import erasure, surveys
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.personal import rule
from entremise.core.time import now
from tests.certification import build

SITUATIONS = st.builds(Answer, st.sampled_from(Situation), st.booleans())
WORKS, LOOKS = AnswerFacts(situation="employed", in_target_job="yes"), AnswerFacts(situation="seeking")
ELSEWHERE, STUDIES = AnswerFacts(situation="employed", in_target_job="no"), AnswerFacts(situation="studying")
# year → holders, by the VAE, then for each wave: in a job aimed at, in another, without, neutralised; the rest silent
STORIES = {
    2024: (16, 1, (11, 2, 2, 1), None),
    2022: (17, 0, (12, 4, 0, 1), (7, 1, 2, 0)),
    2020: (11, 0, (5, 3, 1, 2), (7, 0, 3, 1)),
}


@settings(deadline=None)
@given(st.lists(SITUATIONS, max_size=30), st.lists(st.sampled_from(sorted(NEUTRALISED)), max_size=9))
def test_rates_hold_whoever_answers_and_neutralised_people_change_none(answers, gone):
    found = tally(answers, len(answers))
    more = tally([*answers, *(Answer(one, True) for one in gone)], len(answers) + len(gone))
    assert (more.insertion, more.target_job) == (found.insertion, found.target_job)
    assert found.in_target_job <= found.employed <= found.counted <= found.respondents
    assert (found.insertion is None) == (found.counted == 0)


@settings(deadline=None)
@given(st.integers(0, 400), st.integers(1, 400))
def test_percents_are_whole_and_go_half_up(part, whole):
    exact = 100 * part / whole
    assert abs(percent(part, whole) - exact) <= 0.5
    assert percent(1, 8) == 13
    assert percent(0, 0) is None


@pytest.fixture
def house(db):
    return build.house()


def holder(house, acquired_on: dt.date, rank: int = 1, route: str = "continuing", email: str = "") -> Candidate:
    """Somebody who obtained the whole certification that day, without the session it took."""
    who = {"organisation_id": house.organisation.pk, "reference": f"T{acquired_on:%y%m}{rank:03}"}
    one = Candidate.objects.create(**who, first_names="Camille", birth_name=f"Nom {rank}", email=email)
    Certificate.objects.create(
        organisation_id=house.organisation.pk, candidate=one, kind="full", record_code="RNCP41674", route=route,
        year=acquired_on.year, rank=rank, number=f"T-{acquired_on.year}-{rank}", acquired_on=acquired_on,
        delivered_on=acquired_on, content="{}", digest="x",
    )  # fmt: skip
    return one


def opened(house, **told) -> Survey:
    """A question put to somebody six months after today's story began."""
    holder(house, dt.date(2026, 1, 15), **told)
    with time_machine.travel("2026-07-20T10:00:00Z"):
        return surveys.open_due_surveys()[0]


def tell(house, year: int) -> None:
    holders, vae, *waves = STORIES[year]
    for rank in range(holders):
        holder(house, dt.date(year, 3, 1), rank + 1, "vae" if rank < vae else "continuing")
    for (wave, day), counts in zip(
        ((Wave.SIX_MONTHS, dt.date(year, 9, 2)), (Wave.TWO_YEARS, dt.date(year + 2, 3, 2))), waves, strict=True
    ):
        if counts is None:
            continue
        with time_machine.travel(f"{day}T10:00:00Z"):
            asked = [one for one in surveys.open_due_surveys() if one.wave == wave and one.year == year]
            said = [
                facts
                for facts, times in zip((WORKS, ELSEWHERE, LOOKS, STUDIES), counts, strict=True)
                for _ in range(times)
            ]
            for survey, facts in zip(asked, said, strict=False):
                surveys.answer_by_phone(actor=house.boss, survey_id=survey.pk, facts=facts)


def test_the_figures_of_2020_2022_and_2024_come_out_as_printed(house):
    content = Path(entremise.competences.__file__).parent / "data" / "rncp41674.json"
    printed = {row["year"]: row for row in json.loads(content.read_text())["statistics"]}
    for year in sorted(STORIES):
        tell(house, year)
    for found in promotions(house.boss, "RNCP41674"):
        made = {"year": found.year, "certified": found.certified, "certified_vae": found.certified_vae}
        made |= {"insertion_6m": found.six_months.tally.insertion, "target_job_6m": found.six_months.tally.target_job}
        made["target_job_2y"] = found.two_years.tally.target_job if found.two_years else None
        assert made == printed[found.year]
    lines = list(INSERTION.rows(house.boss, {}))
    assert len(lines) == INSERTION.count(house.boss, {}) == 5
    assert lines[0] == (2024, 16, 1, "À six mois", 16, 16, 1, 13, 11, 87, 73)


def test_a_link_asks_two_questions_of_nobody_named_and_answers_once(house, client):
    survey = opened(house, email="camille@exemple.test")
    with time_machine.travel("2026-07-21T10:00:00Z"):
        assert tasks.send_survey.func(str(survey.pk)) == "sent"
        assert tasks.send_survey.func(str(survey.pk)) == "nothing_to_send"
        sent = mail.outbox[-1]
        assert "Nom" not in sent.body + sent.subject
        assert "Camille" not in sent.body + sent.subject
        url = f"/enquete/{survey.pk}/{check_of(survey)}"
        assert url in sent.body
        page = client.get(url)
        assert "Camille" not in page.content.decode()
        assert page["Referrer-Policy"] == "no-referrer"
        refused = client.post(url, {"situation": "employed"})
        assert refused.status_code == 422
        assert "vise la certification" in refused.content.decode()
        assert "Merci" in client.post(url, {"situation": "employed", "in_target_job": "yes"}).content.decode()
        again = client.post(url, {"situation": "seeking"})
        assert again.status_code == 422
        assert "ne compte qu’une fois" in again.content.decode()
    survey.refresh_from_db()
    assert json.loads(survey.answer)["situation"] == "employed"
    assert surveys.surveys_to_mail() == []


def test_a_link_that_lapsed_was_closed_or_replaced_takes_no_answer(house, client):
    survey = opened(house, email="camille@exemple.test")
    url = f"/enquete/{survey.pk}/{check_of(survey)}"
    with time_machine.travel("2026-10-01T10:00:00Z"):
        assert survey.state == SurveyState.EXPIRED
        assert client.post(url, {"situation": "seeking"}).status_code == 410
    with time_machine.travel("2026-07-22T10:00:00Z"):
        surveys.revoke_link(actor=house.boss, survey_id=survey.pk)
        assert client.get(url).status_code == 410
        renewed = surveys.renew_link(actor=house.boss, survey_id=survey.pk)
        assert client.get(url).status_code == 404
        assert client.get(f"/enquete/{survey.pk}/{check_of(renewed)}").status_code == 200
        client.post(f"/enquete/{survey.pk}/{check_of(renewed)}", {"decline": "yes"})
        assert surveys.surveys_to_mail() == []
    assert Survey.objects.get().state == SurveyState.DECLINED
    assert Survey.objects.get().answer == ""


def test_the_clock_asks_each_holder_once_a_wave_and_reminds_twice(house):
    holder(house, dt.date(2026, 1, 15), email="camille@exemple.test")
    holder(house, dt.date(2026, 1, 15), 2)
    holder(house, dt.date(2020, 1, 15), 3, email="trop-tard@exemple.test")
    seen = []
    for day in ("2026-07-10", "2026-07-16", "2026-07-20", "2026-08-02", "2026-08-20", "2026-09-10"):
        with time_machine.travel(f"{day}T10:00:00Z"):
            tasks.ask_holders()
            for survey_id in surveys.surveys_to_mail():
                seen.append(tasks.send_survey.func(str(survey_id)))
    assert Survey.objects.count() == 2
    assert len(mail.outbox) == 3
    assert {one.to[0] for one in mail.outbox} == {"camille@exemple.test"}


def test_answers_are_forgotten_and_the_published_counts_stay(house):
    first, second = holder(house, dt.date(2026, 1, 15)), holder(house, dt.date(2026, 1, 16), 2)
    with time_machine.travel("2026-07-20T10:00:00Z"):
        one, other = surveys.open_due_surveys()
        surveys.answer_by_phone(actor=house.boss, survey_id=one.pk, facts=WORKS)
        surveys.answer_by_phone(actor=house.boss, survey_id=other.pk, facts=LOOKS)
    before = promotions(house.boss, "RNCP41674")[0].six_months
    assert not before.is_published
    due = rule("enquetes-insertion").due(house.organisation.pk, now() + dt.timedelta(days=1))
    assert surveys.forget_answers([row.pk for row in due]) == 2
    assert surveys.forget_answers([one.pk, other.pk]) == 0
    assert set(Survey.objects.values_list("answer", flat=True)) == {""}
    last = holder(house, dt.date(2026, 1, 17), 3)
    with time_machine.travel("2026-07-20T10:00:00Z"):
        late = surveys.open_due_surveys()[0]
        surveys.answer_by_phone(actor=house.boss, survey_id=late.pk, facts=LOOKS)
    with pytest.raises(InvalidInput, match="déjà effacées"):  # what is left is not what was counted
        surveys.publish_figures(actor=house.boss, record_code="RNCP41674", year=2026, wave="6m")
    assert promotions(house.boss, "RNCP41674")[0].six_months.tally == before.tally == Tally(2, 2, 0, 1, 1)
    erasure.erase_candidates([first.pk, second.pk, last.pk])
    assert promotions(house.boss, "RNCP41674")[0].six_months.tally == before.tally


def test_an_answer_noted_by_mistake_is_taken_back_and_counted_anew(house):
    survey = opened(house)
    told = {"actor": house.boss, "survey_id": survey.pk}
    with pytest.raises(InvalidInput):
        surveys.publish_figures(actor=house.boss, record_code="RNCP41674", year=2026, wave="6m")
    surveys.answer_by_phone(facts=LOOKS, **told)
    with pytest.raises(InvalidInput):
        surveys.answer_by_phone(facts=WORKS, **told)
    surveys.publish_figures(actor=house.boss, record_code="RNCP41674", year=2026, wave="6m")
    assert promotions(house.boss, "RNCP41674")[0].six_months.is_published
    surveys.reopen_survey(**told)
    surveys.answer_by_phone(facts=WORKS, **told)
    assert not promotions(house.boss, "RNCP41674")[0].six_months.is_published
    assert PromotionFigures.objects.get().employed == 0


def test_the_pages_are_the_certifiers_and_never_show_an_answer(house, signed_in):
    survey = opened(house)
    boss = signed_in(house.people["celine"])
    phone = f"/certification/insertion/enquetes/{survey.pk}/telephone"
    assert boss.post(phone, {"situation": "🙂\x00"}).status_code == 422
    assert boss.post(phone, {"situation": "unable"}).url == "/certification/insertion/2026"
    for url in ("/certification/insertion/", "/certification/insertion/2026"):
        assert Situation.UNABLE.label not in boss.get(url).content.decode()
    for name in ("farid", "camille", "pauline"):
        actor = house.people[name].actor
        with pytest.raises(NotAllowed):
            surveys.renew_link(actor=actor, survey_id=survey.pk)
    with pytest.raises(NotFound):
        surveys.renew_link(actor=build.house("Autre", "-b").boss, survey_id=survey.pk)
    assert record_of(house.boss).code == "RNCP41674"
