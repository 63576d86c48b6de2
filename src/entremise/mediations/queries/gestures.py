"""What one mediator did in a case, without a word of what was confided."""

import datetime as dt
import uuid
from dataclasses import dataclass

from entremise.core.actor import Actor
from entremise.core.errors import NotAllowed, NotFound
from entremise.mediations.enums import SessionKind, Stage
from entremise.mediations.models import Case, Consent, Party, Session, Signature, StageMove
from entremise.mediations.queries.cases import VaultShut, get_vault


@dataclass(frozen=True, kw_only=True)
class Gesture:
    """One thing done: when, what, with which parties (letters), for how long."""

    at: dt.datetime
    what: str
    detail: str = ""
    letters: tuple[str, ...] = ()
    minutes: int = 0


def gestures_of(actor: Actor, case: Case) -> list[Gesture]:
    """The actor's own gestures, oldest first: what a colleague noted in the same case is theirs."""
    mine = actor.member_id
    letters = dict(Party.objects.filter(case=case).values_list("pk", "letter"))
    found = [
        Gesture(
            at=session.happened_at,
            what="Séance tenue",
            detail=str(SessionKind(session.kind).label).partition(",")[0],
            letters=tuple(session.present),
            minutes=session.minutes,
        )
        for session in Session.objects.filter(case=case, recorded_by_id=mine).defer("place")
    ]
    found += [
        Gesture(at=consent.recorded_at, what="Accord pour entrer recueilli", letters=(letters[consent.party_id],))
        for consent in Consent.objects.filter(case=case, recorded_by_id=mine)
    ]
    found += [
        Gesture(at=move.at, what="Étape", detail=str(Stage(move.target).label))
        for move in StageMove.objects.filter(case=case, by_id=mine)
        if move.target != Stage.CLOTURE  # how it ended may tell who withdrew
    ]
    found += [
        Gesture(at=signature.signed_at, what="Parole recueillie sur l’accord", letters=(letters[signature.party_id],))
        for signature in Signature.objects.filter(case=case, attested_by_id=mine)
    ]
    return sorted(found, key=lambda gesture: gesture.at)


def own_gestures(actor: Actor, case_id: uuid.UUID) -> tuple[Case, list[Gesture]]:
    """A case the actor conducts and their own gestures in it; NotFound for anybody else, a coordinator included."""
    try:
        case = get_vault(actor, case_id)
    except VaultShut:
        raise
    except NotAllowed:
        raise NotFound("mediation") from None
    return case, gestures_of(actor, case)


def own_cases(actor: Actor) -> list[Case]:
    """The cases whose vault is the actor's, the latest first, without a word of them."""
    found = Case.objects.open_to(actor).only("pk", "organisation_id", "asked_on", "stage", "opened_at")
    return list(found.order_by("-opened_at", "-pk"))
