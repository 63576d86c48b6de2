"""A candidate by the VAE is asked again whether they may pass: new dates, a decision or a lapse may have changed it."""

import datetime as dt

import pytest

from entremise.certification.commands import SessionFacts, VaeDecision
from entremise.certification.models import VaeDossier
from entremise.certification.queries.passing import passing_faults
from entremise.certification.services import candidates, sessions, vae_decisions
from entremise.core.errors import InvalidInput
from entremise.core.time import today
from tests.certification import build, build_vae

pytestmark = pytest.mark.django_db
BC1 = build.BLOCKS[:1]


@pytest.fixture
def house(db):
    return build.house()


def ready(house, until: dt.date, **facts):
    """Admissible until that day, verified."""
    person = build_vae.candidate(house, blocks=BC1, account="", **facts)
    build_vae.sent(house, person)
    admitted = VaeDecision(decision="admissible", valid_until=until)
    vae_decisions.decide_feasibility(actor=house.boss, candidate_id=person.pk, facts=admitted)
    build_vae.validation_sent(house, person)
    build_vae.checked(house, person)
    return person


def moved(house, found, days: int):
    day = today() + dt.timedelta(days=days)
    facts = SessionFacts(starts_on=day, ends_on=day, place="Salle 2")
    return sessions.change_session(actor=house.boss, session_id=found.pk, facts=facts)


def said(found) -> list[str]:
    return [f"{one.about} : {one.sentence}" for one in passing_faults(found)]


def test_new_dates_after_the_end_of_an_admissibility_stop_the_convocation_and_say_whom(house, signed_in):
    end = today() + dt.timedelta(days=30)
    person, other = ready(house, end), ready(house, end + dt.timedelta(days=60), birth_name="Autre")
    found = build.session(house, [person, other], blocks=BC1, convoked=False)
    assert said(found) == []
    found = moved(house, found, 31)
    sentence = f"Camille Lafleur-Ménez : La recevabilité a pris fin le {end:%d/%m/%Y}."
    assert said(found) == [sentence]
    with pytest.raises(InvalidInput) as refusal:
        sessions.convoke(actor=house.boss, session_id=found.pk)
    assert refusal.value.sentences == sentence
    page = signed_in(house.people["celine"]).get(f"/certification/sessions/{found.pk}").content.decode()
    assert "Des candidats ne peuvent pas passer à ces dates" in page
    found = moved(house, found, 30)
    assert sessions.convoke(actor=house.boss, session_id=found.pk).state == "convoked"


def test_what_changed_since_the_convocation_stops_the_opening_unless_the_candidate_is_not_there(house):
    person = ready(house, today() + dt.timedelta(days=30))
    trained = build.candidate(house, birth_name="Autre")  # another route: asked nothing of the VAE
    found = build.session(house, [person, trained], blocks=BC1)
    VaeDossier.objects.filter(candidate=person).update(lapsed_on=today(), validation="flagged")
    assert said(found) == [
        "Camille Lafleur-Ménez : Le dossier de validation n’est pas vérifié ; cette candidature est caduque."
    ]
    candidates.withdraw_candidacy(actor=house.boss, candidate_id=person.pk)
    assert said(found) == ["Camille Lafleur-Ménez : Cette candidature est close."]
    told = {"actor": house.boss, "session_id": found.pk, "absent_seats": ()}
    with pytest.raises(InvalidInput, match="est close"):
        sessions.open_exam(absent_sittings=(), **told)
    away = found.sittings.get(candidate=person).pk
    assert sessions.open_exam(absent_sittings=[away], **told).state == "open"


@pytest.mark.parametrize("count", [1, 3])
def test_asking_costs_the_same_however_many_candidates(house, django_assert_num_queries, count):
    people = [ready(house, today() + dt.timedelta(days=9), birth_name=f"Nom{'abc'[rank]}") for rank in range(count)]
    found = moved(house, build.session(house, people, blocks=BC1, convoked=False), 10)
    with django_assert_num_queries(3):
        assert len(passing_faults(found)) == count
