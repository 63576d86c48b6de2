"""The certifier's lists: what their filters keep, and the same rows in their spreadsheets."""

import datetime as dt

import pytest
from django.http import QueryDict

from entremise.certification.exports.lists import CANDIDATES, SESSIONS
from entremise.certification.models import Candidacy, Candidate, ExamSession
from entremise.core.time import today
from tests.certification import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db):
    return build.house()


@pytest.fixture
def three(house) -> dict[str, Candidate]:
    """One by the VAE for two blocks, one by training, one who gave up."""
    vae = build.candidate(house, build.candidacy(route="vae", block_codes=build.BLOCKS[:2]), birth_name="Ancel")
    trained = build.candidate(house, build.candidacy(block_codes=build.BLOCKS[2:]), birth_name="Bost")
    gone = build.candidate(house, birth_name="Cazes")
    Candidacy.objects.filter(candidate=gone).update(withdrawn_on=today())
    return {"Ancel": vae, "Bost": trained, "Cazes": gone}


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("", {"Ancel", "Bost", "Cazes"}),
        ("voie=vae", {"Ancel"}),
        (f"bloc={build.BLOCKS[0]}", {"Ancel", "Cazes"}),
        (f"voie=vae&bloc={build.BLOCKS[2]}", set()),
        ("etat=closes", {"Cazes"}),
        ("etat=en_cours", {"Ancel", "Bost"}),
        ("voie=inconnue", {"Ancel", "Bost", "Cazes"}),
    ],
)
def test_the_page_and_the_spreadsheet_of_candidates_keep_the_same_files(house, three, signed_in, asked, kept):
    answer = signed_in(house.people["celine"]).get(f"/certification/candidats/?{asked}").content.decode()
    assert {name for name in three if f"/certification/candidats/{three[name].pk}" in answer} == kept
    told = list(CANDIDATES.rows(house.boss, QueryDict(asked)))
    assert {row[0].split()[-1] for row in told} == kept
    assert len(told) == CANDIDATES.count(house.boss, QueryDict(asked))
    assert all(len(row) == len(CANDIDATES.columns) for row in told)


def test_a_file_is_found_by_its_number_and_no_name_is_asked(house, three, signed_in):
    number = three["Bost"].reference
    page = signed_in(house.people["celine"]).get(f"/certification/candidats/?dossier={number.lower()}")
    assert "Bost" in page.content.decode()
    assert "Ancel" not in page.content.decode()
    assert set(page.context["filters"].fields) == {"dossier", "voie", "bloc", "etat"}


def test_the_spreadsheet_of_a_trainer_holds_only_whom_they_train(house, three):
    assert list(CANDIDATES.rows(house.people["farid"].actor, QueryDict(""))) == []
    told = next(row for row in CANDIDATES.rows(house.boss, QueryDict("")) if "Cazes" in row[0])
    assert told[-1] == "Close"


def test_sessions_are_kept_by_state_and_by_each_day_they_last(house, signed_in):
    person = build.candidate(house)
    near = build.session(house, [person])
    later = build.session(house, [person], convoked=False)
    start = today() + dt.timedelta(days=20)
    ExamSession.objects.filter(pk=later.pk).update(starts_on=start, ends_on=start + dt.timedelta(days=2))
    client = signed_in(house.people["celine"])

    def kept(asked: str) -> set:
        page = client.get(f"/certification/sessions/?{asked}").content.decode()
        shown = {one.pk for one in (near, later) if f"/certification/sessions/{one.pk}" in page}
        assert len(list(SESSIONS.rows(house.boss, QueryDict(asked)))) == len(shown)
        return shown

    middle = (start + dt.timedelta(days=1)).isoformat()
    assert kept("") == {near.pk, later.pk}
    assert kept("etat=preparing") == {later.pk}
    assert kept(f"du={middle}&au={middle}") == {later.pk}
    assert kept(f"au={today().isoformat()}") == {near.pk}
    wrong = client.get(f"/certification/sessions/?du={middle}&au={today().isoformat()}").content.decode()
    assert "La fin vient avant le début" in wrong


def test_before_any_record_is_loaded_the_list_still_opens(house, signed_in, monkeypatch):
    from entremise.certification import filters  # what the test replaces

    monkeypatch.setattr(filters, "settings_of", lambda actor: type("Nothing", (), {"record_code": ""})())
    answer = signed_in(house.people["celine"]).get("/certification/candidats/")
    assert "Ouvrez un dossier" in answer.content.decode()
