"""Outcome indicators, from stages, dates and shown outcomes; what parties said, never under five answers.

Reference: study of the trade §3.7; denominators stand side by side (of referred, of accepted, of mediated).
"""

import datetime as dt
import math
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from entremise.core.actor import Actor
from entremise.core.time import local
from entremise.mediations.enums import Face, FollowUpStep, Kept, ShownOutcome
from entremise.mediations.models import Case, FollowUp, FollowUpAnswer, Party

FEW = 5  # under as many answers, what parties said is not shown
BORN = "Ouvertes depuis une fiche d’intervention, sur toutes les demandes."
AGREED = (
    "Accords conclus, sur toutes les médiations demandées.",
    "Accords conclus, sur les demandes dites recevables.",
    "Accords conclus, sur les médiations qui ont tenu au moins une séance.",
)
DIALOGUE = "Médiations closes sans accord dont l’issue est « dialogue rétabli », sur les médiations tenues."
CONTACT = "Jours entre la demande et le premier contact avec une partie, quand les deux dates sont connues."
CLOSING = "Jours entre la demande et la clôture, pour les médiations closes."
KEPT = "Accords respectés en entier à ce point de suivi, sur ceux dont on connaît l’état."
FACES = "La dernière réponse de chaque partie aux points de suivi."
ANSWERS = "Parties qui ont répondu, sur celles des médiations dont un point de suivi est fait."


@dataclass(frozen=True)
class Rate:
    """So many out of so many; ``percent`` is None without a denominator, or under ``FEW`` when that is asked."""

    label: str
    definition: str
    count: int
    out_of: int
    hidden: bool = False

    @property
    def percent(self) -> int | None:
        """Rounded half up; None when it says nothing."""
        return None if self.hidden or not self.out_of else math.floor(100 * self.count / self.out_of + 0.5)


@dataclass(frozen=True)
class Delay:
    """Days, among those that are known."""

    label: str
    definition: str
    median: float | None
    p90: int | None
    known: int


@dataclass(frozen=True)
class Figures:
    """The figures of a period: cases asked for within it."""

    referred: int
    from_act: Rate
    accepted: int
    engaged: int
    mediated: int
    agreed: int
    outcomes: list[tuple[str, int]]
    agreement: list[Rate]
    dialogue: Rate
    delays: list[Delay]
    durability: list[Rate]
    satisfaction: list[Rate]
    answers: Rate


def figures(actor: Actor, first: dt.date, last: dt.date) -> Figures:
    """The figures of the actor's teams, for cases asked for between two days, both included."""
    cases = Case.objects.filter(organisation_id=actor.organisation_id, team_id__in=actor.team_ids)
    cases = cases.filter(asked_on__range=(first, last)).defer("asked_by", "subject", "exact_outcome", "ground")
    rows = list(cases)
    accepted = [one for one in rows if one.accepted_on]
    mediated = [one for one in rows if one.mediated_on]
    agreed = [one for one in rows if one.agreed_on]
    ended = Counter(one.outcome for one in rows if one.outcome)
    return Figures(
        referred=len(rows),
        from_act=Rate("Dont nées d’une intervention", BORN, sum(1 for one in rows if one.from_act), len(rows)),
        accepted=len(accepted),
        engaged=sum(1 for one in rows if one.engaged_on),
        mediated=len(mediated),
        agreed=len(agreed),
        outcomes=[(str(one.label), ended[one.value]) for one in ShownOutcome],
        agreement=[
            Rate("Des demandes reçues", AGREED[0], len(agreed), len(rows)),
            Rate("Des médiations recevables", AGREED[1], sum(1 for one in agreed if one.accepted_on), len(accepted)),
            Rate("Des médiations tenues", AGREED[2], sum(1 for one in agreed if one.mediated_on), len(mediated)),
        ],
        dialogue=Rate("Dialogue rétabli sans accord", DIALOGUE, ended[ShownOutcome.DIALOGUE_RETABLI], len(mediated)),
        delays=[
            delay("De la demande au premier contact", CONTACT, [_days(one, "first_contact_on") for one in rows]),
            delay("De la demande à la clôture", CLOSING, [_days(one, "closed_at") for one in rows]),
        ],
        **_said([one.pk for one in rows]),
    )


def _days(case: Case, name: str) -> int | None:
    until = getattr(case, name)
    until = local(until).date() if isinstance(until, dt.datetime) else until
    return (until - case.asked_on).days if until else None


def delay(label: str, definition: str, days: Sequence[int | None]) -> Delay:
    """Median, and the value that nine in ten do not exceed (nearest rank)."""
    known = sorted(one for one in days if one is not None)
    if not known:
        return Delay(label, definition, None, None, 0)
    middle = len(known) // 2
    median = known[middle] if len(known) % 2 else (known[middle - 1] + known[middle]) / 2
    return Delay(label, definition, median, known[math.ceil(0.9 * len(known)) - 1], len(known))


def _said(case_ids: list[uuid.UUID]) -> dict:
    """Agreements kept at each step, and what parties said, with how many were asked."""
    done = list(FollowUp.objects.filter(case_id__in=case_ids, done_on__isnull=False).values_list("step", "kept"))
    kept = []
    for step in FollowUpStep:
        known = [state for at, state in done if at == step and state != Kept.INCONNU]
        whole = sum(1 for state in known if state == Kept.RESPECTE)
        label = f"Accord respecté {str(step.label).lower()}"
        kept.append(Rate(label, KEPT, whole, len(known), hidden=len(known) < FEW))
    asked = FollowUp.objects.filter(case_id__in=case_ids, done_on__isnull=False).values("case_id")
    parties = Party.objects.filter(case_id__in=asked).count()
    latest = FollowUpAnswer.objects.filter(case_id__in=case_ids, face__isnull=False).order_by("follow_up__due_on")
    faces = dict(latest.values_list("party_id", "face"))  # the last word of each party
    told = Counter(faces.values())
    few = len(faces) < FEW
    return {
        "durability": kept,
        "satisfaction": [Rate(str(face.label), FACES, told[face.value], len(faces), hidden=few) for face in Face],
        "answers": Rate("Parties qui ont répondu", ANSWERS, len(faces), parties),
    }
