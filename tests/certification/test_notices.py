"""A jury's decision reaches its candidate: who was told, how, when; the delay of the VAE is watched."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine
from django.http import QueryDict

from entremise.certification.commands import AddendumFacts
from entremise.certification.exports.lists import OWED
from entremise.certification.models import ResultNotice, Sitting
from entremise.certification.queries import notices as queries
from entremise.certification.services import minutes, notices
from entremise.certification.tasks import send_result
from entremise.certification.vae_waiting import vae_waiting
from entremise.certification.views import notices as views
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.time import now, today
from tests.certification import build, build_vae

pytestmark = pytest.mark.django_db
BC1 = build.BLOCKS[:1]
DAY = dt.timedelta(days=1)


@pytest.fixture
def house(db):
    return build.house()


def heard(house, **facts):
    """A candidate by the VAE, ready for a jury."""
    person = build_vae.candidate(house, blocks=BC1, account="", **facts)
    build_vae.ready(house, person)
    return person


def tell(house, found, *people, **facts):
    told = {"channel": "letter", "told_on": today()} | facts
    ids = [one.pk for one in people]
    return notices.note_notices(actor=house.boss, session_id=found.pk, candidate_ids=ids, **told)


def awaited(house) -> list[str]:
    return [item.kind for item in vae_waiting(house.boss)]


def test_a_result_waits_until_it_is_told_and_again_after_an_addendum(house):
    person, trained = heard(house), build.candidate(house, birth_name="Autre")
    found = build.sealed(house, [person, trained], blocks=BC1)
    lines = {line.candidate.pk: line for line in queries.results_owed(house.boss)}
    assert lines[person.pk].due_on == today() + 15 * DAY
    assert lines[trained.pk].due_on is None
    rows = list(OWED.rows(house.boss, QueryDict("")))
    assert [(row[0], row[3], row[4]) for row in rows] == [
        (person.name, today() + 15 * DAY, "Non"),
        (trained.name, None, "Non"),
    ]
    assert OWED.count(house.boss, QueryDict("")) == len(rows)
    assert awaited(house) == ["certification.notices"]
    tell(house, found, person, trained)
    assert (queries.results_owed(house.boss), awaited(house)) == ([], [])
    with pytest.raises(InvalidInput, match="Déjà notifié"):
        tell(house, found, person)
    sitting = Sitting.objects.get(session=found, candidate=person)
    facts = AddendumFacts(text="Interversion constatée.", sitting_id=sitting.pk, outcome="not_acquired")
    minutes.add_addendum(actor=house.boss, session_id=found.pk, facts=facts)
    assert [line.candidate.pk for line in queries.results_owed(house.boss)] == [person.pk]
    tell(house, found, person, channel="hand")
    (line,) = [one for one in queries.session_notices(house.boss, found) if one.candidate.pk == person.pk]
    assert [(row.channel, name) for row, name in line.past] == [("letter", "Celine"), ("hand", "Celine")]


def test_a_result_told_after_its_delay_is_said_late(house):
    person = heard(house)
    found = build.sealed(house, [person], blocks=BC1)
    with time_machine.travel(now() + 16 * DAY, tick=False):
        (line,) = queries.session_notices(house.boss, found)
        assert line.is_late
        tell(house, found, person, told_on=today() - DAY)
        (line,) = queries.session_notices(house.boss, found)
        assert not line.is_late


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"told_on": dt.date(2020, 1, 1)}, "told_on"),
        ({"told_on": dt.date(2199, 1, 1)}, "told_on"),
    ],
)
def test_an_impossible_notice_is_refused_beside_its_field(house, facts, field):
    person = build.candidate(house)
    found = build.sealed(house, [person], blocks=BC1)
    with pytest.raises(InvalidInput) as refusal:
        tell(house, found, person, **facts)
    assert set(refusal.value.errors) == {field}
    assert not ResultNotice.objects.exists()


def test_nobody_is_told_before_the_seal_nor_somebody_of_elsewhere_nor_an_absent(house):
    person = build.candidate(house)
    alive = build.opened(house, [person], blocks=BC1)
    with pytest.raises(InvalidInput, match="étape"):
        tell(house, alive, person)
    assert queries.results_owed(house.boss) == []
    found = build.sealed(house, [build.candidate(house, birth_name="Autre")], blocks=BC1)
    with pytest.raises(NotFound):
        tell(house, found, person)
    with pytest.raises(InvalidInput, match="au moins un candidat"):
        tell(house, found)
    for name in ("pauline", "farid", "camille"):
        with pytest.raises(NotAllowed):
            notices.note_notices(
                actor=house.people[name].actor,
                session_id=found.pk,
                candidate_ids=[],
                channel="letter",
                told_on=today(),
            )


def test_results_are_told_by_their_pages_and_the_letter_says_why_and_what_next(house, signed_in):
    person = build.candidate(house)
    found = build.sealed(house, [person], blocks=BC1, refused=BC1)
    boss, url = signed_in(house.people["celine"]), f"/certification/sessions/{found.pk}"
    assert "Notifier les résultats" in boss.get(url).content.decode()
    assert boss.get(f"{url}/notifications/{person.pk}.pdf").content.startswith(b"%PDF")
    refused = boss.post(f"{url}/notifications", {"candidate_ids": ["x"], "told_on": "hier"})
    assert refused.status_code == 422
    told = {"candidate_ids": [str(person.pk)], "channel": "letter", "told_on": today().isoformat()}
    assert "Par courrier, le" in boss.post(f"{url}/notifications", told, follow=True).content.decode()
    assert "Tout est notifié" in boss.get("/certification/resultats-a-notifier").content.decode()
    there = signed_in(build.house("Autre jury", "-b").people["celine"])
    for page in (f"{url}/notifications", f"{url}/notifications/{person.pk}.pdf"):
        assert there.get(page).status_code == 404
    absent = build.candidate(house, birth_name="Autre")
    assert boss.get(f"{url}/notifications/{absent.pk}.pdf").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_many(house, django_assert_num_queries, count):
    people = [build.candidate(house, birth_name=f"Nom{'abc'[rank]}") for rank in range(count)]
    build.sealed(house, people, blocks=BC1)
    with django_assert_num_queries(2):
        assert len(queries.results_owed(house.boss)) == count


def test_a_message_leads_to_the_result_says_none_and_is_noted_once_it_left(house, signed_in, mailoutbox, monkeypatch):
    asked = []
    monkeypatch.setattr(views, "send_result", SimpleNamespace(enqueue=lambda *told: asked.append(told)))
    account = house.people["camille"].member.pk
    person = build.candidate(house, member_id=account, email="camille@exemple.test")
    silent = build.candidate(house, birth_name="Sanscompte", email="autre@exemple.test")
    found = build.sealed(house, [person, silent], blocks=BC1, refused=BC1)
    boss, page = signed_in(house.people["celine"]), f"/certification/sessions/{found.pk}/notifications"
    assert "1 candidat à prévenir a une adresse" in boss.get(page).content.decode()
    for _ in range(2):  # a second click before the first message left
        assert boss.post(f"{page}/ecrire").status_code == 302
    assert [send_result.func(*args) for args in asked] == ["sent", "nothing_to_send"]
    (message,) = mailoutbox
    assert message.to == ["camille@exemple.test"]
    assert f"/certification/candidats/{person.pk}" in message.body
    for secret in ("acquis", "Lafleur", person.reference, found.place):
        assert secret not in message.body + message.subject
    (notice,) = ResultNotice.objects.all()
    assert (notice.candidate_id, notice.channel, notice.noted_by_id) == (person.pk, "email", house.boss.member_id)
    refused = boss.post(f"{page}/ecrire", follow=True).content.decode()
    assert "Personne à qui écrire" in refused
    assert signed_in(house.people["pauline"]).post(f"{page}/ecrire").status_code in (403, 404)


def test_a_message_that_does_not_leave_notes_nothing(house):
    account = house.people["camille"].member.pk
    person = build.candidate(house, member_id=account, email="camille@exemple.test")
    found = build.sealed(house, [person], blocks=BC1)

    def down(address: str) -> None:
        raise OSError("no line")

    with pytest.raises(OSError, match="no line"):
        notices.mail_result(actor=house.boss, session_id=found.pk, candidate_id=person.pk, send=down)
    assert not ResultNotice.objects.exists()
    assert queries.results_owed(house.boss)
