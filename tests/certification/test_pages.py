"""A whole session through its pages, as the certifier, the jury and the candidate go through them."""

import pytest

from entremise.certification.exports import convocations
from entremise.certification.forms import candidates as forms
from entremise.certification.models import ExamSession, Minutes, Seat, Sitting, Tie
from entremise.certification.queries import candidates as queries
from entremise.certification.queries.results import acquired_blocks
from entremise.certification.queries.sessions import seat_lines, sittings_of
from entremise.competences.queries import record_facts
from entremise.core.time import today
from tests.certification import build

pytestmark = pytest.mark.django_db
BC1 = build.BLOCKS[:1]


@pytest.fixture
def house(db):
    return build.house()


@pytest.fixture
def clients(house, signed_in):
    return {name: signed_in(person) for name, person in house.people.items()}


def read(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def plan(boss, person) -> str:
    days = {"starts_on": today().isoformat(), "ends_on": today().isoformat()}
    place = {"place": "Maison des associations", "modality": "EN_PRESENTIEL"}
    url = boss.post("/certification/sessions/prevoir", days | place).url
    assert boss.post(f"{url}/candidats", {"candidate_id": person.pk, "block_codes": BC1}).url == url
    return url


def test_a_session_goes_whole_through_its_pages(house, clients):
    person = build.candidate(house, member_id=house.people["camille"].member.pk)
    boss = clients["celine"]
    url = plan(boss, person)
    assert "Il manque 2 professionnels du secteur." in read(boss, url)
    for name in build.SEATED:
        assert boss.post(f"{url}/jury", {"juror_id": house.jurors[name].pk}).url == url
    assert "ne peut pas siéger" not in read(boss, url)
    boss.post(f"{url}/convoquer")
    boss.post(f"{url}/ouvrir")
    sitting = Sitting.objects.get()
    grid = {one.code: "shown" for one in record_facts("RNCP41674").block(BC1[0]).competences}
    for name in build.SEATED:
        jury = clients[name]
        assert url in read(jury, "/certification/sessions/")
        assert "À noter" in read(jury, url)
        read(jury, f"{url}/passages/{sitting.pk}/noter")
        jury.post(f"{url}/passages/{sitting.pk}/noter", grid | {"verdict": "acquired", "comment": "Vu."})
        assert "Votre grille est enregistrée" in read(jury, url)
    president = clients["irene"]
    president.post(f"{url}/deliberer")
    assert "Les voix disent" in read(clients["pauline"], f"{url}/passages/{sitting.pk}/resultat")
    president.post(f"{url}/passages/{sitting.pk}/resultat", {"outcome": "acquired"})
    president.post(f"{url}/proces-verbal/dresser")
    digest = Minutes.objects.get().digest
    for name in build.SEATED:
        assert "Signer le procès-verbal" in read(clients[name], f"{url}/proces-verbal")
        clients[name].post(f"{url}/proces-verbal/signer", {"digest": digest})
    assert "Scellé" in read(boss, f"{url}/proces-verbal")
    assert boss.get(f"{url}/proces-verbal.pdf").content.startswith(b"%PDF")
    assert clients["irene"].get(url).status_code == 404
    assert set(acquired_blocks(person, "RNCP41674")) == set(BC1)
    own = read(clients["camille"], f"/certification/candidats/{person.pk}")
    assert "Acquis" in own
    assert "Il reste, pour la certification entière" in own


def test_beyond_the_latest_candidates_a_form_takes_the_number_of_the_file(house, clients, monkeypatch):
    for module in (queries, forms):
        monkeypatch.setattr(module, "OFFERED", 1)
    person, latest = build.candidate(house), build.candidate(house, birth_name="Autre")
    found = build.session(house, [], convoked=False)
    url, boss = f"/certification/sessions/{found.pk}", clients["celine"]
    page = read(boss, url)
    assert str(latest.pk) in page
    assert str(person.pk) not in page
    told = {"block_codes": list(BC1)}
    wrong = boss.post(f"{url}/candidats", told | {"reference": "ZZZZ-ZZZ"})
    assert wrong.status_code == 422
    assert "Aucun dossier ouvert ne porte ce numéro." in wrong.content.decode()
    assert "Choisissez un candidat." in boss.post(f"{url}/candidats", told).content.decode()
    typed = person.reference.lower().replace("-", " ")
    assert boss.post(f"{url}/candidats", told | {"reference": typed}).status_code == 302
    assert Sitting.objects.get(session=found).candidate_id == person.pk
    where = f"/certification/membres-de-jury/{house.jurors['pierre'].pk}/liens"
    assert boss.post(where, {"reference": person.reference, "kind": "family"}).status_code == 302
    assert Tie.objects.get().candidate_id == person.pk


def test_a_refused_block_is_told_to_its_candidate_and_not_to_their_trainer(house, clients):
    person = build.candidate(house, member_id=house.people["camille"].member.pk)
    boss = clients["celine"]
    boss.post(
        f"/certification/candidats/{person.pk}/accompagnement",
        {"kind": "trainer", "member_id": house.people["farid"].member.pk},
    )
    build.sealed(house, [person], blocks=BC1, refused=BC1)
    page = f"/certification/candidats/{person.pk}"
    assert "aucune observation" in read(clients["camille"], page)
    assert "aucune observation" not in read(clients["farid"], page)


def test_what_a_session_refuses_is_said_on_its_page_and_changes_nothing(house, clients):
    person = build.candidate(house)
    boss = clients["celine"]
    url = plan(boss, person)
    assert "Il manque" in boss.post(f"{url}/convoquer", follow=True).content.decode()
    assert boss.post(f"{url}/jury", {"juror_id": "x"}).status_code == 422
    assert boss.post(f"{url}/candidats", {"candidate_id": person.pk}).status_code == 422
    again = boss.post(f"{url}/dates", {"starts_on": "hier", "ends_on": "", "place": "x" * 500})
    assert again.status_code == 422
    assert "x" * 500 in again.content.decode()
    assert ExamSession.objects.get().state == "preparing"


def test_a_juror_leaves_by_the_page_and_reads_it_no_more(house, clients):
    person = build.candidate(house)
    found = build.opened(house, [person], blocks=BC1)
    url = f"/certification/sessions/{found.pk}"
    seat = build.seat_of(house, found, "pauline")
    refused = clients["pierre"].post(f"{url}/jury/{seat.pk}/recuser", {})
    assert refused.status_code == 403
    told = {"candidate_id": person.pk, "kind": "family"}
    assert clients["pauline"].post(f"{url}/jury/{seat.pk}/recuser", told).status_code == 302
    assert Seat.objects.get(pk=seat.pk).state == "recused"
    assert clients["pauline"].get(url).status_code == 404
    assert "Petra" in read(clients["celine"], url)


@pytest.mark.parametrize("typed", ["x" * 5000, "a\x00b مرحبا 🙂"], ids=["long", "odd"])
def test_an_addendum_keeps_what_was_typed(house, clients, typed):
    found = build.sealed(house, [build.candidate(house)], blocks=BC1)
    url = f"/certification/sessions/{found.pk}/proces-verbal"
    answer = clients["celine"].post(f"{url}/additif", {"text": typed, "outcome": "acquired"})
    assert answer.status_code == 422
    assert typed.replace("\x00", "")[-3:] in answer.content.decode()
    assert clients["pauline"].post(f"{url}/additif", {"text": "non"}).status_code == 404


def test_the_rules_and_the_roster_are_kept_by_their_pages(house, clients):
    boss = clients["celine"]
    rules = {"record_code": "RNCP41674", "number_prefix": "MED", "quorum": 3, "tie_break": "candidate", "city": "Albi"}
    assert "Choisissez une version" in boss.post("/certification/reglages", rules).content.decode()
    rules["deposit_profile"] = "1.1.5"
    assert boss.post("/certification/reglages", rules).status_code == 302
    assert "MED" in read(boss, "/certification/reglages")
    assert boss.post("/certification/reglages", rules | {"quorum": 1, "deposit_client": "court"}).status_code == 422
    assert "Pauline" in read(boss, "/certification/membres-de-jury/")
    url = f"/certification/membres-de-jury/{house.jurors['coralie'].pk}"
    member = house.people["coralie"].member.pk
    refused = boss.post(url, {"member_id": member, "kind": "certifier", "is_external": "on"})
    assert "n’est pas extérieur" in refused.content.decode()
    assert clients["pauline"].get("/certification/membres-de-jury/").status_code == 403


def test_each_one_awaited_has_a_convocation_once_the_session_is_convoked(house, clients):
    person = build.candidate(house, accommodations="Un tiers de temps en plus.")
    found = build.session(house, [person], convoked=False)
    boss, url = clients["celine"], f"/certification/sessions/{found.pk}"
    seat = build.seat_of(house, found, "pauline")
    letters = [f"{url}/convocations/jury/{seat.pk}.pdf", f"{url}/convocations/candidats/{person.pk}.pdf"]
    assert [boss.get(letter).status_code for letter in letters] == [404, 404]
    boss.post(f"{url}/convoquer")
    for letter in letters:
        assert letter in read(boss, url)
        assert boss.get(letter).content.startswith(b"%PDF")
    assert clients["pauline"].get(letters[0]).content.startswith(b"%PDF")
    assert clients["pauline"].get(letters[1]).status_code == 404
    assert [clients["pierre"].get(letter).status_code for letter in letters] == [404, 404]
    other = build.candidate(house, birth_name="Autre")
    assert boss.get(f"{url}/convocations/candidats/{other.pk}.pdf").status_code == 404


def test_a_letter_tells_the_jury_whom_they_will_meet_and_the_candidate_their_blocks(house):
    person = build.candidate(house)
    found = build.session(house, [person])
    record, sittings = record_facts("RNCP41674"), sittings_of(found)
    letter = convocations.for_candidate(found, record, sittings)
    assert [row[1] for row in letter.sections[0].tables[0].rows] == [block.title for block in record.blocks]
    seat = next(line for line in seat_lines(found) if line.presides)
    told = convocations.for_juror(found, record, seat, sittings)
    assert "Vous présidez le jury." in told.sections[0].paragraphs[0]
    assert "Camille Lafleur-Ménez" in told.sections[1].paragraphs[0]
