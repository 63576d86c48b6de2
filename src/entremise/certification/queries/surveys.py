"""Reads of insertion surveys: promotions with their rates, who is still to be asked, a survey behind its link."""

import hmac
import json
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from entremise.certification.enums import CertificateKind, Situation, Wave
from entremise.certification.insertion import Answer, Tally, tally
from entremise.certification.models import Certificate, PromotionFigures, Survey
from entremise.certification.queries.candidates import open_names
from entremise.competences.enums import Route
from entremise.core.actor import Actor
from entremise.core.db import get_one, open_together
from entremise.core.errors import NotFound
from entremise.core.permissions import require
from entremise.keys.services import lookup_hash

_CHECKED = 26  # signs: 104 bits that only this installation can compute
COUNTED = ("surveyed", "respondents", "neutralised", "employed", "in_target_job")


@dataclass(frozen=True)
class WaveFigures:
    """A wave of a promotion. ``is_published`` when what is published says the same; None when nobody was asked yet."""

    wave: Wave
    tally: Tally
    is_published: bool


@dataclass(frozen=True)
class Promotion:
    """The holders of a year, all routes together, and what became of them."""

    year: int
    certified: int
    certified_vae: int
    six_months: WaveFigures | None
    two_years: WaveFigures | None

    @property
    def waves(self) -> list[WaveFigures]:
        """The waves that were asked."""
        return [one for one in (self.six_months, self.two_years) if one is not None]


def promotions(actor: Actor, record_code: str) -> list[Promotion]:
    """Every promotion of the certifier, the latest first. The answers are opened to be counted, and only that."""
    require(actor, "certification.manage")
    holders = list(
        Certificate.objects.filter(
            organisation_id=actor.organisation_id, kind=CertificateKind.FULL, record_code=record_code, revoked_at=None
        ).values_list("acquired_on", "route")
    )
    certified = Counter(day.year for day, _ in holders)
    vae = Counter(day.year for day, route in holders if route == Route.VAE)
    waves = _waves(actor.organisation_id, record_code)
    years = sorted({*certified, *(year for year, _ in waves)}, reverse=True)
    return [
        Promotion(
            year, certified[year], vae[year], waves.get((year, Wave.SIX_MONTHS)), waves.get((year, Wave.TWO_YEARS))
        )
        for year in years
    ]


def _waves(organisation_id: uuid.UUID, record_code: str) -> dict[tuple[int, str], WaveFigures]:
    rows: dict[tuple[int, str], list[Survey]] = {}
    mine = {"organisation_id": organisation_id, "record_code": record_code}
    for one in Survey.objects.filter(**mine, candidate__erased_at=None):
        rows.setdefault((one.year, one.wave), []).append(one)
    published = {(one.year, one.wave): one for one in PromotionFigures.objects.filter(**mine)}
    return {key: _figures(key[1], rows.get(key, []), published.get(key)) for key in {*rows, *published}}


def _figures(wave: str, surveys: Sequence[Survey], published: PromotionFigures | None) -> WaveFigures:
    """As counted now; as published once answers were forgotten, for what is left would tell something else."""
    frozen = Tally(**{name: getattr(published, name) for name in COUNTED}) if published else None
    if frozen and (not surveys or is_forgotten(surveys)):
        return WaveFigures(Wave(wave), frozen, True)
    counted = counted_of(surveys)
    return WaveFigures(Wave(wave), counted, counted == frozen)


def is_forgotten(surveys: Sequence[Survey]) -> bool:
    """Whether an answer that came was emptied since: what is left would tell something else."""
    return any(one.answered_at and not one.answer for one in surveys)


def counted_of(surveys: Sequence[Survey]) -> Tally:
    """The tally of these surveys."""
    open_together(surveys, "answer")
    return tally([read_answer(one) for one in surveys if one.answer], len(surveys))


def read_answer(survey: Survey) -> Answer:
    """What a holder said."""
    told = json.loads(survey.answer)
    return Answer(Situation(told["situation"]), told["in_target_job"])


def surveys_of(actor: Actor, record_code: str, year: int) -> list[Survey]:
    """Whom to ask in a promotion, names opened; NotFound when nobody was."""
    require(actor, "certification.manage")
    rows = Survey.objects.visible_to(actor).filter(record_code=record_code, year=year, candidate__erased_at=None)
    found = list(rows.select_related("candidate").order_by("wave", "due_on", "pk"))
    if not found:
        raise NotFound("promotion")
    open_names([one.candidate for one in found])
    return found


def of_candidates(candidate_ids: Sequence[uuid.UUID]) -> list[Survey]:
    """The questions put to these holders, the first due first."""
    return list(Survey.objects.filter(candidate_id__in=candidate_ids).order_by("due_on", "pk"))


def get_survey(actor: Actor, survey_id: uuid.UUID) -> Survey:
    """One survey of the certifier's; NotFound for anybody else's, and once the holder's file is erased."""
    require(actor, "certification.manage")
    rows = Survey.objects.visible_to(actor).filter(pk=survey_id, candidate__erased_at=None)
    return get_one(rows.select_related("candidate"))


def check_of(survey: Survey) -> str:
    """What stands in the link, and nowhere in the database."""
    return lookup_hash(f"{survey.pk}|{survey.issue}", "survey")[:_CHECKED]


def survey_behind(survey_id: uuid.UUID, check: str) -> Survey:
    """The survey of a link as it was sent; NotFound for a link nobody sent, or replaced by another."""
    found = Survey.objects.filter(pk=survey_id, candidate__erased_at=None).select_related("organisation").first()
    if found is None or not hmac.compare_digest(check_of(found).encode(), check.encode()):
        raise NotFound("survey")
    return found
