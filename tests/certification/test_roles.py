"""Each one sees what is theirs: a preparing body its candidates, an auditor the registers, a menu its trade."""

import datetime as dt

import pytest
from django.http import QueryDict

from entremise.accounts.enums import Role
from entremise.certification.exports.registers import CERTIFICATES, DEPOSIT_FILES, MINUTES
from entremise.certification.models import Candidate, Minutes
from entremise.certification.queries import registers
from entremise.certification.services import certificates, preparing
from entremise.certification.waiting import waiting_for
from entremise.core.errors import InvalidInput, NotFound
from entremise.core.permissions import can
from entremise.core.time import today
from entremise.core.ui.navigation import entries_for
from tests.cast import _join
from tests.certification import build

pytestmark = pytest.mark.django_db
BC1 = build.BLOCKS[:1]


@pytest.fixture
def house(db):
    made = build.house()
    for name, role in {"prune": Role.PREPARATEUR, "lena": Role.LECTEUR}.items():
        made.people[name] = _join(made.organisation, name, [role], [])
    return made


def body(house, *candidates):
    found = preparing.name_body(actor=house.boss, name="Formations des rives")
    told = {"actor": house.boss, "body_id": found.pk}
    preparing.attach_account(member_id=house.people["prune"].member.pk, **told)
    for one in candidates:
        preparing.say_who_prepares(candidate_id=one.pk, **told)
    return found


def test_a_preparing_body_reads_its_own_candidates_results_and_nothing_more(house, signed_in):
    mine = build.candidate(house, birth_place="Lieu secret", accommodations="Aménagement secret")
    other = build.candidate(house, birth_name="Autre")
    body(house, mine)
    found = build.sealed(house, [mine], blocks=BC1, refused=BC1)
    reader = signed_in(house.people["prune"])
    listed = reader.get("/certification/candidats/").content.decode()
    assert mine.reference in listed
    assert other.reference not in listed
    page = reader.get(f"/certification/candidats/{mine.pk}").content.decode()
    for secret in ("secret", "aucune observation", "Qui l’a formé"):
        assert secret not in page
    assert reader.get(f"/certification/candidats/{other.pk}").status_code == 404
    assert reader.get(f"/certification/sessions/{found.pk}").status_code == 403
    preparing.say_who_prepares(actor=house.boss, candidate_id=mine.pk, body_id=None)
    assert reader.get(f"/certification/candidats/{mine.pk}").status_code == 404


def test_a_body_takes_only_accounts_given_for_it_and_stays_in_its_house(house):
    found = body(house)
    with pytest.raises(InvalidInput):
        preparing.attach_account(actor=house.boss, body_id=found.pk, member_id=house.people["farid"].member.pk)
    with pytest.raises(InvalidInput):
        preparing.name_body(actor=house.boss, name=" \x00 ")
    elsewhere = build.house("Autre jury", "-b")
    with pytest.raises(NotFound):
        preparing.say_who_prepares(actor=elsewhere.boss, candidate_id=build.candidate(elsewhere).pk, body_id=found.pk)


def test_an_auditor_reads_what_is_sealed_and_never_a_grid_nor_a_file(house, signed_in):
    person = build.candidate(house, birth_place="Lieu secret")
    build.sealed(house, [person], blocks=BC1)
    alive = build.opened(house, [build.candidate(house, birth_name="Autre")], blocks=BC1)
    reader, written = signed_in(house.people["lena"]), Minutes.objects.get()
    page = reader.get("/certification/registres/").content.decode()
    assert written.number in page
    assert written.seal[:16] in page
    text = reader.get(f"/certification/registres/{written.pk}").content.decode()
    assert person.birth_name in text
    assert "secret" not in text
    assert "additif" not in text.lower()
    assert reader.get(f"/certification/registres/{written.pk}.pdf").content.startswith(b"%PDF")
    for url in (f"sessions/{alive.pk}", f"candidats/{person.pk}", "candidats/", "sessions/", "depot/", "insertion/"):
        assert reader.get(f"/certification/{url}").status_code == 403
    assert Candidate.objects.visible_to(house.people["lena"].actor).count() == 0


def test_the_registers_are_filtered_and_their_spreadsheets_name_nobody(house, signed_in):
    person = build.candidate(house, birth_name="Nomsecret")
    build.sealed(house, [person])
    whole = certificates.deliver_certificate(actor=house.boss, candidate_id=person.pk)
    told = {"actor": house.boss, "candidate_id": person.pk}
    gone = certificates.deliver_certificate(block_code=BC1[0], **told)
    certificates.revoke_certificate(actor=house.boss, certificate_id=gone.pk, reason="Nom mal écrit")
    auditor, reader = house.people["lena"].actor, signed_in(house.people["lena"])

    def shown(asked: str) -> set[str]:
        page = reader.get(f"/certification/registres/certificats?{asked}").content.decode()
        rows = [row[0] for row in CERTIFICATES.rows(auditor, QueryDict(asked))]
        numbers = {one.number for one in (whole, gone) if one.number in page}
        assert numbers == set(rows)
        assert len(rows) == CERTIFICATES.count(auditor, QueryDict(asked))
        return numbers

    assert shown("") == {whole.number, gone.number}
    assert shown("etat=valable") == shown("nature=full") == {whole.number}
    assert shown("etat=retire") == {gone.number}
    assert shown(f"au={today() - dt.timedelta(days=1)}") == set()
    sealed = Minutes.objects.get()
    (row,) = MINUTES.rows(auditor, QueryDict(""))
    assert (row[0], row[-2]) == (sealed.number, sealed.seal)
    for exported in (MINUTES, CERTIFICATES, DEPOSIT_FILES):
        rows = list(exported.rows(auditor, QueryDict("")))
        assert "Nomsecret" not in str(rows)
        assert all(len(one) == len(exported.columns) for one in rows)
        assert exported.permission == "certification.audit"


def test_minutes_that_are_not_sealed_are_in_no_register(house):
    found = build.deliberated(house, build.opened(house, [build.candidate(house)], blocks=BC1))
    written = build.drawn(house, found)
    auditor = house.people["lena"].actor
    assert not registers.sealed_minutes(auditor).exists()
    with pytest.raises(NotFound):
        registers.read_sealed(auditor, written.pk)


def test_an_auditor_of_mediators_has_no_certification_to_audit(cast):
    assert not can(cast.leo.actor, "certification.audit")


def test_the_menu_offers_each_one_their_own_trade(cast, house):
    known = {name: {one.label for one in entries_for(person.actor, "/")} for name, person in house.people.items()}
    for name in ("celine", "farid", "pauline", "prune", "camille"):
        assert not known[name] & {"Lieux", "Relais", "Annuaire", "Noter", "Tournée", "Main courante", "Médiations"}
    assert {"Sessions", "Candidats", "Registres", "Compétences"} <= known["celine"]
    assert "Sessions" not in known["farid"] | known["prune"] | known["camille"]
    assert "Candidats" in known["prune"] & known["farid"]
    assert {"Lieux", "Relais"} <= {one.label for one in entries_for(cast.samia.actor, "/")}
    both = _join(house.organisation, "deux", [Role.CANDIDAT, Role.MEDIATEUR], [])
    assert {"Lieux", "Mon dossier"} <= {one.label for one in entries_for(both.actor, "/")}


def test_naming_is_no_more_offered_to_a_complete_jury(house, signed_in):
    found = build.session(house, [build.candidate(house)], blocks=BC1, convoked=False)
    url, boss = f"/certification/sessions/{found.pk}", signed_in(house.people["celine"])
    assert "Nommer dans le jury" not in boss.get(url).content.decode()
    boss.post(f"{url}/jury/{build.seat_of(house, found, 'pauline').pk}/recuser")
    again = boss.get(url).content.decode()
    assert "Nommer dans le jury" in again
    assert "Igor" not in again


def test_the_pages_of_bodies_keep_what_was_typed(house, signed_in):
    boss = signed_in(house.people["celine"])
    refused = boss.post("/certification/organismes/", {"name": "مرحبا 🙂" * 100})
    assert refused.status_code == 422
    assert "مرحبا 🙂" in refused.content.decode()
    assert boss.post("/certification/organismes/", {"name": "Formations des rives"}).status_code == 302
    assert boss.post("/certification/organismes/", {"attach": "yes", "body_id": "x"}).status_code == 422
    assert signed_in(house.people["prune"]).get("/certification/organismes/").status_code == 403


def test_an_account_taken_from_its_body_reads_no_candidate_any_more(house, signed_in):
    mine, other = build.candidate(house), build.candidate(house, birth_name="Autre")
    found, prune = body(house, mine), house.people["prune"]
    boss, reader = signed_in(house.people["celine"]), signed_in(prune)
    assert reader.get(f"/certification/candidats/{mine.pk}").status_code == 200
    listed = boss.get(f"/certification/candidats/?organisme={found.pk}").content.decode()
    assert mine.reference in listed
    assert other.reference not in listed
    assert "organisme" not in reader.get("/certification/candidats/").context["filters"].fields
    path = f"/certification/organismes/{found.pk}/comptes/{prune.member.pk}"
    assert f'action="{path}"' in boss.get("/certification/organismes/").content.decode()
    assert reader.post(path).status_code == 403
    assert boss.post(path).status_code == 302
    assert reader.get(f"/certification/candidats/{mine.pk}").status_code == 404
    assert boss.post(path).status_code == 404


def test_an_auditor_or_an_administrator_of_a_certifier_is_shown_nothing_of_the_field(cast, house, signed_in):
    house.people["alma"] = _join(house.organisation, "alma", [Role.ADMINISTRATEUR], [])
    field = {"Lieux", "Relais", "Annuaire", "Urgence", "Cartes en langues", "Bilans", "Carnet réflexif"}
    for name in ("lena", "alma"):
        known = {one.label for one in entries_for(house.people[name].actor, "/")}
        assert not known & field
        assert "Membres" in known
    home = signed_in(house.people["lena"]).get("/").content.decode()
    assert "procès-verbaux scellés" in home
    for word in ("main courante", "Voir les lieux", "bilans", "Un lieu, un partenaire"):
        assert word not in home
    leo = {one.label for one in entries_for(cast.leo.actor, "/")}
    assert {"Lieux", "Bilans"} <= leo  # an auditor of mediators keeps theirs
    his = signed_in(cast.leo).get("/").content.decode()
    assert "Voir les lieux" in his
    assert "Un lieu, un partenaire" in his


def test_a_candidate_opens_their_own_file_by_its_name_and_a_trainer_the_candidates(house):
    known = {name: [one.label for one in entries_for(house.people[name].actor, "/")] for name in ("camille", "farid")}
    assert ("Mon dossier" in known["camille"], "Candidats" in known["camille"]) == (True, False)
    assert ("Mon dossier" in known["farid"], "Candidats" in known["farid"]) == (False, True)
    both = _join(house.organisation, "tous", [Role.CANDIDAT, Role.FORMATEUR], [])
    labels = [one.label for one in entries_for(both.actor, "/")]
    assert labels.count("Candidats") + labels.count("Mon dossier") == 1


def test_who_is_absent_is_ticked_under_the_name_of_each_passage(house, signed_in):
    person = build.candidate(house, birth_name="Absent")
    found = build.session(house, [person], blocks=BC1)
    page = signed_in(house.people["celine"]).get(f"/certification/sessions/{found.pk}").content.decode()
    assert page.count('<label class="chip"><input type="checkbox" name="absent_seats"') == 4
    assert f"<bdi>{person.name}</bdi>" in page


def test_a_juror_reads_each_opinion_by_its_name_and_what_is_to_come_on_the_first_page(house, signed_in):
    told = {item.kind: item.detail for item in waiting_for(house.people["pauline"].actor)}
    assert "certification.seats" not in told
    found = build.session(house, [build.candidate(house)], blocks=BC1)
    told = {item.kind: item.detail for item in waiting_for(house.people["pauline"].actor)}
    assert "La première commence le" in told["certification.seats"]
    assert "certification.seats" not in {item.kind for item in waiting_for(house.boss)}
    build.sessions.open_exam(actor=house.boss, session_id=found.pk, absent_seats=(), absent_sittings=())
    sitting = found.sittings.get()
    own = signed_in(house.people["pauline"]).get(f"/certification/sessions/{found.pk}/passages/{sitting.pk}/noter")
    assert f"{BC1[0]}, Inscrire son activité" in own.content.decode()
    assert "Modalité d’évaluation non renseignée" not in own.content.decode()
    build.mark_all(house, found)
    president = {"actor": house.people["irene"].actor, "session_id": found.pk}
    build.deliberation.begin_deliberation(**president)
    page = signed_in(house.people["irene"]).get(f"/certification/sessions/{found.pk}/passages/{sitting.pk}/resultat")
    assert f"{BC1[0]}, Inscrire son activité" in page.content.decode()
    lines = page.content.decode().count('<td data-label="Écart">')
    for name in {name for name, _ in page.context["gaps"].verdicts}:
        assert page.content.decode().count(f'<td data-label="{name}">') == lines + 1
