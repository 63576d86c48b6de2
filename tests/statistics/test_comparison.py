"""Comparing with a time when nothing was recorded yet: the report says so, and writes no zero."""

import pytest
import time_machine

from entremise.statistics import exports
from entremise.statistics.enums import Comparison
from entremise.statistics.periods import parse
from entremise.statistics.queries import make_report, scope_of
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
    with time_machine.travel(at(day=23, hour=9), tick=True):
        report = report_of(cast, Comparison.AVANT, period="2026-11")
    acted = next(figure for figure in report.figures if figure.definition == "interventions")
    assert (acted.value, acted.previous, report.compared) == ("0", "6", True)


def test_a_report_frozen_before_this_rule_still_opens(cast, hall):
    frozen = report_of(cast, Comparison.AN).to_json()
    del frozen["compared"]
    assert from_json(frozen).compared
