"""Reads of sessions: who sits, who passes, what each one saw, and whether the jury may sit as it is."""

import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from entremise.accounts.queries import member_names
from entremise.certification import composition
from entremise.certification.composition import Fault, Link, Sitter
from entremise.certification.enums import Attendance, Companionship, SeatState, TieKind
from entremise.certification.models import Candidate, Companion, ExamSession, Juror, Mark, Minutes, Seat, Sitting, Tie
from entremise.certification.queries.candidates import open_names
from entremise.competences.enums import SeatKind
from entremise.competences.queries import SeatRule
from entremise.core.actor import Actor
from entremise.core.db import get_one, open_together
from entremise.core.permissions import require
from entremise.core.text import fold

SITS = (SeatState.EXPECTED, SeatState.PRESENT, SeatState.ABSENT)


def list_sessions(actor: Actor) -> QuerySet[ExamSession]:
    """The sessions the actor reads, the latest first."""
    require(actor, "certification.examine")
    return ExamSession.objects.visible_to(actor).order_by("-starts_on", "-pk")


def get_session(actor: Actor, session_id: uuid.UUID) -> ExamSession:
    """One session; NotFound for whoever does not sit in it while it lives."""
    require(actor, "certification.examine")
    return get_one(list_sessions(actor).filter(pk=session_id))


def own_seat(actor: Actor, session: ExamSession) -> Seat | None:
    """The actor's place in the jury; None for the certifier's staff, who never judge."""
    if actor.member_id is None:
        return None
    seats = Seat.objects.filter(session=session, juror__member_id=actor.member_id)
    return seats.exclude(state=SeatState.RECUSED).select_related("juror").first()


def seats_asked(session: ExamSession) -> list[SeatRule]:
    """The composition as the session copied it from the record."""
    return [SeatRule(**(seat | {"kind": SeatKind(seat["kind"])})) for seat in session.seats_asked]


def sitting_seats(session: ExamSession) -> list[Seat]:
    """Those who sit, present or not yet, without the recused; in the order they were named."""
    seats = Seat.objects.filter(session=session, state__in=SITS).select_related("juror")
    return list(seats.order_by("named_at", "pk"))


def as_sitters(seats: Collection[Seat]) -> list[Sitter]:
    """The same as the rules read them."""
    return [
        Sitter(
            seat.juror_id,
            seat.kind,
            seat.juror.is_external,
            seat.juror.entitled_until,
            seat.juror.confidentiality_on is not None,
        )
        for seat in seats
    ]


def candidate_ids(session: ExamSession) -> set[uuid.UUID]:
    """Who passes in this session."""
    return set(Sitting.objects.filter(session=session).values_list("candidate_id", flat=True))


def links_between(jurors: Sequence[Juror], candidates: Collection[uuid.UUID]) -> set[Link]:
    """Every known link: declared, in the candidates' files (same account), and an employer as both wrote it.

    The employer is the candidate's own, or the one who received them for their internship.
    """
    ids = [juror.pk for juror in jurors]
    declared = Tie.objects.filter(juror_id__in=ids, candidate_id__in=candidates, taken_back_at=None)
    found = {Link(tie.juror_id, tie.candidate_id, tie.kind) for tie in declared}
    by_member = {juror.member_id: juror.pk for juror in jurors}
    beside = Companion.objects.filter(candidate_id__in=candidates)
    known = list(beside.filter(Q(member_id__in=by_member) | Q(kind=Companionship.HOST)))
    for one in known:
        if one.member_id in by_member:
            found.add(Link(by_member[one.member_id], one.candidate_id, one.kind))
    return found | _same_employer(jurors, candidates, [one for one in known if one.kind == Companionship.HOST])


def _same_employer(jurors: Sequence[Juror], candidates: Collection[uuid.UUID], hosts: Sequence[Companion]) -> set[Link]:
    people = list(Candidate.objects.filter(pk__in=candidates, erased_at=None))
    open_together([*jurors, *people, *hosts], "employer", "structure")
    employers: dict[str, list[uuid.UUID]] = {}
    for juror in jurors:
        employers.setdefault(fold(juror.employer), []).append(juror.pk)
    employers.pop("", None)
    told = [(one.pk, one.employer, TieKind.EMPLOYER) for one in people]
    told += [(one.candidate_id, one.structure, TieKind.HOST) for one in hosts]
    return {Link(juror_id, who, kind) for who, where, kind in told for juror_id in employers.get(fold(where), [])}


def jury_faults(session: ExamSession) -> list[Fault]:
    """Why the jury of a session may not sit as it is, asked anew each time; empty when it may."""
    seats = sitting_seats(session)
    people = candidate_ids(session)
    return composition.jury_faults(
        seats_asked(session),
        as_sitters(seats),
        people,
        links_between([seat.juror for seat in seats], people),
        day=session.ends_on,
        strict=session.strict_ties,
        quorum=session.quorum,
    )


def aside_of(session: ExamSession) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """(juror, candidate) pairs where a member stands aside: none when links are read strictly, for then none sits."""
    seats = sitting_seats(session)
    links = links_between([seat.juror for seat in seats], candidate_ids(session))
    return {(link.juror_id, link.candidate_id) for link in links}


@dataclass(frozen=True)
class FaultLine:
    """A fault with the names it is about."""

    sentence: str
    about: str


_TIED = "Un lien écarte ce membre ; le certificateur en sait la nature et lui trouve un suppléant."


def fault_lines(session: ExamSession, *, names_ties: bool = True) -> list[FaultLine]:
    """The faults of a jury as the certifier reads them; ``names_ties``: whether the nature of a link is said too."""
    faults = jury_faults(session)
    jurors = {one.pk: one for one in Juror.objects.filter(pk__in=[f.juror_id for f in faults if f.juror_id])}
    names = member_names(one.member_id for one in jurors.values())
    people = Candidate.objects.in_bulk([fault.candidate_id for fault in faults if fault.candidate_id])
    open_names(list(people.values()))
    lines = []
    for fault in faults:
        who = [names[jurors[fault.juror_id].member_id]] if fault.juror_id else []
        who += [people[fault.candidate_id].name] if fault.candidate_id else []
        is_tie = fault.candidate_id is not None
        lines.append(FaultLine(_TIED if is_tie and not names_ties else fault.sentence, " et ".join(who)))
    return lines


@dataclass(frozen=True)
class SeatLine:
    """A seat as a page shows it."""

    seat: Seat
    name: str
    presides: bool


def seat_lines(session: ExamSession) -> list[SeatLine]:
    """Everyone named, recused included; two queries."""
    rows = list(Seat.objects.filter(session=session).select_related("juror").order_by("named_at", "pk"))
    open_together([row.juror for row in rows], "function", "employer")
    names = member_names(row.juror.member_id for row in rows)
    presides = {rule.kind for rule in seats_asked(session) if rule.presides}
    return [SeatLine(row, names[row.juror.member_id], row.kind in presides) for row in rows]


def seats_left(session: ExamSession) -> dict[str, int]:
    """The seats nobody holds yet, by kind; empty once the jury is complete."""
    taken = Counter(seat.kind for seat in sitting_seats(session))
    return {rule.kind: left for rule in seats_asked(session) if (left := rule.count - taken[rule.kind]) > 0}


def substitutes_for(actor: Actor, session: ExamSession, kind: str) -> list[Juror]:
    """Who of the roster could take a seat of this kind: active, not named yet, tied to nobody of the session."""
    require(actor, "certification.manage")
    named = Seat.objects.filter(session=session).values("juror_id")
    free = list(Juror.objects.visible_to(actor).filter(kind=kind, is_active=True).exclude(pk__in=named))
    tied = {link.juror_id for link in links_between(free, candidate_ids(session))}
    asked = [rule for rule in seats_asked(session) if rule.kind == kind]
    outside = any(rule.external for rule in asked)
    return [
        one
        for one in free
        if one.pk not in tied
        and (one.is_external or not outside)
        and one.confidentiality_on is not None
        and (one.entitled_until is None or one.entitled_until >= session.ends_on)
    ]


def sittings_of(session: ExamSession) -> list[Sitting]:
    """The passages in order, with their candidate and result; names opened once."""
    sittings = Sitting.objects.filter(session=session).select_related("session", "candidate", "result", "slot")
    rows = list(sittings.order_by("rank"))
    open_names([row.candidate for row in rows])
    return rows


def get_sitting(session: ExamSession, sitting_id: uuid.UUID) -> Sitting:
    """One passage of this session; NotFound for any other."""
    sittings = Sitting.objects.filter(session=session, pk=sitting_id)
    return get_one(sittings.select_related("session", "candidate", "result", "slot"))


def own_mark(seat: Seat, sitting: Sitting) -> Mark | None:
    """What this member wrote of this passage."""
    return Mark.objects.filter(seat=seat, sitting=sitting).select_related("sitting").first()


def marks_of(sitting: Sitting) -> list[Mark]:
    """What those who still judge this candidate wrote; for the deliberation, never before it.

    A link known after the grid was given takes it out, as a recusal does.
    """
    marks = Mark.objects.filter(sitting=sitting, seat__state=SeatState.PRESENT).select_related("sitting", "seat__juror")
    aside = {juror_id for juror_id, who in aside_of(sitting.session) if who == sitting.candidate_id}
    return list(marks.exclude(seat__juror_id__in=aside).order_by("seat__named_at", "seat_id"))


def marks_awaited(session: ExamSession) -> list[tuple[Seat, Sitting]]:
    """Who has still to mark whom: present members, present candidates, those who stand aside left out."""
    seats = [seat for seat in sitting_seats(session) if seat.state == SeatState.PRESENT]
    sittings = list(Sitting.objects.filter(session=session, attendance=Attendance.PRESENT).order_by("rank"))
    given = set(Mark.objects.filter(sitting__session=session).values_list("seat_id", "sitting_id"))
    aside = aside_of(session)
    return [
        (seat, sitting)
        for sitting in sittings
        for seat in seats
        if (seat.juror_id, sitting.candidate_id) not in aside and (seat.pk, sitting.pk) not in given
    ]


def minutes_of(session: ExamSession) -> Minutes | None:
    """The minutes of a session, drawn or sealed."""
    return Minutes.objects.filter(session=session).prefetch_related("signatures", "addenda").first()
