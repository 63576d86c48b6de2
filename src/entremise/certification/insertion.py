"""Insertion rates as France compétences defines them. Pure.

Global rate: those in employment over those who answered; target-job rate: those in a job the certification aims at,
over the same. Somebody neutralised leaves both. Whole percents, half up: only so do the figures of the record come out.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from entremise.certification.enums import NEUTRALISED, Situation


@dataclass(frozen=True)
class Answer:
    """What a holder said. ``in_target_job`` is False for whoever is not in employment."""

    situation: Situation
    in_target_job: bool = False


@dataclass(frozen=True)
class Tally:
    """One wave of one promotion, in people. Employment and target job never count somebody neutralised."""

    surveyed: int = 0
    respondents: int = 0
    neutralised: int = 0
    employed: int = 0
    in_target_job: int = 0

    @property
    def counted(self) -> int:
        """The denominator of both rates."""
        return self.respondents - self.neutralised

    @property
    def insertion(self) -> int | None:
        """The global rate; None when nobody counts."""
        return percent(self.employed, self.counted)

    @property
    def target_job(self) -> int | None:
        """The rate in the target job; None when nobody counts."""
        return percent(self.in_target_job, self.counted)


def percent(part: int, whole: int) -> int | None:
    """Whole percents, half up; None of nobody: an unknown rate is not zero."""
    return (200 * part + whole) // (2 * whole) if whole else None


def tally(answers: Iterable[Answer], surveyed: int) -> Tally:
    """Count a wave: ``surveyed`` people were asked, these answered."""
    said = list(answers)
    counted = [one for one in said if one.situation not in NEUTRALISED]
    employed = [one for one in counted if one.situation == Situation.EMPLOYED]
    return Tally(
        surveyed=surveyed,
        respondents=len(said),
        neutralised=len(said) - len(counted),
        employed=len(employed),
        in_target_job=sum(one.in_target_job for one in employed),
    )
