"""Sessions: planned, filled, seated, convoked, opened, cancelled. The jury is asked again at each step."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from django.db import transaction

from entremise.certification.commands import SessionFacts
from entremise.certification.composition import presence_faults
from entremise.certification.enums import BEFORE, JURY_CHANGES, Attendance, Modality, SeatState, SessionState
from entremise.certification.events import SessionChanged, SessionMoved, SessionPlanned
from entremise.certification.models import BlockResult, Candidate, ExamSession, Juror, Seat, Sitting
from entremise.certification.prerequisites import missing_before_jury, route_fault
from entremise.certification.queries import sessions as queries
from entremise.certification.queries.candidates import open_candidacy, proofs_of
from entremise.certification.queries.certifier import choices_of, record_of, settings_of
from entremise.certification.queries.passing import passing_faults
from entremise.certification.queries.results import acquired_blocks
from entremise.certification.queries.vae import vae_faults
from entremise.certification.services.grids import freeze_grids
from entremise.certification.services.texts import LINE, line
from entremise.competences.queries import RecordFacts, record_facts
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import FORM, InvalidInput
from entremise.core.permissions import can, require
from entremise.core.time import now, today
from entremise.journal.services import publish

FARTHEST = dt.timedelta(days=730)
LONGEST = dt.timedelta(days=30)
MOST_SITTINGS = 200


@transaction.atomic
def plan_session(*, actor: Actor, facts: SessionFacts) -> ExamSession:
    """A session to come. Raises InvalidInput with every fault at once; a record that lapsed allows none."""
    require(actor, "certification.manage")
    record, settings = record_of(actor), settings_of(actor)
    _check(facts, record)
    session = ExamSession.objects.create(
        organisation_id=actor.organisation_id,
        record_code=record.code,
        record_fingerprint=record.fingerprint,
        seats_asked=_seats_asked(record),
        strict_ties=settings.strict_ties,
        quorum=settings.quorum,
        tie_break=settings.tie_break,
        **_columns(facts),
    )
    publish(SessionPlanned(actor=actor, target_id=session.pk, codes={"record": record.code}))
    return session


@transaction.atomic
def change_session(*, actor: Actor, session_id: uuid.UUID, facts: SessionFacts) -> ExamSession:
    """Other dates, another place; refused once the exam has begun.

    Jury and candidates are asked again for these dates: the page says who may not, and the next step is refused.
    """
    session = held_session(actor, session_id, *BEFORE)
    _check(facts, record_facts(session.record_code))
    for name, value in _columns(facts).items():
        setattr(session, name, value)
    session.save()
    publish(SessionChanged(actor=actor, target_id=session.pk, codes={"what": "dates"}))
    return session


@transaction.atomic
def add_sittings(
    *, actor: Actor, session_id: uuid.UUID, candidate_id: uuid.UUID, block_codes: Sequence[str]
) -> list[Sitting]:
    """A candidate passes these blocks. Refused, in sentences, when a prerequisite is not proven."""
    session = held_session(actor, session_id, *BEFORE)
    candidate = get_one(Candidate.objects.managed_by(actor).filter(pk=candidate_id, erased_at=None))
    candidacy = open_candidacy(candidate)
    faults = ["Cette candidature est close."]
    if candidacy is not None:
        record = record_facts(session.record_code)
        faults = _sitting_faults(record, candidate, candidacy.route, block_codes)
        faults += missing_before_jury(record, choices_of(settings_of(actor)), proofs_of(candidacy))
        faults += vae_faults(candidacy, session.ends_on)
    if faults or candidacy is None:
        raise InvalidInput({FORM: faults})
    known = Sitting.objects.filter(session=session)
    rank = known.count()
    if rank + len(block_codes) > MOST_SITTINGS:
        raise InvalidInput({FORM: [f"Une session tient {MOST_SITTINGS} passages au plus : ouvrez-en une autre."]})
    there = set(known.filter(candidate=candidate).values_list("block_code", flat=True))
    added = [
        Sitting(session=session, candidate=candidate, block_code=code, route=candidacy.route, rank=rank + index)
        for index, code in enumerate((code for code in dict.fromkeys(block_codes) if code not in there), 1)
    ]
    Sitting.objects.bulk_create(added)
    publish(SessionChanged(actor=actor, target_id=session.pk, codes={"what": "candidates", "added": len(added)}))
    return added


@transaction.atomic
def remove_sitting(*, actor: Actor, session_id: uuid.UUID, sitting_id: uuid.UUID) -> None:
    """A passage planned by mistake, or a candidate who gave up before the day."""
    session = held_session(actor, session_id, *BEFORE)
    queries.get_sitting(session, sitting_id).delete()
    publish(SessionChanged(actor=actor, target_id=session.pk, codes={"what": "candidates", "added": -1}))


@transaction.atomic
def seat_juror(*, actor: Actor, session_id: uuid.UUID, juror_id: uuid.UUID) -> Seat:
    """Name someone in the jury; in the midst of the exam, as a substitute, who marks before the jury decides.

    A link with a candidate refuses them on the spot: nobody slips in at the last minute.
    """
    session = held_session(actor, session_id, *JURY_CHANGES)
    juror = get_one(Juror.objects.visible_to(actor).filter(pk=juror_id, is_active=True))
    if Seat.objects.filter(session=session, juror=juror).exists():
        raise InvalidInput({FORM: ["Cette personne est déjà nommée, ou s’est récusée, dans cette session."]})
    people = queries.candidate_ids(session)
    links = queries.links_between([juror], people)
    if links and session.strict_ties:
        raise InvalidInput({FORM: ["Cette personne a un lien avec un candidat de la session : elle ne peut y siéger."]})
    if sum(seat.kind == juror.kind for seat in queries.sitting_seats(session)) >= _asked(session, juror.kind):
        raise InvalidInput({FORM: [f"Le jury compte déjà ses sièges « {juror.get_kind_display().lower()} »."]})
    state = SeatState.EXPECTED if session.state in BEFORE else SeatState.PRESENT
    seat = Seat.objects.create(session=session, juror=juror, kind=juror.kind, state=state)
    if session.state in (SessionState.DELIBERATING, SessionState.SIGNING):
        _back_to_the_exam(actor, session)
    publish(SessionChanged(actor=actor, target_id=session.pk, codes={"what": "jury", "kind": juror.kind}))
    return seat


@transaction.atomic
def convoke(*, actor: Actor, session_id: uuid.UUID) -> ExamSession:
    """Call candidates and jury: the composition holds, nobody seated is tied to a candidate."""
    session = held_session(actor, session_id, SessionState.PREPARING)
    if not queries.candidate_ids(session):
        raise InvalidInput({FORM: ["Inscrivez d’abord un candidat à cette session."]})
    if lapsed := record_facts(session.record_code).delivery_fault(session.ends_on):
        raise InvalidInput({FORM: [lapsed]})
    require_jury(actor, session)
    require_candidates(session)
    freeze_grids(session)
    return move(actor, session, SessionState.CONVOKED)


@transaction.atomic
def open_exam(
    *,
    actor: Actor,
    session_id: uuid.UUID,
    absent_seats: Collection[uuid.UUID],
    absent_sittings: Collection[uuid.UUID],
    excused_sittings: Collection[uuid.UUID] = (),
) -> ExamSession:
    """The day has come: who is not there is said, the jury is asked again, its members may mark."""
    session = held_session(actor, session_id, SessionState.CONVOKED)
    if today() < session.starts_on:
        raise InvalidInput({FORM: ["La session n’a pas encore commencé : revenez le premier jour."]})
    Seat.objects.filter(session=session, state=SeatState.EXPECTED).update(state=SeatState.PRESENT)
    Seat.objects.filter(session=session, state=SeatState.PRESENT, pk__in=absent_seats).update(state=SeatState.ABSENT)
    Sitting.objects.filter(session=session).update(attendance=Attendance.PRESENT)
    Sitting.objects.filter(session=session, pk__in=absent_sittings).update(attendance=Attendance.ABSENT)
    Sitting.objects.filter(session=session, pk__in=excused_sittings).update(attendance=Attendance.EXCUSED)
    require_jury(actor, session)
    require_candidates(session)
    require_presence(session)
    freeze_grids(session)  # of the blocks added since the convocation
    return move(actor, session, SessionState.OPEN)


@transaction.atomic
def cancel_session(*, actor: Actor, session_id: uuid.UUID) -> ExamSession:
    """It will not take place; refused once the exam has begun."""
    session = held_session(actor, session_id, *BEFORE)
    return move(actor, session, SessionState.CANCELLED)


def held_session(actor: Actor, session_id: uuid.UUID, *states: SessionState) -> ExamSession:
    """The session, locked, in one of these states; NotFound for anybody else's."""
    require(actor, "certification.manage")
    session = get_one(ExamSession.objects.managed_by(actor).select_for_update().filter(pk=session_id))
    require_state(session, *states)
    return session


def require_state(session: ExamSession, *states: SessionState) -> None:
    """Refuse, in words, what a session allows no more or not yet."""
    if session.state not in states:
        said = SessionState(session.state).label.lower()
        raise InvalidInput({FORM: [f"La session est à l’étape « {said} » : cela ne se fait plus, ou pas encore."]})


def require_presence(session: ExamSession) -> None:
    """The quorum and the president are there."""
    present = [seat for seat in queries.sitting_seats(session) if seat.state == SeatState.PRESENT]
    faults = presence_faults(queries.seats_asked(session), queries.as_sitters(present), session.quorum)
    if faults:
        raise InvalidInput({FORM: [fault.sentence for fault in faults]})


def require_jury(actor: Actor, session: ExamSession) -> None:
    """The composition holds and nobody seated is tied to a candidate, as things are now.

    The certifier reads what ties them; a member of the jury, that there is a link.
    """
    _refuse(queries.fault_lines(session, names_ties=can(actor, "certification.manage")))


def require_candidates(session: ExamSession) -> None:
    """Each candidate awaited may still pass on the session's dates."""
    _refuse(passing_faults(session))


def _refuse(faults: Sequence[queries.FaultLine]) -> None:
    if faults:
        raise InvalidInput({FORM: [f"{one.about} : {one.sentence}" if one.about else one.sentence for one in faults]})


def move(actor: Actor, session: ExamSession, state: SessionState) -> ExamSession:
    """To another state, with its event."""
    session.state, session.moved_at = state, now()
    session.save(update_fields=["state", "moved_at"])
    publish(SessionMoved(actor=actor, target_id=session.pk, codes={"state": state}))
    return session


def _back_to_the_exam(actor: Actor, session: ExamSession) -> None:
    """A substitute has seen nothing yet: what was decided without them is decided anew."""
    BlockResult.objects.filter(sitting__session=session).delete()
    move(actor, session, SessionState.OPEN)


def _asked(session: ExamSession, kind: str) -> int:
    return sum(rule.count for rule in queries.seats_asked(session) if rule.kind == kind)


def _seats_asked(record: RecordFacts) -> list[dict[str, object]]:
    """The seats of the open routes, which the record prints alike; InvalidInput were they ever to differ."""
    asked = {route.seats for route in record.routes if route.is_open}
    if len(asked) != 1:
        raise InvalidInput({FORM: ["La fiche ne demande pas le même jury à toutes les voies ouvertes."]})
    return [vars(seat) | {"kind": str(seat.kind)} for seat in asked.pop()]


def _check(facts: SessionFacts, record: RecordFacts) -> None:
    place, code = line(facts.place), line(facts.postal_code)
    latest = today() + FARTHEST
    found = {
        "place": "" if 0 < len(place) <= LINE else f"Dites où se tient la session, en {LINE} signes au plus.",
        "postal_code": "" if len(code) <= 9 else "Un code postal compte 9 signes au plus.",
        "modality": "" if facts.modality in Modality.values else "Choisissez une réponse.",
        "starts_on": "" if facts.starts_on <= latest else "Choisissez une date dans les deux ans.",
        "ends_on": "" if facts.starts_on <= facts.ends_on <= facts.starts_on + LONGEST else _DAYS,
    }
    found["ends_on"] = found["ends_on"] or record.delivery_fault(facts.ends_on)
    errors = {name: [reason] for name, reason in found.items() if reason}
    if errors:
        raise InvalidInput(errors)


_DAYS = "Le dernier jour est le premier, ou le suit d’un mois au plus : corrigez l’un des deux."


def _columns(facts: SessionFacts) -> dict[str, object]:
    return vars(facts) | {"place": line(facts.place), "postal_code": line(facts.postal_code)}


def _sitting_faults(record: RecordFacts, candidate: Candidate, route: str, block_codes: Sequence[str]) -> list[str]:
    faults = [route_fault(record, route)]
    if not block_codes or not set(block_codes) <= {block.code for block in record.blocks}:
        faults.append("Choisissez au moins un bloc de la fiche.")
    acquired = acquired_blocks(candidate, record.code)
    faults += [f"Le bloc {code} est déjà acquis, à vie." for code in block_codes if code in acquired]
    return [fault for fault in faults if fault]
