"""Who may sit: every jury of up to five people is tried, and compared with the record read word by word."""

import datetime as dt
import itertools
import uuid

import pytest

from entremise.certification import composition, deciding
from entremise.certification.composition import Link, Sitter
from entremise.certification.enums import Outcome, TieBreak, TieKind
from entremise.competences.enums import SeatKind
from entremise.competences.queries import SeatRule

DAY = dt.date(2026, 12, 1)
ASKED = (
    SeatRule(SeatKind.PROFESSIONAL, 2, external=True),
    SeatRule(SeatKind.INSTITUTION, 1, presides=True),
    SeatRule(SeatKind.CERTIFIER, 1, independent=True),
)
PEOPLE = [uuid.UUID(int=rank) for rank in range(1, 6)]
CANDIDATES = [uuid.UUID(int=rank) for rank in (101, 102)]
# kind × external × tied to: nobody, the first candidate, somebody of another session
WAYS = list(itertools.product(SeatKind, (True, False), (None, CANDIDATES[0], uuid.UUID(int=999))))
FOUR = [
    (SeatKind.PROFESSIONAL, True, None),
    (SeatKind.PROFESSIONAL, True, None),
    (SeatKind.INSTITUTION, True, None),
    (SeatKind.CERTIFIER, False, None),
]


def jury(ways):
    """(people seated, links) for a list of ways to sit."""
    seated = [Sitter(who, kind, external) for who, (kind, external, _) in zip(PEOPLE, ways, strict=False)]
    links = [Link(who, to, TieKind.TRAINER) for who, (_, _, to) in zip(PEOPLE, ways, strict=False) if to]
    return seated, links


def faults(ways, *, strict=True, quorum=4):
    seated, links = jury(ways)
    return composition.jury_faults(ASKED, seated, CANDIDATES, links, day=DAY, strict=strict, quorum=quorum)


def as_printed(ways) -> bool:
    """The record, read without the code: two outside professionals, an institution, a certifier, nobody tied."""
    kinds = sorted(kind for kind, _, _ in ways)
    outside = all(external for kind, external, _ in ways if kind == SeatKind.PROFESSIONAL)
    free = all(to != CANDIDATES[0] for _, _, to in ways)
    return kinds == ["certifier", "institution", "professional", "professional"] and outside and free


def test_every_jury_of_up_to_five_people_is_judged_as_the_record_says():
    accepted = tried = 0
    for size in range(6):
        for ways in itertools.combinations_with_replacement(WAYS, size):
            tried += 1
            found = faults(ways)
            assert (not found) == as_printed(ways), (ways, found)
            accepted += not found
    assert tried == 33_649
    assert accepted == 3 * 4 * 4  # two of two outside professionals, then what the record leaves free


@pytest.mark.parametrize("kind", TieKind)
@pytest.mark.parametrize("seat", range(4))
def test_any_link_of_any_member_is_seen_whatever_its_nature(kind, seat):
    seated, _ = jury(FOUR)
    link = Link(PEOPLE[seat], CANDIDATES[1], kind)
    found = composition.jury_faults(ASKED, seated, CANDIDATES, [link], day=DAY, strict=True, quorum=4)
    assert [(one.juror_id, one.candidate_id) for one in found] == [(PEOPLE[seat], CANDIDATES[1])]
    assert kind.label in found[0].sentence


@pytest.mark.parametrize("tied", [set(found) for size in range(5) for found in itertools.combinations(range(4), size)])
@pytest.mark.parametrize("quorum", [2, 3, 4])
def test_candidate_by_candidate_the_jury_left_must_reach_the_quorum_with_its_president(tied, quorum):
    ways = [(kind, external, CANDIDATES[0] if rank in tied else None) for rank, (kind, external, _) in enumerate(FOUR)]
    found = faults(ways, strict=False, quorum=quorum)
    president_stays = 2 not in tied
    expected_fault = bool(tied) and (4 - len(tied) < quorum or not president_stays)
    assert bool(found) == expected_fault
    assert {one.candidate_id for one in found} <= {CANDIDATES[0]}


@pytest.mark.parametrize(
    ("ways", "sentence"),
    [
        (FOUR[:3], "Il manque 1 représentant du certificateur."),
        ([*FOUR, FOUR[2]], "Il y a 1 représentant des institutions de trop."),
        (FOUR[2:], "Il manque 2 professionnels du secteur."),
        ([(SeatKind.PROFESSIONAL, False, None), *FOUR[1:]], "Ce membre doit être extérieur aux certificateurs."),
    ],
)
def test_a_refusal_says_what_is_missing(ways, sentence):
    assert sentence in [one.sentence for one in faults(ways)]


def test_an_entitlement_that_ends_and_a_promise_not_signed_are_said():
    seated, _ = jury(FOUR)
    seated[0] = Sitter(PEOPLE[0], SeatKind.PROFESSIONAL, True, DAY - dt.timedelta(days=1))
    seated[1] = Sitter(PEOPLE[1], SeatKind.PROFESSIONAL, True, DAY, confidential=False)
    found = composition.composition_faults(ASKED, seated, DAY)
    assert [one.juror_id for one in found] == PEOPLE[:2]


def test_the_same_person_does_not_hold_two_seats():
    seated, _ = jury(FOUR)
    seated[1] = Sitter(PEOPLE[0], SeatKind.PROFESSIONAL, True)
    assert "La même personne occupe deux sièges." in [
        one.sentence for one in composition.composition_faults(ASKED, seated, DAY)
    ]


def test_a_route_without_a_printed_jury_holds_no_session():
    assert composition.composition_faults((), [], DAY)


@pytest.mark.parametrize("verdicts", list(itertools.product(Outcome, repeat=4)))
@pytest.mark.parametrize("tie_break", TieBreak)
def test_every_vote_of_four_gives_the_majority_or_the_certifiers_rule(verdicts, tie_break):
    yes = verdicts.count(Outcome.ACQUIRED)
    found = deciding.proposed(verdicts, verdicts[2], tie_break)
    if yes != 2:
        assert found == (Outcome.ACQUIRED if yes > 2 else Outcome.NOT_ACQUIRED)
    else:
        expected = {TieBreak.PRESIDENT: verdicts[2], TieBreak.CANDIDATE: Outcome.ACQUIRED, TieBreak.AGAIN: None}
        assert found == expected[tie_break]


def test_nobody_decides_without_a_voice_nor_a_tie_without_its_president():
    assert deciding.proposed([], None, TieBreak.CANDIDATE) is None
    assert deciding.proposed([Outcome.ACQUIRED, Outcome.NOT_ACQUIRED], None, TieBreak.PRESIDENT) is None
