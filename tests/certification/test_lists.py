"""The certifier's lists: what their filters keep, and the same rows in their spreadsheets."""

import datetime as dt

import pytest
from django.http import QueryDict

from entremise.certification.commands import SettingsFacts
from entremise.certification.exports.lists import CANDIDATES, DEPOSITS, DOSSIERS, JURORS, SESSIONS
from entremise.certification.models import Candidacy, Candidate, Certificate, ExamSession, Juror
from entremise.certification.services import certificates, certifier
from entremise.core.time import today
from tests.certification import build, build_vae

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


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("", set(build.JURY)),
        ("qualite=institution", {"irene", "igor"}),
        ("exterieur=non", {"coralie", "cyril"}),
        ("etat=ne_siege_plus", {"petra"}),
        ("qualite=professional&etat=siege", {"pauline", "pierre"}),
        ("etat=ne_siege_plus&exterieur=non", set()),
    ],
)
def test_the_roster_is_kept_by_quality_origin_and_state(house, signed_in, asked, kept):
    Juror.objects.filter(pk=house.jurors["petra"].pk).update(is_active=False)
    page = signed_in(house.people["celine"]).get(f"/certification/membres-de-jury/?{asked}").content.decode()
    assert {name for name, one in house.jurors.items() if f"/membres-de-jury/{one.pk}" in page} == kept
    told = list(JURORS.rows(house.boss, QueryDict(asked)))
    assert len(told) == JURORS.count(house.boss, QueryDict(asked)) == len(kept)
    assert all(len(row) == len(JURORS.columns) for row in told)
    assert ("Rien ne correspond" in page) == (not kept)


def test_dossiers_of_the_vae_are_kept_by_what_awaits_the_certifier(house, signed_in):
    waiting = build_vae.sent(house, build_vae.candidate(house, account="", birth_name="Ancel"))
    done = build_vae.ready(house, build_vae.candidate(house, birth_name="Bost"))
    client = signed_in(house.people["celine"])
    for asked, kept in (("a_decider=on", waiting), ("validation=verified", done), ("faisabilite=sent", waiting)):
        page = client.get(f"/certification/vae/?{asked}").content.decode()
        assert [one.pk for one in (waiting, done) if str(one.candidate_id) in page] == [kept.pk]
        (row,) = DOSSIERS.rows(house.boss, QueryDict(asked))
        assert row[1] == kept.candidate.reference
        assert (row[3] is not None) == (kept == waiting)  # once decided, no day is awaited any more
    assert DOSSIERS.count(house.boss, QueryDict("")) == 2


def test_the_ledger_of_the_deposit_is_kept_by_what_became_of_it(house, signed_in):
    person = build.candidate(house)
    build.sealed(house, [person])
    certificates.deliver_certificate(actor=house.boss, candidate_id=person.pk)
    known = SettingsFacts(
        record_code="RNCP41674",
        deposit_client="AB123CDE",
        deposit_certifier="E564ACB0",
        deposit_contract="2560080000127J",
    )
    certifier.change_settings(actor=house.boss, facts=known)
    client = signed_in(house.people["celine"])
    page = client.get("/certification/depot/?suite=a_envoyer").content.decode()
    assert "Préparer le fichier" in page
    (row,) = DEPOSITS.rows(house.boss, QueryDict("suite=a_envoyer"))
    assert row[4] == "À envoyer"
    assert len(row) == len(DEPOSITS.columns)
    assert DEPOSITS.count(house.boss, QueryDict("suite=sent")) == 0
    assert "Rien ne correspond" in client.get("/certification/depot/?suite=accepted").content.decode()
    client.post("/certification/depot/preparer")
    after = client.get("/certification/depot/").content.decode()
    assert "Préparer le fichier" not in after  # nothing is left to send
    assert "1 passage</p>" in after
    assert [row[4] for row in DEPOSITS.rows(house.boss, QueryDict(""))] == ["Envoyé"]
    Certificate.objects.filter(candidate=person).update(delivered_on=today() - dt.timedelta(days=80))
    assert DEPOSITS.count(house.boss, QueryDict("en_retard=on")) == 1


def test_before_any_record_is_loaded_the_list_still_opens(house, signed_in, monkeypatch):
    from entremise.certification import filters  # what the test replaces

    monkeypatch.setattr(filters, "settings_of", lambda actor: type("Nothing", (), {"record_code": ""})())
    answer = signed_in(house.people["celine"]).get("/certification/candidats/")
    assert "Ouvrez un dossier" in answer.content.decode()
