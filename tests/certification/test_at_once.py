"""Two people of one certifier at the same moment: numbers follow one another, and no second key or rule is made."""

import time
from functools import partial

import pytest

from entremise.certification.commands import SettingsFacts, VaeSettingsFacts
from entremise.certification.models import Certificate
from entremise.certification.services import candidates, certificates, certifier, portfolio, vae_decisions
from entremise.core.errors import InvalidInput
from tests.at_once import at_once
from tests.certification import build
from tests.practice import build_portfolio

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 4


@pytest.fixture
def house(transactional_db, lifted_triggers):
    return build.house()


def slowly(monkeypatch, module, name: str) -> None:
    """The function yields to the other threads: what is read before it is old once it ends."""
    real = getattr(module, name)

    def late(*args, **options):
        time.sleep(0.05)
        return real(*args, **options)

    monkeypatch.setattr(module, name, late)


def test_certificates_delivered_at_once_take_numbers_that_follow(house, real_files, monkeypatch):
    people = [build.candidate(house, birth_name=f"Nom {rank}") for rank in "ABCD"]
    build.sealed(house, people)
    real_files()
    slowly(monkeypatch, certificates, "_content")
    deliver = certificates.deliver_certificate
    found, failures = at_once([partial(deliver, actor=house.boss, candidate_id=one.pk) for one in people])
    assert failures == []
    assert sorted(one.rank for one in found) == list(range(1, PEOPLE + 1))


def test_one_candidate_delivered_twice_at_once_holds_one_certificate(house, real_files):
    person = build.candidate(house)
    build.sealed(house, [person])
    real_files()
    deliver = partial(certificates.deliver_certificate, actor=house.boss, candidate_id=person.pk)
    found, failures = at_once([deliver, deliver])
    assert failures == []
    assert len({one.pk for one in found}) == 1
    assert isinstance(found[0], Certificate)


def test_one_person_entered_twice_at_once_is_told_to_the_second(house, real_files, monkeypatch):
    real_files()
    slowly(monkeypatch, candidates, "_fill")
    found, failures = at_once([partial(build.candidate, house)] * 2)
    assert len(found) == len(failures) == 1
    assert list(failures[0].errors) == ["is_another"]


def test_a_portfolio_deposited_twice_at_once_is_deposited_once(house, real_files, monkeypatch):
    camille = house.people["camille"]
    build.candidate(house, member_id=camille.member.pk)
    build_portfolio.keep(camille)
    deposit = partial(portfolio.submit_portfolio, actor=camille.actor, snapshot_id=build_portfolio.frozen(camille).pk)
    real_files()
    slowly(monkeypatch, portfolio, "digest_of")
    found, failures = at_once([deposit, deposit])
    assert len(found) == len(failures) == 1
    assert isinstance(failures[0], InvalidInput)


def test_minutes_drawn_and_sealed_at_once_take_numbers_and_seals_that_follow(house, real_files):
    sessions = []
    for name in ("Ancel", "Bost"):
        sessions.append(build.opened(house, [build.candidate(house, birth_name=name)]))
        build.mark_all(house, sessions[-1])
        build.deliberated(house, sessions[-1])
    real_files()
    found, failures = at_once([partial(build.drawn, house, one) for one in sessions])
    assert failures == []
    assert sorted(one.rank for one in found) == [1, 2]


@pytest.mark.parametrize(
    "write",
    [
        lambda actor: certifier.change_settings(actor=actor, facts=SettingsFacts(record_code="RNCP41674")),
        lambda actor: vae_decisions.change_vae_settings(actor=actor, facts=VaeSettingsFacts()),
    ],
    ids=["certifier", "vae"],
)
def test_rules_written_for_the_first_time_by_two_people_at_once_are_one_row(house, real_files, write):
    real_files()
    found, failures = at_once([partial(write, house.boss)] * 2)
    assert failures == []
    assert len({one.pk for one in found}) == 1
