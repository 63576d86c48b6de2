"""Candidate files: prerequisites by route, the same person once, nobody else's business."""

from unittest.mock import Mock

import pytest

from entremise.certification import prerequisites
from entremise.certification.commands import CompanionFacts
from entremise.certification.models import Candidate, Enrolment
from entremise.certification.prerequisites import Choices, Proofs
from entremise.certification.queries import candidates as queries
from entremise.certification.services import candidates as services
from entremise.certification.services import erasure
from entremise.competences.enums import Route
from entremise.competences.queries import record_facts
from entremise.core.crypto import KeyDestroyed
from entremise.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tests.certification import build

pytestmark = pytest.mark.django_db
CIVIL_PAGE = {
    "birth_name": "Ostrowska",
    "first_names": "Magda, Iga",
    "sex": "F",
    "born_on": "1979-12-01",
    "birth_place": "Łódź",
    "birth_code": "99122",
    "birth_country": "Pologne",
    "route": "vae",
    "block_codes": list(build.BLOCKS[:2]),
}


@pytest.fixture
def house(db):
    return build.house()


@pytest.fixture
def record(house):
    return record_facts("RNCP41674")


def test_a_file_keeps_civil_status_route_and_blocks(house):
    found = build.candidate(house)
    again = Candidate.objects.get(pk=found.pk)
    assert (again.birth_name, again.first_names, again.name) == (
        "Lafleur-Ménez",
        "Camille, Rose",
        "Camille Lafleur-Ménez",
    )
    assert list(Enrolment.objects.values_list("block_code", flat=True)) == list(build.BLOCKS)


def test_names_lie_sealed_in_the_database(house):
    found = build.candidate(house)
    row = Candidate.objects.filter(pk=found.pk).values("birth_name", "first_names", "born_on", "civil_hash")[0]
    assert not {"Lafleur-Ménez", "Camille, Rose", "1990-04-12"} & {str(value) for value in row.values()}


def test_the_same_civil_status_is_found_and_a_homonym_is_said_once(house):
    first = build.candidate(house)
    with pytest.raises(InvalidInput) as refusal:
        build.candidate(house, birth_name="LAFLEUR MENEZ", first_names="camille")
    assert first.reference in refusal.value.errors["is_another"][0]
    assert Candidate.objects.count() == 1
    services.open_candidate(actor=house.boss, civil_status=build.civil(), candidacy=build.candidacy(), is_another=True)
    assert Candidate.objects.count() == 2


def test_another_certifier_does_not_find_the_same_person(house):
    build.candidate(house)
    other = build.house("Autre jury", "-b")
    assert build.candidate(other).organisation_id == other.organisation.pk


def test_a_closed_route_is_refused_and_says_why(house):
    with pytest.raises(InvalidInput) as refusal:
        build.candidate(house, build.candidacy(route=Route.INDIVIDUAL))
    assert "à confirmer par le certificateur" in refusal.value.errors["route"][0]
    assert not Candidate.objects.exists()


@pytest.mark.parametrize(
    ("route", "choices", "months", "missing"),
    [
        ("continuing", Choices(), None, "pas encore prouvée"),
        ("continuing", Choices(), 0, "il en manque 6"),
        ("continuing", Choices(), 5, "il en manque 1"),
        ("continuing", Choices(), 6, ""),
        ("apprenticeship", Choices(), 5, "il en manque 1"),
        ("vae", Choices(), None, ""),
        ("vae", Choices(vae_entry=True), 5, "il en manque 1"),
    ],
)
def test_six_months_bear_on_entry_to_training(record, route, choices, months, missing):
    found = prerequisites.missing_before_jury(record, choices, Proofs(route, months))
    assert [missing in sentence for sentence in found] == ([True] if missing else [])


@pytest.mark.parametrize(
    ("route", "choices", "hours", "missing"),
    [
        ("continuing", Choices(), 244, "il en manque 1"),
        ("continuing", Choices(), None, "pas encore prouvé"),
        ("continuing", Choices(), 245, ""),
        ("vae", Choices(), None, ""),
        ("vae", Choices(vae_hours=True), 244, "il en manque 1"),
    ],
)
def test_the_whole_certification_asks_the_internship(record, route, choices, hours, missing):
    proofs = Proofs(route, 6, hours)
    found = prerequisites.missing_before_certification(record, choices, proofs, build.BLOCKS)
    assert [missing in sentence for sentence in found] == ([True] if missing else [])


def test_a_partial_result_says_what_is_left(record):
    found = prerequisites.missing_before_certification(
        record, Choices(), Proofs("continuing", 6, 245), build.BLOCKS[1:]
    )
    assert found == [f"Bloc à acquérir : {record.blocks[0].title} (RNCP41674BC01)."]


def test_impossible_amounts_and_unknown_blocks_are_refused_together(house):
    with pytest.raises(InvalidInput) as refusal:
        facts = build.candidacy(block_codes=("BC99",), experience_months=-1, internship_hours=99999)
        build.candidate(house, facts, birth_name="")
    assert set(refusal.value.errors) == {"block_codes", "experience_months", "internship_hours", "birth_name"}


def test_two_corrections_at_once_meet(house):
    found = build.candidate(house)
    told = {"actor": house.boss, "candidate_id": found.pk, "base_version": 1}
    services.correct_civil_status(civil_status=build.civil(birth_name="Ménez"), **told)
    with pytest.raises(Conflict):
        services.correct_civil_status(civil_status=build.civil(birth_name="Lafleur"), **told)


def test_nobody_else_opens_changes_or_reads_a_file(house):
    found = build.candidate(house)
    other = build.house("Autre jury", "-b")
    with pytest.raises(NotFound):
        services.withdraw_candidacy(actor=other.boss, candidate_id=found.pk)
    for name in ("pauline", "farid", "camille"):
        actor = house.people[name].actor
        with pytest.raises(NotAllowed):
            services.withdraw_candidacy(actor=actor, candidate_id=found.pk)
        with pytest.raises((NotFound, NotAllowed)):
            queries.get_candidate(actor, found.pk)


def test_a_trainer_reads_those_they_train_and_a_candidate_their_own_file(house, signed_in):
    found = build.candidate(house, member_id=house.people["camille"].member.pk)
    build.candidate(house, birth_name="Autre")
    facts = CompanionFacts(kind="trainer", member_id=house.people["farid"].member.pk)
    services.name_companion(actor=house.boss, candidate_id=found.pk, facts=facts)
    for name in ("farid", "camille"):
        assert list(queries.list_candidates(house.people[name].actor)) == [found]
        page = signed_in(house.people[name]).get(f"/certification/candidats/{found.pk}").content.decode()
        assert "Camille Lafleur-Ménez" in page
        assert "31555" not in page  # civil status is the certifier's business
    own = signed_in(house.people["camille"]).get("/certification/candidats/")
    assert own.url.endswith(str(found.pk))


def test_an_erased_file_keeps_its_reference_and_no_word(house, signed_in):
    found = build.candidate(house)
    sealed = Candidate.objects.get(pk=found.pk)
    assert erasure.erase_candidates([found.pk]) == 1
    assert erasure.erase_candidates([found.pk]) == 0
    with pytest.raises(KeyDestroyed):
        _ = sealed.birth_name
    page = signed_in(house.people["celine"]).get(f"/certification/candidats/{found.pk}")
    assert found.reference in page.content.decode()


def test_an_erasure_interrupted_after_its_key_is_taken_up_again_and_leaves_the_others(house, monkeypatch):
    found, kept = build.candidate(house), build.candidate(house, birth_name="Autre")
    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(erasure, "_empty", Mock(side_effect=RuntimeError))
        erasure.erase_candidates([found.pk])
    assert Candidate.objects.get(pk=found.pk).erased_at is None
    assert [erasure.finish_erasures() for _ in range(2)] == [f"{count} dossiers de candidat vidés" for count in (1, 0)]
    assert Candidate.objects.get(pk=found.pk).civil_hash == ""
    assert Candidate.objects.get(pk=kept.pk).birth_name == "Autre"


def test_the_page_opens_a_file_by_the_vae(house, signed_in):
    client = signed_in(house.people["celine"])
    answer = client.post("/certification/candidats/nouveau", CIVIL_PAGE)
    found = Candidate.objects.get()
    assert answer.url == f"/certification/candidats/{found.pk}"
    assert found.candidacies.get().route == Route.VAE
    assert "Łódź" in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    "typed", ["x" * 2_000_000, "مرحبا 🙂", "a\x00b", "\u202e"], ids=["long", "emoji", "nul", "rtl"]
)
def test_bad_input_keeps_what_was_typed(house, signed_in, typed):
    client = signed_in(house.people["celine"])
    answer = client.post("/certification/candidats/nouveau", CIVIL_PAGE | {"birth_name": typed + "1"})
    assert answer.status_code == 422
    assert "Ostrowska" not in answer.content.decode()
    assert "Magda, Iga" in answer.content.decode()
    assert not Candidate.objects.exists()


def test_the_page_asks_whether_it_is_another_person(house, signed_in):
    client = signed_in(house.people["celine"])
    client.post("/certification/candidats/nouveau", CIVIL_PAGE)
    again = client.post("/certification/candidats/nouveau", CIVIL_PAGE)
    assert again.status_code == 422
    assert 'type="checkbox" name="is_another"' in again.content.decode()
    assert client.post("/certification/candidats/nouveau", CIVIL_PAGE | {"is_another": "on"}).status_code == 302
    assert Candidate.objects.count() == 2


def test_a_correction_that_makes_two_files_of_one_person_is_asked_about(house, signed_in):
    known, other = build.candidate(house), build.candidate(house, birth_name="Lafleur-Menès")
    client, where = signed_in(house.people["celine"]), f"/certification/candidats/{other.pk}/etat-civil"
    page = vars(build.civil()) | {"base_version": "1", "member_id": ""}
    answer = client.post(where, page)
    assert answer.status_code == 422
    assert f"Le dossier {known.reference} a déjà cet état civil" in answer.content.decode()
    assert client.post(where, page | {"is_another": "on"}).status_code == 302
    later = page | {"base_version": "2", "usage_name": "Ménez"}
    assert client.post(where, later).status_code == 302  # said once: nothing that tells the person moved


def test_a_candidacy_closed_twice_is_said_and_not_an_error(house, signed_in):
    client, found = signed_in(house.people["celine"]), build.candidate(house)
    path = f"/certification/candidats/{found.pk}/abandon"
    assert client.post(path).status_code == 302
    assert "Cette candidature est déjà close." in client.post(path, follow=True).content.decode()


def test_an_empty_file_says_all_it_asks_and_an_impossible_date_that_it_does_not_exist(house, signed_in):
    client = signed_in(house.people["celine"])
    blank = client.get("/certification/candidats/nouveau").content.decode()
    assert blank.count("· obligatoire") == 7
    empty = client.post("/certification/candidats/nouveau", {}).content.decode()
    assert "Choisissez la voie par laquelle il vient." in empty
    assert "La fiche ne dit pas" not in empty
    assert "n’existe pas" not in empty
    unreal = client.post("/certification/candidats/nouveau", CIVIL_PAGE | {"born_on": "1990-02-31"}).content.decode()
    assert "Cette date n’existe pas, ou ne se lit pas" in unreal
    assert 'value="1990-02-31"' in unreal


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(house, django_assert_num_queries, count):
    for rank in range(count):
        build.candidate(house, birth_name=f"Nom{'abc'[rank]}")
    from entremise.core import crypto

    crypto.key_provider().forget()
    with django_assert_num_queries(2), django_assert_num_queries(1, using="keys"):
        found = queries.open_names(list(queries.list_candidates(house.boss)))
        assert len({one.name for one in found}) == count
        assert all(queries.open_candidacy(one) for one in found)
