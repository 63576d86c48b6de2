"""Links between juries and candidates: nobody judges who they are tied to, whoever says it, and nothing is lost."""

import pytest

from entremise.certification.commands import CompanionFacts, SettingsFacts, TieFacts
from entremise.certification.enums import SessionState
from entremise.certification.models import BlockResult, Seat, Sitting, Tie
from entremise.certification.queries import sessions as queries
from entremise.certification.queries.ties import ties_of_juror, ties_of_session
from entremise.certification.services import candidates, certifier, deliberation, minutes, sessions, ties
from entremise.certification.services.erasure import erase_candidates
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.journal.models import Entry
from tests.certification import build

pytestmark = pytest.mark.django_db
BC1 = build.BLOCKS[:1]


@pytest.fixture
def house(db):
    return build.house()


@pytest.fixture
def person(house):
    return build.candidate(house)


@pytest.fixture
def by_candidate(house):
    """The certifier reads links candidate by candidate."""
    facts = SettingsFacts(record_code="RNCP41674", strict_ties=False, quorum=3)
    certifier.change_settings(actor=house.boss, facts=facts)


def said(refusal) -> str:
    return " ".join(sentence for found in refusal.value.errors.values() for sentence in found)


def facts(house, person, name="pierre", **told) -> TieFacts:
    return TieFacts(**{"juror_id": house.jurors[name].pk, "candidate_id": person.pk, "kind": "family"} | told)


def test_a_link_taken_back_frees_the_member_and_stays_told_with_who_and_why(house, person):
    found = build.session(house, [person], blocks=BC1, convoked=False)
    tie = build.tie(house, "pierre", person, reason="Cousins.")
    with pytest.raises(InvalidInput) as refusal:
        sessions.convoke(actor=house.boss, session_id=found.pk)
    assert "Pierre et Camille Lafleur-Ménez : Lien familial ou personnel." in said(refusal)
    (line,) = ties_of_juror(house.boss, house.jurors["pierre"])
    assert [(line.stands, one.words) for one in line.effects] == [(True, "Ne peut pas siéger")]
    ties.take_back_tie(actor=house.boss, tie_id=tie.pk, reason="Homonyme, vérifié auprès d’eux.")
    assert sessions.convoke(actor=house.boss, session_id=found.pk).state == SessionState.CONVOKED
    (line,) = ties_of_session(house.boss, found)
    assert (line.stands, line.declared_by, line.taken_back_by) == (False, "Celine", "Celine")
    assert (line.tie.reason, line.tie.taken_back_for) == ("Cousins.", "Homonyme, vérifié auprès d’eux.")
    told = dict(Entry.objects.filter(target_id=house.jurors["pierre"].pk).values_list("name", "payload"))
    codes = {"kind": "family", "tie": str(tie.pk)}
    assert told["juror.tie_declared"]["codes"] == told["juror.tie_taken_back"]["codes"] == codes
    assert build.tie(house, "pierre", person).pk != tie.pk  # it may be declared again


def test_what_the_file_says_and_what_is_declared_are_listed_once_each(house, person):
    found = build.session(house, [person], blocks=BC1)
    told = CompanionFacts(kind="tutor", member_id=house.people["pauline"].member.pk)
    candidates.name_companion(actor=house.boss, candidate_id=person.pk, facts=told)
    build.tie(house, "pauline", person, "tutor")
    build.tie(house, "coralie", person, "employer")
    lines = {(line.juror_name, line.label, line.tie is not None) for line in ties_of_session(house.boss, found)}
    assert lines == {("Pauline", "A été son tuteur", True), ("Coralie", "Même employeur", True)}


def test_a_link_with_nobody_known_twice_or_after_the_seal_is_refused_and_changes_nothing(house, person):
    found = build.sealed(house, [person], blocks=BC1)
    late = facts(house, person, session_id=found.pk)
    with pytest.raises(InvalidInput) as refusal:
        ties.declare_tie(actor=house.boss, facts=late)
    assert "procès-verbal est scellé" in said(refusal)
    with pytest.raises(NotAllowed):
        ties.declare_tie(actor=house.people["pierre"].actor, facts=late)
    stranger = build.candidate(build.house("Autre jury", "-b"))
    with pytest.raises(NotFound):
        ties.declare_tie(actor=house.boss, facts=facts(house, stranger))
    coming = build.session(house, [build.candidate(house, birth_name="Autre")], blocks=BC1)
    with pytest.raises(NotFound):
        ties.declare_tie(actor=house.boss, facts=facts(house, person, session_id=coming.pk))
    assert not Tie.objects.exists()
    known = build.tie(house, "pierre", person)  # for the sessions to come
    for told, word in (
        ({}, "déjà déclaré"),
        ({"kind": "amitié"}, "Choisissez"),
        ({"kind": "other"}, "de quel lien"),
        ({"kind": "hierarchy", "reason": "x" * 500}, "160"),
    ):
        with pytest.raises(InvalidInput) as refusal:
            ties.declare_tie(actor=house.boss, facts=facts(house, person, **told))
        assert word in said(refusal)
    for reason in ("", "x" * 500):
        with pytest.raises(InvalidInput):
            ties.take_back_tie(actor=house.boss, tie_id=known.pk, reason=reason)
    assert Tie.objects.get().taken_back_at is None
    assert set(BlockResult.objects.values_list("outcome", flat=True)) == {"acquired"}


def test_a_link_known_in_deliberation_takes_the_voice_away_and_the_jury_decides_anew(house, person, by_candidate):
    other = build.candidate(house, birth_name="Autre")
    found = build.deliberated(house, build.opened(house, [person, other], blocks=BC1))
    build.drawn(house, found)
    tie = build.tie(house, "pierre", person)
    found.refresh_from_db()
    assert found.state == SessionState.DELIBERATING
    assert list(BlockResult.objects.values_list("sitting__candidate_id", flat=True)) == [other.pk]
    sittings = {one.candidate_id: one for one in Sitting.objects.filter(session=found)}
    assert [len(queries.marks_of(sittings[one.pk])) for one in (person, other)] == [3, 4]
    with pytest.raises(InvalidInput) as refusal:
        build.drawn(house, found)
    assert "restent à décider : 1" in said(refusal)
    ties.take_back_tie(actor=house.boss, tie_id=tie.pk, reason="Homonyme.")
    assert len(queries.marks_of(sittings[person.pk])) == 4


def test_a_link_taken_back_in_deliberation_asks_the_grid_it_had_kept_away(house, person, by_candidate):
    tie = build.tie(house, "pierre", person)
    found = build.opened(house, [person], blocks=BC1)
    sitting = Sitting.objects.get(session=found)
    for name in ("pauline", "irene", "coralie"):
        build.mark(house, name, sitting)
    deliberation.begin_deliberation(actor=house.people["irene"].actor, session_id=found.pk)
    ties.take_back_tie(actor=house.boss, tie_id=tie.pk, reason="Homonyme.")
    found.refresh_from_db()
    assert found.state == SessionState.OPEN
    build.mark(house, "pierre", sitting)


def test_strictly_a_link_known_while_signing_stops_the_signatures(house, person):
    found = build.deliberated(house, build.opened(house, [person], blocks=BC1))
    text = build.drawn(house, found)
    build.tie(house, "pierre", person)
    with pytest.raises(InvalidInput):
        minutes.sign_minutes(actor=house.people["irene"].actor, session_id=found.pk, digest=text.digest)
    with pytest.raises(InvalidInput) as refusal:
        build.drawn(house, found)
    assert "Pierre et Camille Lafleur-Ménez : Un lien écarte ce membre" in said(refusal)
    assert "familial" not in said(refusal)  # the certifier's to know, not the president's


@pytest.mark.parametrize("told", ["account", "host", "employer"])
def test_what_enters_the_file_late_stops_the_signatures_as_a_declared_link_does(house, person, told):
    found = build.deliberated(house, build.opened(house, [person], blocks=BC1))
    build.drawn(house, found)
    me = {"actor": house.boss, "candidate_id": person.pk}
    if told == "account":
        member_id = house.people["pierre"].member.pk
        candidates.name_companion(facts=CompanionFacts(kind="trainer", member_id=member_id), **me)
    elif told == "host":
        candidates.name_companion(facts=CompanionFacts(kind="host", structure="Structure de pierre"), **me)
    else:
        civil_status = build.civil(employer="Structure de PIERRE")
        candidates.correct_civil_status(civil_status=civil_status, base_version=person.version, **me)
    found.refresh_from_db()
    assert found.state == SessionState.DELIBERATING
    assert not BlockResult.objects.filter(sitting__session=found).exists()


def test_what_enters_the_file_and_ties_nobody_leaves_the_signatures(house, person):
    found = build.deliberated(house, build.opened(house, [person], blocks=BC1))
    build.drawn(house, found)
    me = {"actor": house.boss, "candidate_id": person.pk}
    farid = CompanionFacts(kind="trainer", member_id=house.people["farid"].member.pk)
    candidates.name_companion(facts=farid, **me)
    person.refresh_from_db()
    civil_status = build.civil(birth_place="Toulouse (Haute-Garonne)")
    candidates.correct_civil_status(civil_status=civil_status, base_version=person.version, **me)
    found.refresh_from_db()
    assert found.state == SessionState.SIGNING
    assert BlockResult.objects.filter(sitting__session=found).exists()


def test_a_member_declares_their_link_by_stepping_back(house, person):
    found = build.session(house, [person], blocks=BC1)
    pierre, seat = house.people["pierre"].actor, build.seat_of(house, found, "pierre")
    step = {"actor": pierre, "session_id": found.pk, "seat_id": seat.pk}
    for told, field in (({"kind": "family"}, "candidate_id"), ({"candidate_id": person.pk}, "kind")):
        with pytest.raises(InvalidInput) as refusal:
            ties.recuse(**step, **told)
        assert field in refusal.value.errors
    build.tie(house, "pierre", person)  # known already: they may step back all the same
    assert ties.recuse(**step, candidate_id=person.pk, kind="family").state == "recused"
    assert Tie.objects.count() == 1
    (line,) = ties_of_session(house.boss, found)
    assert [one.words for one in line.effects] == ["N’est plus du jury"]


def test_candidate_by_candidate_a_member_who_declares_a_link_stays_for_the_others(house, person, by_candidate):
    other = build.candidate(house, birth_name="Autre")
    found = build.opened(house, [person, other], blocks=BC1)
    seat = build.seat_of(house, found, "pierre")
    step = {"actor": house.people["pierre"].actor, "session_id": found.pk, "seat_id": seat.pk}
    assert ties.recuse(**step, candidate_id=person.pk, kind="other", reason="Voisins.").state == "present"
    assert queries.aside_of(found) == {(house.jurors["pierre"].pk, person.pk)}
    (line,) = ties_of_session(house.boss, found)
    assert (line.declared_by, line.effects[0].words) == ("Pierre", "Se retire pour ce candidat")
    assert ties.recuse(**step).state == "recused"


def test_the_words_of_a_link_go_with_the_file_of_the_candidate(house, person):
    build.tie(house, "pierre", person, reason="Cousins.")
    erase_candidates([person.pk])
    assert not Tie.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_links_of_a_member_cost_the_same_however_many(house, django_assert_num_queries, count):
    people = [build.candidate(house, birth_name=f"Nom{'abc'[rank]}") for rank in range(count)]
    build.session(house, people, blocks=BC1)
    for one in people:
        build.tie(house, "pierre", one, reason="Voisins.")
    with django_assert_num_queries(7):
        lines = ties_of_juror(house.boss, house.jurors["pierre"])
    assert [len(line.effects) for line in lines] == [1] * count


def test_links_are_declared_and_taken_back_by_their_pages(house, person, signed_in):
    found = build.session(house, [person], blocks=BC1)
    boss = signed_in(house.people["celine"])
    page = f"/certification/sessions/{found.pk}"
    assert "Aucun lien n’est connu" in boss.get(f"{page}/liens").content.decode()
    odd = {"juror_id": "x", "candidate_id": person.pk, "kind": "other", "reason": "مرحبا 🙂\x00"}
    refused = boss.post(f"{page}/liens", odd)
    assert refused.status_code == 422
    assert "مرحبا 🙂" in refused.content.decode()
    answer = boss.post(f"{page}/liens", odd | {"juror_id": house.jurors["pierre"].pk}, follow=True).content.decode()
    assert "Ne peut pas siéger" in answer
    assert "ne peut pas siéger tel qu’il est" in boss.get(page).content.decode()
    own = f"/certification/membres-de-jury/{house.jurors['pierre'].pk}/liens"
    twice = boss.post(own, odd)
    assert twice.status_code == 422
    assert "Ce lien est déjà déclaré." in twice.content.decode()
    back = f"/certification/liens/{Tie.objects.get().pk}/retirer"
    assert boss.post(back, {"reason": ""}).status_code == 422
    assert "Liens retirés" in boss.post(back, {"reason": "Homonyme."}, follow=True).content.decode()
    assert boss.post(back, {"reason": "Encore."}).status_code == 422
    for url in (own, back, f"{page}/liens"):
        assert signed_in(house.people["pauline"]).get(url).status_code == 403
    there = signed_in(build.house("Autre jury", "-b").people["celine"])
    assert [there.get(url).status_code for url in (own, back, f"{page}/liens")] == [404, 404, 404]


def test_a_refused_recusal_keeps_what_the_member_wrote(house, person, signed_in):
    found = build.session(house, [person], blocks=BC1)
    url = f"/certification/sessions/{found.pk}/jury/{build.seat_of(house, found, 'pierre').pk}/recuser"
    pierre = signed_in(house.people["pierre"])
    refused = pierre.post(url, {"candidate_id": person.pk, "reason": "Voisins de palier"})
    assert refused.status_code == 422
    assert "Voisins de palier" in refused.content.decode()
    assert Seat.objects.filter(session=found, state="recused").count() == 0
