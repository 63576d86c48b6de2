"""Reads of the links between juries and candidates: who is kept out, why, who said so, and what was taken back."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from entremise.accounts.queries import member_names
from entremise.certification.enums import JURY_CHANGES, SeatState, TieKind
from entremise.certification.models import Candidate, ExamSession, Juror, Seat, Sitting, Tie
from entremise.certification.queries.candidates import open_names
from entremise.certification.queries.sessions import candidate_ids, links_between
from entremise.core.actor import Actor
from entremise.core.db import get_one, open_together
from entremise.core.permissions import require


@dataclass(frozen=True)
class Effect:
    """What a link changes in a session, in words, with the tone of its state."""

    session: ExamSession
    tone: str
    words: str


@dataclass(frozen=True)
class TieLine:
    """A link as a page shows it; ``tie`` is None when the candidate's file says it.

    ``effects``: what it changes in each session whose jury may still change.
    """

    juror_name: str
    candidate: Candidate
    label: str
    tie: Tie | None = None
    declared_by: str = ""
    taken_back_by: str = ""
    effects: list[Effect] = field(default_factory=list)

    @property
    def stands(self) -> bool:
        """True while it keeps the member from judging the candidate."""
        return self.tie is None or self.tie.taken_back_at is None


def get_tie(actor: Actor, tie_id: uuid.UUID) -> Tie:
    """One link; NotFound for anybody else's."""
    require(actor, "certification.manage")
    return get_one(Tie.objects.visible_to(actor).select_related("juror", "candidate").filter(pk=tie_id))


def ties_of_juror(actor: Actor, juror: Juror) -> list[TieLine]:
    """Everything ever declared of a member, what stands first, then the latest."""
    require(actor, "certification.manage")
    return _lines(Tie.objects.visible_to(actor).filter(juror=juror))


def ties_of_session(actor: Actor, session: ExamSession) -> list[TieLine]:
    """The links of everybody named in the jury, recused included, with who passes: from the files, then declared."""
    require(actor, "certification.manage")
    jurors = {seat.juror_id: seat.juror for seat in Seat.objects.filter(session=session).select_related("juror")}
    people = candidate_ids(session)
    lines = _lines(Tie.objects.visible_to(actor).filter(juror_id__in=jurors, candidate_id__in=people), session)
    told = {(line.tie.juror_id, line.tie.candidate_id, line.tie.kind) for line in lines if line.tie and line.stands}
    links = links_between(list(jurors.values()), people)
    known = [(link.juror_id, link.candidate_id, link.kind) for link in links]
    return _by_the_files([one for one in known if one not in told], session) + lines


def tie_line(tie: Tie) -> TieLine:
    """One link, named."""
    return _lines([tie])[0]


Ends = tuple[uuid.UUID, uuid.UUID, str]  # juror, candidate, kind


def _by_the_files(known: Sequence[Ends], session: ExamSession) -> list[TieLine]:
    people = _people(candidate_id for _, candidate_id, _ in known)
    names = _juror_names(juror_id for juror_id, _, _ in known)
    effects = _effects(known, session)
    lines = [
        TieLine(names[one[0]], people[one[1]], TieKind(one[2]).label, effects=effects.get(one[:2], [])) for one in known
    ]
    return sorted(lines, key=lambda line: (line.juror_name.casefold(), line.candidate.name.casefold(), line.label))


def _lines(ties: Iterable[Tie], session: ExamSession | None = None) -> list[TieLine]:
    rows = sorted(ties, key=lambda tie: (tie.taken_back_at is None, tie.declared_at, str(tie.pk)), reverse=True)
    people = _people(row.candidate_id for row in rows)
    names = _juror_names(row.juror_id for row in rows)
    who = member_names(one for row in rows for one in (row.declared_by_id, row.taken_back_by_id) if one)
    open_together(rows, "reason", "taken_back_for")
    effects = _effects([(row.juror_id, row.candidate_id, row.kind) for row in rows], session)
    return [
        TieLine(
            names[row.juror_id],
            people[row.candidate_id],
            row.get_kind_display(),
            row,
            who[row.declared_by_id] if row.declared_by_id else "",
            who[row.taken_back_by_id] if row.taken_back_by_id else "",
            effects.get((row.juror_id, row.candidate_id), []) if row.taken_back_at is None else [],
        )
        for row in rows
    ]


def _people(candidates: Iterable[uuid.UUID]) -> dict[uuid.UUID, Candidate]:
    found = Candidate.objects.in_bulk(set(candidates))
    open_names(list(found.values()))
    return found


def _juror_names(jurors: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    members = dict(Juror.objects.filter(pk__in=set(jurors)).values_list("pk", "member_id"))
    names = member_names(members.values())
    return {juror_id: names[member_id] for juror_id, member_id in members.items()}


def _effects(known: Sequence[Ends], session: ExamSession | None) -> dict[tuple[uuid.UUID, uuid.UUID], list[Effect]]:
    """What a link between these changes, session by session (or in this one alone), while the jury may change."""
    seats = Seat.objects.filter(juror_id__in={one[0] for one in known}, session__state__in=JURY_CHANGES)
    seats = seats.filter(session=session) if session else seats
    rows = list(seats.select_related("session").order_by("session__starts_on", "pk"))
    passing = Sitting.objects.filter(session_id__in={row.session_id for row in rows})
    passes = set(passing.values_list("session_id", "candidate_id"))
    found: dict[tuple[uuid.UUID, uuid.UUID], list[Effect]] = {}
    for juror_id, candidate_id, _ in dict.fromkeys(known):
        found[juror_id, candidate_id] = [
            _effect(row) for row in rows if row.juror_id == juror_id and (row.session_id, candidate_id) in passes
        ]
    return found


def _effect(seat: Seat) -> Effect:
    if seat.state == SeatState.RECUSED:
        return Effect(seat.session, "neutral", "N’est plus du jury")
    strict = Effect(seat.session, "bad", "Ne peut pas siéger")
    return strict if seat.session.strict_ties else Effect(seat.session, "wait", "Se retire pour ce candidat")
