"""One report, three files: the same words, and parts to write by hand in the editable one alone."""

import io
import zipfile

import pytest
import time_machine

from entremise.statistics import exports
from entremise.statistics.enums import Comparison, Format
from entremise.statistics.periods import parse
from entremise.statistics.queries import make_report, scope_of
from tests.statistics.build import acts, at, convention, residence

pytestmark = pytest.mark.django_db


@pytest.fixture
def state_report(cast):
    """A year of an adulte-relais: 12 acts of presence, one planned mission done and one not."""
    with time_machine.travel(at(day=23, hour=9), tick=True):
        _, (hall, _) = residence(cast.claire)
        acts(cast.samia, hall, 12, occurred_at=at(month=10))
        found = convention(
            cast.claire,
            funder_kind="anct",
            template="bilan_adulte_relais",
            planned_registers=("presence_active", "concertation"),
        )
        yield make_report(scope_of(cast.claire.actor, found, parse("2026"), Comparison.AN), found)


def titles(document):
    return [section.title for section in document.sections]


def paragraphs(document):
    return [paragraph for section in document.sections for paragraph in section.paragraphs]


def test_parts_to_write_by_hand_stand_in_the_editable_text_alone(state_report):
    texts = exports.Texts(highlights="Un été calme.\r\n\r\nUn square rouvert.")
    editable = exports.to_document(state_report, texts, to_complete=True)
    assert exports.TO_COMPLETE in paragraphs(editable)
    assert "Poste, tuteur, formation et parcours professionnel" in titles(editable)
    assert "Renouvellement" in titles(editable)
    printed = exports.to_document(state_report, texts)
    assert exports.TO_COMPLETE not in paragraphs(printed)
    assert [p for p in paragraphs(printed) if p.startswith("Un ")][:2] == ["Un été calme.", "Un square rouvert."]


def test_a_shared_report_carries_no_text_and_every_figure_its_definition(state_report):
    shared = exports.to_document(state_report)
    assert not {"Faits marquants", "Situations anonymisées"} & set(titles(shared))
    for section in shared.sections:
        assert all(figure.definition for figure in section.figures)
        assert all(table.definition for table in section.tables)
    missions = next(section for section in shared.sections if section.title == "Missions prévues et réalisées")
    assert [list(row) for row in missions.tables[0].rows] == [
        ["Écoute, présence de proximité", 12],
        ["Concertation", 0],
    ]


def test_the_editable_text_holds_the_words_of_the_report(state_report):
    content, media_type = exports.render(exports.to_document(state_report, to_complete=True), Format.ODT)
    assert media_type == "application/vnd.oasis.opendocument.text"
    text = zipfile.ZipFile(io.BytesIO(content)).read("content.xml").decode()
    assert "Bilan adulte-relais · 2026" in text
    assert "ce n’est pas une personne" in text
