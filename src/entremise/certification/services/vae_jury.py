"""What a jury means to the VAE: a session convoked and its result are told to the national service.

A jury that leaves blocks to acquire re-opens the dossier de validation; the blocks acquired stay, for life.
"""

import datetime as dt
import json
import uuid

from entremise.certification.enums import SessionState, VaeStepKind, ValidationState
from entremise.certification.events import MinutesSealed, SessionChanged, SessionMoved
from entremise.certification.models import BlockResult, ExamSession, Minutes, Sitting, Slot, VaeDossier, VaeSend
from entremise.certification.national import NationalResult, SendKind
from entremise.certification.prerequisites import missing_before_certification
from entremise.certification.queries.candidates import proofs_of
from entremise.certification.queries.certifier import choices_of, settings_for
from entremise.certification.queries.results import Acquired, corrected, counting, results_of
from entremise.certification.queries.vae import aimed_blocks
from entremise.certification.services.vae import step
from entremise.certification.services.vae_sends import queue
from entremise.certification.vae_result import Passage, national_result
from entremise.competences.enums import Route
from entremise.competences.queries import RecordFacts, equivalences_of, record_facts
from entremise.core.actor import Actor
from entremise.core.time import local, today

_MOVING = ("dates", "order", "candidates")
FULL = (NationalResult.FULL_OF_FULL, NationalResult.FULL_OF_PARTIAL, NationalResult.PENDING)


def session_moved(event: SessionMoved | SessionChanged) -> None:
    """A session convoked; or its dates, hours or candidates changed since: the service knows when and where."""
    if event.codes.get("state") != SessionState.CONVOKED and event.codes.get("what") not in _MOVING:
        return
    session = ExamSession.objects.filter(pk=event.target_id, state=SessionState.CONVOKED).first()
    if session is None:
        return
    where = f"{session.place} {session.postal_code}".strip()
    hours = _first_hours(session)
    for dossier in _dossiers(session):
        at = hours.get(dossier.candidate_id)
        payload = {"date": (local(at).date() if at else session.starts_on).isoformat(), "adresseSession": where}
        payload |= {"heure": at.astimezone(dt.UTC).strftime("%H:%M")} if at else {}
        if payload != _last_told(dossier):
            queue(event.actor, dossier, SendKind.SESSION, payload)


def minutes_sealed(event: MinutesSealed) -> None:
    """The result of each candidate by the VAE, in the words of the service."""
    session = Minutes.objects.select_related("session").get(pk=event.target_id).session
    record = record_facts(session.record_code)
    for dossier in _dossiers(session):
        _heard(event.actor, dossier, session, record)


def result_of(dossier: VaeDossier, session: ExamSession, record: RecordFacts) -> NationalResult:
    """One candidate's single result in one session, its addenda counted: what was acquired later plays no part."""
    outcomes = dict(BlockResult.objects.filter(sitting__session=session).values_list("sitting_id", "outcome"))
    outcomes |= corrected(list(outcomes))
    sittings = Sitting.objects.filter(session=session, candidate_id=dossier.candidate_id)
    passages = {one.block_code: Passage(one.attendance, outcomes.get(one.pk)) for one in sittings}
    whole = {block.code for block in record.blocks}
    before = set(counting(_earlier(dossier, session), session.record_code, equivalences_of(session.organisation_id)))
    choices = choices_of(settings_for(session.organisation_id))
    proofs = missing_before_certification(record, choices, proofs_of(dossier.candidacy), whole)
    return national_result(whole, aimed_blocks(dossier.candidacy), before, passages, proof_missing=bool(proofs))


def _earlier(dossier: VaeDossier, session: ExamSession) -> list[Acquired]:
    """The results sealed before this session's, in the order of the seals.

    Strictly: two minutes sealed at one instant never count in each other. What a later jury gave plays no part, or an
    addendum would compare what the service was told with a result nobody could have told it then.
    """
    place = _place(session.minutes)
    return [one for one in results_of(dossier.candidate_id) if _place(one.result.sitting.session.minutes) < place]


def _place(minutes: Minutes) -> tuple[dt.datetime, uuid.UUID]:
    """Where sealed minutes stand in the chain of seals."""
    assert minutes.sealed_at is not None
    return minutes.sealed_at, minutes.pk


def _heard(actor: Actor, dossier: VaeDossier, session: ExamSession, record: RecordFacts) -> None:
    result = result_of(dossier, session, record)
    if result not in FULL:
        dossier.validation, dossier.active_on = ValidationState.AWAITED, today()
    step(actor, dossier, VaeStepKind.HEARD, result.label)
    queue(actor, dossier, SendKind.RESULT, {"resultat": result.value}, session=session)


def _last_told(dossier: VaeDossier) -> dict[str, str] | None:
    """When and where the service was, or is to be, told that this candidate is heard."""
    last = VaeSend.objects.filter(dossier=dossier, kind=SendKind.SESSION).order_by("-queued_at", "-pk").first()
    return json.loads(last.payload) if last else None


def _first_hours(session: ExamSession) -> dict[uuid.UUID, dt.datetime]:
    """When each candidate is heard first, once the day has its hours; the service counts hours in UTC."""
    rows = Slot.objects.filter(sitting__session=session).order_by("-starts_at")
    return dict(rows.values_list("sitting__candidate_id", "starts_at"))


def _dossiers(session: ExamSession) -> list[VaeDossier]:
    """The dossiers of those who pass by the VAE, locked."""
    people = Sitting.objects.filter(session=session, route=Route.VAE).values("candidate_id")
    rows = VaeDossier.objects.select_for_update(of=("self",)).select_related("candidacy", "candidate")
    return list(rows.filter(candidate_id__in=people, candidacy__withdrawn_on=None))
