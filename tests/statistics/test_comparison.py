"""Comparing with a time when nothing was recorded yet: the report says so, and writes no zero."""

import pytest
import time_machine
from django.urls import reverse

from entremise.statistics import exports
from entremise.statistics.enums import Comparison
from entremise.statistics.periods import parse
from entremise.statistics.queries import covers, make_report, scope_of
from entremise.statistics.report import NO_DATA, from_json
from entremise.statistics.screen import screen_of
from tests.statistics.build import acts, at, residence

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(cast):
    with time_machine.travel(at(day=23, hour=9), tick=True):
        _, (first, _) = residence(cast.claire)
        acts(cast.samia, first, 6, occurred_at=at(month=10), outcome="apaise", registers=["conflit_temps_reel"])
        yield first


def report_of(cast, comparison, period="2026-10"):
    return make_report(scope_of(cast.claire.actor, None, parse(period), comparison), None)


def test_a_year_without_the_tool_is_not_a_year_without_activity(cast, hall):
    report = report_of(cast, Comparison.AN)
    assert {figure.previous for figure in report.figures} == {NO_DATA}
    assert report.calming.previous == report.tension.previous == "Octobre 2025 : pas de données."
    assert all(line.previous is None for part in report.breakdowns for line in part.lines)
    assert any(value.endswith("(pas de données)") for _, value in report.meta)


def test_no_column_of_the_printed_report_compares_with_nothing(cast, hall):
    document = exports.to_document(report_of(cast, Comparison.AN))
    headings = [column.title for section in document.sections for table in section.tables for column in table.columns]
    assert headings
    assert not any("2025" in heading for heading in headings)
    assert screen_of(report_of(cast, Comparison.AN)).compared_label == ""


def test_an_empty_period_after_the_first_record_stays_a_zero(cast, hall):
    with time_machine.travel(at(month=12, day=23, hour=9), tick=True):
        report = report_of(cast, Comparison.AVANT, period="2026-12")
    acted = next(figure for figure in report.figures if figure.definition == "interventions")
    assert (acted.value, acted.previous, report.compared) == ("0", "0", True)


def test_a_period_recorded_in_part_is_not_compared_as_if_it_were_whole(cast, hall):
    first = at(month=10)
    report = report_of(cast, Comparison.AVANT, period="2026-11")
    words = f"non comparé, données depuis le {first:%d/%m/%Y} seulement"
    assert {figure.previous for figure in report.figures} == {words}
    assert report.calming.previous == f"Octobre 2026 : {words}."
    assert not report.compared
    assert all(line.previous is None for part in report.breakdowns for line in part.lines)
    document = exports.to_document(report)
    headings = [column.title for section in document.sections for table in section.tables for column in table.columns]
    assert not any("octobre" in heading.lower() for heading in headings)


@pytest.mark.parametrize(("day", "covered"), [(1, True), (4, True), (5, False)])
def test_a_first_round_after_the_week_end_leaves_no_gap(cast, day, covered):
    with time_machine.travel(at(day=23, hour=9), tick=True):
        _, (first, _) = residence(cast.claire)
        acts(cast.samia, first, 1, occurred_at=at(month=10, day=day))
        assert covers(cast.organisation.pk, parse("2026-10")) is covered


def test_the_page_compares_by_default_with_a_time_that_was_recorded(cast, hall, signed_in):
    url = reverse("statistics:report")
    with time_machine.travel(at(month=12, day=23, hour=9), tick=True):
        client = signed_in(cast.claire)
        assert client.get(url).context["asked"].comparison == Comparison.AVANT
        assert client.get(url, {"comparaison": "an"}).context["asked"].comparison == Comparison.AN
    with time_machine.travel(at(year=2027, month=12, day=23, hour=9), tick=True):
        assert signed_in(cast.claire).get(url).context["asked"].comparison == Comparison.AN


def test_a_report_frozen_before_this_rule_still_opens(cast, hall):
    frozen = report_of(cast, Comparison.AN).to_json()
    del frozen["compared"]
    assert from_json(frozen).compared
