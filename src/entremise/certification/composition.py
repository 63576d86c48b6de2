"""Who may sit together, and before whom. Pure: seats asked by the record, people seated, links with candidates.

Asked again at convocation, at the opening and at the deliberation: a substitution of the last minute passes through
the same sieve. The rules are explored whole by a test.
"""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from entremise.certification.enums import TieKind
from entremise.competences.enums import SeatKind
from entremise.competences.queries import SeatRule


@dataclass(frozen=True)
class Sitter:
    """Someone seated. ``kind`` is the quality they sit in."""

    juror_id: uuid.UUID
    kind: str
    external: bool
    entitled_until: dt.date | None = None
    confidential: bool = True


@dataclass(frozen=True)
class Link:
    """What ties a member to a candidate."""

    juror_id: uuid.UUID
    candidate_id: uuid.UUID
    kind: str


@dataclass(frozen=True)
class Fault:
    """Why a jury may not sit; about a member, and a candidate, where it is about one."""

    sentence: str
    juror_id: uuid.UUID | None = None
    candidate_id: uuid.UUID | None = None


_SEAT_WORDS = {
    SeatKind.PROFESSIONAL: ("professionnel du secteur", "professionnels du secteur"),
    SeatKind.INSTITUTION: ("représentant des institutions", "représentants des institutions"),
    SeatKind.CERTIFIER: ("représentant du certificateur", "représentants du certificateur"),
}


def composition_faults(asked: Collection[SeatRule], seated: Collection[Sitter], day: dt.date) -> list[Fault]:
    """What the record's composition does not find in these people, or finds too much of."""
    if not asked:
        return [Fault("La fiche n’imprime aucun jury pour cette voie : aucune session ne peut se tenir.")]
    found = [*_seat_counts(asked, seated), *_personal_faults(asked, seated, day)]
    twice = [one for one, times in Counter(sitter.juror_id for sitter in seated).items() if times > 1]
    return found + [Fault("La même personne occupe deux sièges.", juror_id) for juror_id in twice]


def _seat_counts(asked: Collection[SeatRule], seated: Collection[Sitter]) -> Iterable[Fault]:
    counts = Counter(sitter.kind for sitter in seated)
    for rule in asked:
        have = counts.pop(rule.kind, 0)
        if have != rule.count:
            one, many = _SEAT_WORDS[rule.kind]
            gap = abs(rule.count - have)
            words = f"{gap} {one if gap == 1 else many}"
            yield Fault(f"Il manque {words}." if have < rule.count else f"Il y a {words} de trop.")
    for kind in counts:
        yield Fault(f"La fiche ne demande pas de siège « {SeatKind(kind).label} ».")


def _personal_faults(asked: Collection[SeatRule], seated: Collection[Sitter], day: dt.date) -> Iterable[Fault]:
    outside = {rule.kind for rule in asked if rule.external}
    for sitter in seated:
        if sitter.kind in outside and not sitter.external:
            yield Fault("Ce membre doit être extérieur aux certificateurs.", sitter.juror_id)
        if sitter.entitled_until is not None and sitter.entitled_until < day:
            yield Fault("Son habilitation finit avant la session.", sitter.juror_id)
        if not sitter.confidential:
            yield Fault("Ce membre n’a pas signé l’engagement de confidentialité.", sitter.juror_id)


def conflict_faults(
    seated: Collection[Sitter], candidates: Collection[uuid.UUID], links: Collection[Link]
) -> list[Fault]:
    """Every link between somebody seated and a candidate of the session, once a pair and kind."""
    here = {sitter.juror_id for sitter in seated}
    found = {link for link in links if link.juror_id in here and link.candidate_id in candidates}
    ordered = sorted(found, key=lambda link: (str(link.juror_id), str(link.candidate_id), link.kind))
    return [Fault(f"{TieKind(link.kind).label}.", link.juror_id, link.candidate_id) for link in ordered]


def jury_faults(
    asked: Collection[SeatRule],
    seated: Collection[Sitter],
    candidates: Collection[uuid.UUID],
    links: Collection[Link],
    *,
    day: dt.date,
    strict: bool,
    quorum: int,
) -> list[Fault]:
    """Why this jury may not sit before these candidates.

    Strict, the reading of the record: any link keeps a member out of the session. Otherwise the member stands aside
    for that candidate, whose own jury must still reach the quorum with its president.
    """
    found = composition_faults(asked, seated, day)
    conflicts = conflict_faults(seated, candidates, links)
    if strict:
        return found + conflicts
    for candidate_id in sorted(candidates, key=str):
        aside = {fault.juror_id for fault in conflicts if fault.candidate_id == candidate_id}
        left = [sitter for sitter in seated if sitter.juror_id not in aside]
        if aside:
            found += [replace(fault, candidate_id=candidate_id) for fault in presence_faults(asked, left, quorum)]
    return found


def presence_faults(asked: Collection[SeatRule], present: Collection[Sitter], quorum: int) -> list[Fault]:
    """Why those present may not decide: the quorum, and the president."""
    found = []
    if len(present) < quorum:
        found.append(Fault(f"Le quorum est de {quorum} membres, {len(present)} sont présents."))
    if president_of(asked, present) is None:
        found.append(Fault("Le président du jury n’est pas là : il représente les institutions."))
    return found


def president_of(asked: Collection[SeatRule], seated: Collection[Sitter]) -> uuid.UUID | None:
    """Who presides: the one seated in the seat that the record says presides."""
    presides = {rule.kind for rule in asked if rule.presides}
    found = [sitter.juror_id for sitter in seated if sitter.kind in presides]
    return found[0] if len(found) == 1 else None
