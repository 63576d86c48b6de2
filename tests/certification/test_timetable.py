"""Hours that can be held: nobody at two places at once, extra time kept, the order the same each time it is drawn."""

import datetime as dt
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entremise.certification.commands import SlotFacts, TimetableFacts
from entremise.certification.enums import ClashKind, OrderRule, Turn
from entremise.certification.models import Sitting, Slot
from entremise.certification.queries import sessions as reads
from entremise.certification.queries import timetables as queries
from entremise.certification.services import sessions
from entremise.certification.services import timetables as services
from entremise.certification.timetable import DayRules, Held, Passing, clashes, in_order, length, propose
from entremise.competences.queries import record_facts
from entremise.core.errors import InvalidInput, NotAllowed, NotFound
from entremise.core.time import local, today
from tests.certification import build

DAY = dt.date(2026, 12, 3)
PEOPLE = [uuid.UUID(int=rank) for rank in range(1, 9)]


@st.composite
def days(draw) -> tuple[list[Passing], DayRules]:
    blocks = build.BLOCKS[: draw(st.integers(1, 4))]
    extras = draw(st.lists(st.sampled_from([0, 0, 33, 50]), min_size=1, max_size=8))
    passings = [
        Passing(uuid.uuid5(person, block), person, block, f"Nom {rank % 3}", extra)
        for rank, (person, extra) in enumerate(zip(PEOPLE, extras, strict=False))
        for block in blocks
    ]
    count = draw(st.integers(1, 3))
    rules = DayRules(
        days=tuple(DAY + dt.timedelta(days=rank) for rank in range(count)),
        lasts={code: draw(st.integers(10, 90)) for code in build.BLOCKS},
        between=draw(st.integers(0, 15)),
        rest=draw(st.integers(0, 60)),
        closes=draw(st.sampled_from([dt.time(10, 15), dt.time(12, 45), dt.time(17, 30)])),
        pause_to=draw(st.sampled_from([dt.time(12), dt.time(13, 30)])),
    )
    return passings, rules


@settings(deadline=None)
@given(days(), st.sampled_from(OrderRule.values), st.sampled_from(Turn.values))
def test_what_is_proposed_never_clashes_and_loses_nobody(given_day, order, turn):
    passings, rules = given_day
    ordered = in_order(passings, order, turn, "session")
    placed, left = propose(ordered, rules)
    assert sorted([one.sitting_id for one in placed] + left) == sorted(one.sitting_id for one in passings)
    known = {one.sitting_id: one for one in passings}
    jury = frozenset({uuid.uuid4()})
    held = [
        Held(one.sitting_id, known[one.sitting_id].candidate_id, one.starts, one.ends, "salle", jury) for one in placed
    ]
    assert clashes(held, rules) == []
    for one in placed:
        lasts = (one.ends - one.starts).total_seconds() / 60
        told = known[one.sitting_id]
        assert lasts == length(told, rules) >= rules.lasts[told.block_code] * (100 + told.extra) / 100


@settings(deadline=None)
@given(days(), st.randoms())
def test_a_draw_is_the_same_whatever_the_order_people_came_in(given_day, chance):
    passings, _ = given_day
    mixed = list(passings)
    chance.shuffle(mixed)
    for rule in (OrderRule.DRAWN, OrderRule.ALPHABETICAL):
        assert in_order(passings, rule, Turn.BLOCK, "s") == in_order(mixed, rule, Turn.BLOCK, "s")


def test_block_after_block_another_candidate_begins_each_time():
    passings = [Passing(uuid.uuid4(), person, block, "", 0) for block in build.BLOCKS for person in PEOPLE[:4]]
    ordered = in_order(passings, OrderRule.DRAWN, Turn.BLOCK, "s")
    assert len({one.candidate_id for one in ordered[::4]}) == 4
    assert [one.block_code for one in ordered[:4]] == [build.BLOCKS[0]] * 4


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"candidate_id": PEOPLE[0]}, ClashKind.CANDIDATE),
        ({"members": frozenset({PEOPLE[5]})}, ClashKind.JURY),
        ({"room": "maison|1"}, ClashKind.ROOM),
    ],
)
@pytest.mark.parametrize("is_own", [True, False], ids=["same-session", "another-session"])
def test_two_places_at_once_are_seen_whatever_the_session(changes, kind, is_own):
    def at(hour: int) -> dt.datetime:
        return dt.datetime.combine(DAY, dt.time(hour))

    first = Held(PEOPLE[6], PEOPLE[0], at(9), at(11), "maison|1", frozenset({PEOPLE[5]}))
    other = {"candidate_id": PEOPLE[1], "room": "maison|2", "members": frozenset()} | changes
    second = Held(PEOPLE[7], starts=at(10), ends=at(12), is_own=is_own, **other)
    found = clashes([second, first], DayRules(days=(DAY,)))
    assert [one.kind for one in found] == [kind]


@pytest.fixture
def house(db):
    return build.house()


def facts(**changes) -> TimetableFacts:
    told = {"opens": dt.time(9), "closes": dt.time(17), "lasts": dict.fromkeys(build.BLOCKS, 60)}
    told |= {"pause_from": dt.time(12), "pause_to": dt.time(13), "room": "Salle 2", "order": "alphabetical"}
    return TimetableFacts(**(told | changes))


def lines(found) -> list[str]:
    sittings = reads.sittings_of(found)
    table = queries.timetable_of(found, record_facts("RNCP41674"))
    return [line.sentence for line in queries.clash_lines(found, sittings, table)]


def hours(found) -> list[str]:
    return [f"{local(one.slot.starts_at):%H:%M}" for one in reads.sittings_of(found)]


def test_a_day_is_proposed_then_changed_by_hand_and_what_clashes_is_said(house):
    slow = build.candidate(house, birth_name="Abel", extra_time="33")
    quick = build.candidate(house, birth_name="Zoé")
    found = build.session(house, [quick, slow], blocks=build.BLOCKS[:2])
    told = {"actor": house.boss, "session_id": found.pk}
    assert services.propose_order(facts=facts(), **told) == 0
    first = reads.sittings_of(found)[0]
    assert first.candidate_id == slow.pk
    assert first.slot.ends_at - first.slot.starts_at == dt.timedelta(minutes=80)
    assert hours(found) == ["09:00", "10:30", "13:00", "14:10"]
    assert lines(found) == []
    services.move_sitting(sitting_id=first.pk, earlier=False, **told)
    assert [one.candidate_id for one in reads.sittings_of(found)][:2] == [quick.pk, slow.pk]
    assert hours(found)[:2] == ["09:00", "10:10"]
    moved = reads.sittings_of(found)[0]
    at_noon = SlotFacts(day=today(), clock=dt.time(11, 30), minutes=60, room="salle 2")
    services.place_sitting(sitting_id=moved.pk, facts=at_noon, **told)
    said = " ".join(lines(found))
    assert "prend sur la pause" in said
    services.place_sitting(sitting_id=moved.pk, facts=SlotFacts(day=today(), clock=dt.time(10, 30), minutes=30), **told)
    assert "Le jury serait à deux endroits à la fois : Coralie, Irene, Pauline, Pierre." in lines(found)


def test_a_jury_named_in_two_sessions_at_the_same_hours_is_seen_from_both(house):
    people = [build.candidate(house), build.candidate(house, birth_name="Autre")]
    both = [build.session(house, [person], blocks=build.BLOCKS[:1]) for person in people]
    for found in both:
        services.propose_order(actor=house.boss, session_id=found.pk, facts=facts())
    for found in both:
        said = " ".join(lines(found))
        assert "Le jury serait à deux endroits" in said
        assert "La salle est prise deux fois" in said


def test_days_too_short_leave_passages_without_an_hour_and_say_it(house):
    found = build.session(house, [build.candidate(house)])
    told = {"actor": house.boss, "session_id": found.pk}
    assert services.propose_order(facts=facts(closes=dt.time(11)), **told) == 3
    assert sum("trop courtes" in line for line in lines(found)) == 3
    assert Slot.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes": dt.time(8)}, "closes"),
        ({"pause_to": None}, "pause_to"),
        ({"pause_from": dt.time(14)}, "pause_to"),
        ({"lasts": {}}, f"lasts_{build.BLOCKS[0]}"),
        ({"between": 900}, "between"),
        ({"room": "x" * 5000}, "room"),
        ({"order": "caprice"}, "order"),
    ],
)
def test_hours_that_cannot_be_change_nothing(house, changes, field):
    found = build.session(house, [build.candidate(house)])
    with pytest.raises(InvalidInput) as refusal:
        services.propose_order(actor=house.boss, session_id=found.pk, facts=facts(**changes))
    assert field in refusal.value.errors
    assert not Slot.objects.exists()


def test_the_order_is_the_certifiers_alone_and_ends_with_the_opening(house):
    found = build.session(house, [build.candidate(house)])
    sitting = Sitting.objects.filter(session=found).first()
    told = {"session_id": found.pk, "sitting_id": sitting.pk, "earlier": False}
    with pytest.raises(NotAllowed):
        services.move_sitting(actor=house.people["pauline"].actor, **told)
    with pytest.raises(NotFound):
        services.move_sitting(actor=build.house("Autre", "-b").boss, **told)
    sessions.open_exam(actor=house.boss, session_id=found.pk, absent_seats=(), absent_sittings=())
    with pytest.raises(InvalidInput):
        services.move_sitting(actor=house.boss, **told)


def test_the_page_keeps_what_was_typed_and_moves_without_script(house, signed_in):
    found = build.session(house, [build.candidate(house)], blocks=build.BLOCKS[:2])
    boss, url = signed_in(house.people["celine"]), f"/certification/sessions/{found.pk}"
    typed = {"opens": "9h", "closes": "17:00", "between": "10", "rest": "20", "room": "🙂" * 200}
    refused = boss.post(f"{url}/ordre", typed)
    assert refused.status_code == 422
    assert "🙂" * 200 in refused.content.decode()
    typed |= {"opens": "09:00", "room": "Salle 2", "order": "drawn", "turn": "block"}
    typed |= {f"lasts_{code}": "45" for code in build.BLOCKS}
    assert boss.post(f"{url}/ordre", typed).status_code == 302
    second = Sitting.objects.filter(session=found).order_by("rank").last()
    boss.post(f"{url}/passages/{second.pk}/deplacer", {"to": "earlier"})
    assert Sitting.objects.filter(session=found).order_by("rank").first() == second
    given = {"day": today().isoformat(), "clock": "16:00", "minutes": "45", "room": ""}
    assert boss.post(f"{url}/passages/{second.pk}/horaire", given).status_code == 302
    assert "16:00" in boss.get(f"{url}/ordre").content.decode()
    assert boss.post(f"{url}/passages/{second.pk}/horaire", given | {"minutes": "0"}).status_code == 422
