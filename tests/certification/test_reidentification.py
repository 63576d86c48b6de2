"""Somebody holds a submitted portfolio and the whole log of the demonstration, and knows whose portfolio it is.

Nothing of the rule under test is used here: what the portfolio says is read in its own words, month and labels, and
looked for in the rows of the log.
"""

import datetime as dt
import re

import pytest

from entremise.accounts.queries import choices_for
from entremise.certification.models import Submission
from entremise.certification.queries.portfolio import read_submission
from entremise.competences.services import load_shipped_records
from entremise.core.actor import system_actor
from entremise.core.text import fold
from entremise.core.time import local, now, told_at
from entremise.demonstration import certification, days, mediations, people, portfolio, practice, setting
from entremise.demonstration import places as invented
from entremise.demonstration.asides import Asides
from entremise.demonstration.days import Teller
from entremise.interventions.models import Intervention
from entremise.mediations.models import CaseMediator
from entremise.places.models import Commune, Site

pytestmark = pytest.mark.django_db
K = 5
LISTS = {
    "Registre": "L1",
    "Demande": "L10",
    "Thème": "L11",
    "Objet du conflit": "L13",
    "Actions": "L17",
}
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


@pytest.fixture
def told(monkeypatch):
    """Seven weeks of the evening team, Samia's notebook and mediations, and her way to the deposit."""
    monkeypatch.setattr(days, "DAYS", 49)
    monkeypatch.setattr(days, "SHIFTS", [shift for shift in days.SHIFTS if shift.team == "soir"])
    present = now()
    with told_at(present - dt.timedelta(days=100)):
        load_shipped_records(actor=system_actor())
        for code in {row[3] for sites in invented.SECTORS.values() for row in sites}:
            Commune.objects.create(code=code, name=f"Commune {code}", search_name=f" commune {code}", kind="COM")
        house = people.settle()
        scene = setting.places(house)
        setting.around(house, scene, local(present).date())
        body = certification.settle()
    beside = Asides(
        [
            *practice.steps(house, scene, present),
            *mediations.steps(house, present),
            *portfolio.steps(house, body, present),
        ]
    )
    Teller(house, scene).tell(local(present).date(), present, beside.tell, lambda done: None)
    return house, read_submission(Submission.objects.get())


def months_of(period: str) -> list[tuple[int, int]]:
    """(year, month) that a period names."""
    year = int(re.search(r"\d{4}", period)[0])
    if "trimestre" in period:
        first = (int(period[0]) - 1) * 3 + 1
        return [(year, first + rank) for rank in range(3)]
    if period.startswith("année"):
        return [(year, month) for month in range(1, 13)]
    return [(year, MONTHS.index(period.split(maxsplit=1)[0]) + 1)]


class Log:
    """The rows of the log, with the labels that anybody reads."""

    def __init__(self, house) -> None:
        self.lists = choices_for(house.organisation_id, "L4", "L18", *LISTS.values())
        samia = house.members["samia"]
        rows = Intervention.objects.select_related("site").prefetch_related("codes")
        self.everyone = list(rows)
        self.hers = [act for act in self.everyone if samia in (act.author_id, act.second_author_id)]

    def says(self, act, label: str) -> set[str]:
        """What the row says under this label."""
        if label == "Type d’espace":
            return {self.lists["L4"].label(act.site.space_type)}
        if label == "Résultat":
            return {self.lists["L18"].label(act.outcome)}
        reference = LISTS[label]
        return {self.lists[reference].label(row.code) for row in act.codes.all() if row.list_reference == reference}

    def compatible(self, piece) -> list:
        """Samia's acts that suit every word of a piece of evidence."""
        found = self.hers
        if piece["period"]:
            months = months_of(piece["period"])
            found = [act for act in found if (at := local(act.occurred_at)) and (at.year, at.month) in months]
        for label, value in piece["facts"]:
            if label in {*LISTS, "Type d’espace", "Résultat"}:
                found = [act for act in found if self._all_in(value, self.says(act, label))]
        return found

    @staticmethod
    def _all_in(value: str, labels: set[str]) -> bool:
        """Labels hold commas: what is said must be made of labels of the row, and of nothing else."""
        left = value
        for one in sorted(labels, key=len, reverse=True):
            left = left.replace(one, "")
        return not left.strip(", ")


def test_no_act_of_the_demonstration_is_found_again_from_the_submitted_portfolio(told):
    """One test, since telling the demonstration takes longer than looking: by facts, then by words."""
    house, submitted = told
    log = Log(house)
    found_by_no_fact(house, log, submitted)
    found_by_no_word(log, submitted)


def found_by_no_fact(house, log, submitted) -> None:
    """Each piece of evidence suits five acts or more, at different places or instants."""
    acts = [piece for piece in submitted["evidence"] if piece["kind"] == "act"]
    assert len(acts) >= 3
    assert any(len(piece["facts"]) >= 2 for piece in acts)  # something is said, or hiding would be easy
    for piece in submitted["evidence"]:
        found = log.compatible(piece)
        if piece["kind"] == "act":
            assert len(found) >= K, piece["title"]
            assert len({(act.site_id, act.occurred_at) for act in found}) >= K, piece["title"]
        elif piece["period"]:
            assert not found or len(found) >= K, piece["title"]
    hers = CaseMediator.objects.filter(member_id=house.members["samia"], entered_at__isnull=False)
    for piece in submitted["evidence"]:
        if piece["kind"] == "mediation":
            assert piece["period"] == ""
            assert piece["facts"] == []
            assert hers.count() >= 2


def found_by_no_word(log, submitted) -> None:
    """Its texts name no place, day or act, and repeat nothing that was noted."""
    written = " ".join(f"{piece['title']} {piece['text']} {piece['facts']}" for piece in submitted["evidence"])
    folded = f" {fold(written)} "
    assert [site.name for site in Site.objects.all() if f" {fold(site.name)} " in folded] == []
    assert [act.reference for act in log.everyone if act.reference in written] == []
    assert not re.search(r"\d{1,2} (?:" + "|".join(MONTHS) + r")|\d{1,2} ?h|\d{1,2}/\d{1,2}", written)
    words = folded.split()
    runs = {tuple(words[rank : rank + 8]) for rank in range(len(words) - 7)}
    for act in log.everyone:
        noted = fold(act.narrative).split()
        assert not runs & {tuple(noted[rank : rank + 8]) for rank in range(len(noted) - 7)}
    raw = Submission.objects.get().content
    assert [act.pk for act in log.everyone if str(act.pk) in raw] == []
