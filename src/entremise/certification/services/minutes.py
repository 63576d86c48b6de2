"""Minutes: drawn from what was decided, signed by those present, sealed; then corrected only by an addendum."""

import json
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Max

from entremise.accounts.queries import get_organisation
from entremise.accounts.services import take_turn
from entremise.certification import minutes_text
from entremise.certification.commands import AddendumFacts
from entremise.certification.enums import Attendance, Outcome, SeatState, SessionState
from entremise.certification.events import AddendumSigned, MinutesDrawn, MinutesSealed, MinutesSigned
from entremise.certification.models import Addendum, BlockResult, ExamSession, Minutes, MinutesSignature, Sitting
from entremise.certification.queries import sessions as queries
from entremise.certification.queries.certifier import settings_for
from entremise.certification.services.deliberation import presided, seated
from entremise.certification.services.sessions import move, require_jury, require_presence, require_state
from entremise.certification.services.texts import WORDS, check_lengths, clean
from entremise.competences.enums import Route
from entremise.competences.queries import RecordFacts, record_facts
from entremise.core.actor import Actor
from entremise.core.errors import FORM, InvalidInput, NotFound
from entremise.core.permissions import require
from entremise.core.time import now, today
from entremise.journal.services import publish


@transaction.atomic
def draw_minutes(*, actor: Actor, session_id: uuid.UUID) -> Minutes:
    """The president has the minutes written: every present candidate has a result, the jury is asked a last time."""
    session = presided(actor, session_id, SessionState.DELIBERATING)
    require_jury(actor, session)
    require_presence(session)
    decided = BlockResult.objects.filter(sitting__session=session).values("sitting_id")
    left = Sitting.objects.filter(session=session, attendance=Attendance.PRESENT).exclude(pk__in=decided).count()
    if left:
        raise InvalidInput({FORM: [f"Résultats qui restent à décider : {left}."]})
    minutes = Minutes.objects.select_for_update().filter(session=session).first() or _numbered(session)
    minutes.content = minutes_text.canonical(content_of(session, minutes.number))
    minutes.digest, minutes.drawn_at = minutes_text.digest_of(minutes.content), now()
    minutes.save()
    minutes.signatures.all().delete()
    publish(MinutesDrawn(actor=actor, target_id=minutes.pk, codes={"number": minutes.number, "digest": minutes.digest}))
    move(actor, session, SessionState.SIGNING)
    return minutes


@transaction.atomic
def sign_minutes(*, actor: Actor, session_id: uuid.UUID, digest: str) -> Minutes:
    """A present member signs the text they read (``digest``). The last signature seals it."""
    session, seat = seated(actor, session_id)
    require_state(session, SessionState.SIGNING)
    minutes = Minutes.objects.select_for_update().get(session=session)
    if digest != minutes.digest:
        raise InvalidInput({FORM: ["Ce texte a changé depuis que vous l’avez ouvert : relisez-le, puis signez."]})
    if seat.state != SeatState.PRESENT:
        raise InvalidInput({FORM: ["Seuls les membres présents signent."]})
    require_jury(actor, session)  # the roster may have changed since the text was drawn
    _, is_new = MinutesSignature.objects.get_or_create(minutes=minutes, seat=seat, defaults={"digest": digest})
    if is_new:
        publish(MinutesSigned(actor=actor, target_id=minutes.pk, codes={"digest": digest}))
    present = {one.pk for one in queries.sitting_seats(session) if one.state == SeatState.PRESENT}
    if present <= set(minutes.signatures.values_list("seat_id", flat=True)):
        _seal(actor, session, minutes)
    return minutes


@transaction.atomic
def add_addendum(*, actor: Actor, session_id: uuid.UUID, facts: AddendumFacts) -> Addendum:
    """Correct sealed minutes, beside them: words that say why, and a result where one was wrong."""
    require(actor, "certification.manage")
    minutes = Minutes.objects.managed_by(actor).select_for_update().filter(session_id=session_id).first()
    if minutes is None or minutes.erased_at is not None:
        raise NotFound("minutes")
    if minutes.sealed_at is None:
        raise InvalidInput({FORM: ["Ce procès-verbal n’est pas scellé : le jury peut encore l’écrire autrement."]})
    text = clean(facts.text)
    check_lengths({"text": (text, WORDS)})
    sitting = _corrected(minutes, facts)
    if not text:
        raise InvalidInput({"text": ["Écrivez ce qui est corrigé, par qui, et pourquoi."]})
    rank = minutes.addenda.count() + 1
    addendum = Addendum(minutes=minutes, rank=rank, text=text, sitting=sitting, outcome=facts.outcome)
    addendum.digest = minutes_text.addendum_digest(minutes.seal, rank, addendum_content(addendum))
    addendum.save(force_insert=True)
    codes = {"number": minutes.number, "rank": rank, "digest": addendum.digest}
    publish(AddendumSigned(actor=actor, target_id=minutes.pk, codes=codes))
    return addendum


def addendum_content(addendum: Addendum) -> dict[str, str]:
    """What an addendum says, as it is fingerprinted."""
    sitting = str(addendum.sitting_id) if addendum.sitting_id else ""
    return {"text": addendum.text, "sitting": sitting, "outcome": addendum.outcome}


def read_content(minutes: Minutes) -> dict[str, Any]:
    """The minutes as they were written."""
    found: dict[str, Any] = json.loads(minutes.content)
    return found


def _corrected(minutes: Minutes, facts: AddendumFacts) -> Sitting | None:
    if facts.sitting_id is None and not facts.outcome:
        return None
    if facts.sitting_id is None or facts.outcome not in Outcome.values:
        raise InvalidInput({"outcome": ["Choisissez le passage corrigé, et le résultat qui vaut désormais."]})
    sitting = queries.get_sitting(minutes.session, facts.sitting_id)
    if not BlockResult.objects.filter(sitting=sitting).exists():
        raise InvalidInput({"sitting_id": ["Ce passage n’a pas de résultat : le candidat n’était pas là."]})
    return sitting


def _numbered(session: ExamSession) -> Minutes:
    """The next number of the certifier and the year; a second jury waits for the first."""
    take_turn(session.organisation_id)
    year = today().year
    known = Minutes.objects.filter(organisation_id=session.organisation_id, year=year)
    rank = (known.aggregate(last=Max("rank"))["last"] or 0) + 1
    prefix = settings_for(session.organisation_id).number_prefix
    return Minutes(
        organisation_id=session.organisation_id,
        session=session,
        year=year,
        rank=rank,
        number=f"PV-{prefix}-{year}-{rank:04d}",
    )


def _seal(actor: Actor, session: ExamSession, minutes: Minutes) -> None:
    take_turn(minutes.organisation_id)  # two juries end together: the second waits, then reads the seal of the first
    sealed = Minutes.objects.filter(organisation_id=minutes.organisation_id, sealed_at__isnull=False)
    last = sealed.order_by("-sealed_at", "-pk").first()
    minutes.previous = last.seal if last else minutes_text.GENESIS
    minutes.seal = minutes_text.chained(minutes.previous, minutes.digest, minutes.number)
    minutes.sealed_at = now()
    minutes.save()
    codes = {"number": minutes.number, "digest": minutes.digest, "seal": minutes.seal}
    publish(MinutesSealed(actor=actor, target_id=minutes.pk, codes=codes))
    move(actor, session, SessionState.SEALED)


def content_of(session: ExamSession, number: str) -> dict[str, Any]:
    """Everything the minutes say, in words and codes; candidates by their civil names."""
    record = record_facts(session.record_code)
    seats = [one for one in queries.seat_lines(session) if one.seat.state in (SeatState.PRESENT, SeatState.ABSENT)]
    return {
        "number": number,
        "certifier": get_organisation(session.organisation_id).name,
        "record": {"code": record.code, "title": record.title, "version": session.record_fingerprint},
        "held": {"from": session.starts_on.isoformat(), "to": session.ends_on.isoformat(), "place": session.place},
        "modality": session.modality,
        "drawn_on": today().isoformat(),
        "rules": {"quorum": session.quorum, "tie_break": session.tie_break, "strict": session.strict_ties},
        "jury": [
            {
                "seat": str(one.seat.pk),
                "name": one.name,
                "kind": one.seat.kind,
                "function": one.seat.juror.function,
                "presides": one.presides,
                "present": one.seat.state == SeatState.PRESENT,
            }
            for one in seats
        ],
        "results": [_result(one, record) for one in queries.sittings_of(session)],
    }


def _result(sitting: Sitting, record: RecordFacts) -> dict[str, Any]:
    person = sitting.candidate
    block = record.block(sitting.block_code)
    told: dict[str, Any] = {
        "sitting": str(sitting.pk),
        "candidate": person.reference,
        "name": f"{person.birth_name}, {person.first_names}",
        "born_on": person.born_on,
        "route": Route(sitting.route).label,
        "block": sitting.block_code,
        "block_title": block.title if block else "",
        "attendance": sitting.attendance,
        "outcome": "",
    }
    result = getattr(sitting, "result", None)
    if result is not None:
        told |= {"outcome": result.outcome, "reason": result.reason, "advice": result.advice}
    return told
