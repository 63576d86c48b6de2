"""The running thread of a case, for its mediators: what happened, in order, without the words of the vault."""

import datetime as dt
from dataclasses import dataclass

from entremise.core.time import day_bounds
from entremise.core.ui.formats import hours
from entremise.mediations.enums import SessionKind, Stage
from entremise.mediations.models import Case, Consent, FollowUp, Party, Session, StageMove


@dataclass(frozen=True)
class Step:
    """One line of the thread."""

    at: dt.datetime
    title: str
    detail: str = ""
    session: Session | None = None


def thread_of(case: Case, parties: list[Party]) -> list[Step]:
    """Moves, agreements to enter, sessions and follow-ups, oldest first."""
    letters = {party.pk: party.letter for party in parties}
    steps = [Step(case.opened_at, "Saisine", "")]
    steps += [_move(move) for move in StageMove.objects.filter(case=case)]
    steps += [_session(session) for session in Session.objects.filter(case=case)]
    for consent in Consent.objects.filter(case=case):
        who = f"Partie {letters[consent.party_id]}"
        steps.append(Step(consent.recorded_at, f"{who} : d’accord pour entrer", consent.get_manner_display()))
        if consent.withdrawn_at:
            steps.append(Step(consent.withdrawn_at, f"{who} : accord retiré", "Sans avoir à dire pourquoi."))
    for follow_up in FollowUp.objects.filter(case=case, done_on__isnull=False):
        assert follow_up.done_on is not None  # just asked for
        at = day_bounds(follow_up.done_on)[0] + dt.timedelta(hours=12)
        steps.append(Step(at, f"Suivi {follow_up.get_step_display().lower()}", follow_up.get_kept_display()))
    return sorted(steps, key=lambda step: step.at)


def left_stages(case: Case) -> set[str]:
    """The stages that the case went through."""
    return set(StageMove.objects.filter(case=case).values_list("source", flat=True))


def _move(move: StageMove) -> Step:
    back = Stage.values.index(move.target) < Stage.values.index(move.source)
    title = f"{'Retour à l’étape' if back else 'Étape'} : {Stage(move.target).label}"
    skipped = ", ".join(str(Stage(code).label).lower() for code in move.passed_over)
    return Step(move.at, title, f"Sans {skipped}." if skipped else "")


def _session(session: Session) -> Step:
    who = " et ".join(f"partie {letter}" for letter in session.present)
    frame = "cadre expliqué" if session.frame_explained else "cadre non expliqué"
    detail = f"{who[:1].upper()}{who[1:]} · {hours(session.minutes)} · {frame}"
    return Step(session.happened_at, str(SessionKind(session.kind).label), detail, session)
