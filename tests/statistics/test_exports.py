"""One report, three files: the same words, and parts to write by hand in the editable one alone."""

import io
import zipfile

import pytest
import time_machine

from entremise.places import services as places
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


def test_only_what_cannot_be_known_of_the_public_is_left_to_write(cast):
    with time_machine.travel(at(day=23, hour=9), tick=True):
        inside, outside = (
            places.create_site(actor=cast.claire.actor, name=name, space_type="place", qpv_code=code)
            for name, code in (("Place du Rouet", "QN07299X"), ("Esplanade", ""))
        )
        acts(cast.samia, inside, 12, occurred_at=at(month=10), people_count=1, genders={"femme": 1})
        acts(cast.samia, outside, 7, occurred_at=at(month=10))
        found = convention(cast.claire, funder_kind="anct", template="bilan_adulte_relais")
        report = make_report(scope_of(cast.claire.actor, found, parse("2026"), Comparison.AN), found)
    lines = {part.definition: [line.shown for line in part.lines] for part in report.breakdowns}
    assert (lines["qpv"], lines["genre"]) == (["12", "7"], ["12"])
    editable = exports.to_document(report, exports.Texts(), to_complete=True)
    section = next(one for one in editable.sections if one.title.startswith("Public"))
    assert section.paragraphs[0].startswith(exports.TO_COMPLETE)
    assert "ne note pas où habitent" in section.paragraphs[0]
    assert "Personnes par genre et Interventions en quartier prioritaire : voir plus haut" in section.paragraphs[0]


def test_the_neighbourhoods_are_not_printed_beside_a_hidden_place(cast):
    """Two places inside (12 and 3 acts) and one outside (9): 15 beside 12 would give the 3 away."""
    with time_machine.travel(at(day=23, hour=9), tick=True):
        for name, code, count in (("Place A", "QN07299X", 12), ("Place B", "QN07299X", 3), ("Place C", "", 9)):
            site = places.create_site(actor=cast.claire.actor, name=name, space_type="place", qpv_code=code)
            acts(cast.samia, site, count, occurred_at=at(month=10))
        found = convention(cast.claire, funder_kind="anct", template="bilan_adulte_relais")
        report = make_report(scope_of(cast.claire.actor, found, parse("2026"), Comparison.AN), found)
    part = next(part for part in report.breakdowns if part.definition == "qpv")
    assert (part.lines, "petit nombre" in part.note) == ((), True)
