"""Candidate files: civil status, candidacy, blocks, those who went with them."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from entremise.accounts.queries import get_member
from entremise.accounts.services import take_turn
from entremise.certification import civil
from entremise.certification.commands import CandidacyFacts, CivilStatus, CompanionFacts
from entremise.certification.enums import Companionship, ExperienceNature
from entremise.certification.events import CandidateChanged, CandidateOpened
from entremise.certification.models import Candidacy, Candidate, Companion, Enrolment
from entremise.certification.prerequisites import route_fault
from entremise.certification.queries.certifier import record_of
from entremise.certification.services.texts import LINE, WORDS, check_lengths, clean, line
from entremise.competences.queries import RecordFacts
from entremise.core.actor import Actor
from entremise.core.db import get_one
from entremise.core.errors import FORM, Conflict, InvalidInput
from entremise.core.ids import short_reference
from entremise.core.permissions import require
from entremise.core.text import fold
from entremise.core.time import now, today
from entremise.journal.services import publish
from entremise.keys.services import lookup_hash

TYING = ("companion", "employer")  # what, once changed in a file, may tie a member of a jury to its candidate
MOST_MONTHS, MOST_HOURS, MOST_EXTRA = 600, 5000, 200
_WRITTEN: tuple[str, ...] = ("sex", "birth_name", "usage_name", "first_names", "born_on", "birth_place", "birth_code")
_WRITTEN += ("birth_country", "email", "employer", "accommodations", "extra_time")


@transaction.atomic
def open_candidate(
    *, actor: Actor, civil_status: CivilStatus, candidacy: CandidacyFacts, is_another: bool = False
) -> Candidate:
    """Open the file of someone who comes. InvalidInput with every fault at once.

    ``is_another``: said once, by a person, that an already known civil status is someone else's.
    """
    require(actor, "certification.manage")
    record = record_of(actor)
    facts, errors = _checked(actor, civil_status)
    errors |= _candidacy_faults(record, candidacy) | _entry_faults(record)
    errors = errors or _same_person_faults(actor, facts, is_another)
    if errors:
        raise InvalidInput(errors)
    candidate = Candidate(organisation_id=actor.organisation_id)
    candidate.reference = short_reference(candidate.pk)
    _fill(candidate, facts)
    candidate.save(force_insert=True)
    held = Candidacy.objects.create(
        candidate=candidate, record_code=record.code, opened_on=today(), **_candidacy_columns(candidacy)
    )
    _enrol(held, candidacy.block_codes)
    publish(CandidateOpened(actor=actor, target_id=candidate.pk, codes={"route": candidacy.route}))
    return candidate


@transaction.atomic
def correct_civil_status(
    *, actor: Actor, candidate_id: uuid.UUID, civil_status: CivilStatus, base_version: int, is_another: bool = False
) -> Candidate:
    """Write the civil status again; Conflict when somebody else did since it was read.

    InvalidInput too when the correction makes two files of one person, unless ``is_another`` (`open_candidate`).
    """
    require(actor, "certification.manage")
    candidate = held_candidate(actor, candidate_id)
    if candidate.version != base_version:
        raise Conflict("the candidate's civil status changed")
    facts, errors = _checked(actor, civil_status, but=candidate)
    if not errors and _civil_hash(facts) != candidate.civil_hash:
        errors = _same_person_faults(actor, facts, is_another)
    if errors:
        raise InvalidInput(errors)
    moved = fold(candidate.employer) != fold(facts.employer)
    _fill(candidate, facts)
    candidate.version += 1
    _touch(actor, candidate, "employer" if moved else "civil_status")
    return candidate


@transaction.atomic
def change_candidacy(*, actor: Actor, candidate_id: uuid.UUID, facts: CandidacyFacts) -> Candidacy:
    """The route, the proofs seen, the blocks aimed at; opens a new candidacy when none is open."""
    require(actor, "certification.manage")
    record = record_of(actor)
    candidate = held_candidate(actor, candidate_id)
    held = candidate.candidacies.filter(record_code=record.code, withdrawn_on=None).first()
    errors = _candidacy_faults(record, facts) | ({} if held else _entry_faults(record))
    if errors:
        raise InvalidInput(errors)
    # Another version of the record: the candidate goes on by this one, what was acquired by the other stays acquired.
    candidate.candidacies.exclude(record_code=record.code).filter(withdrawn_on=None).update(withdrawn_on=today())
    held = held or Candidacy(candidate=candidate, record_code=record.code, opened_on=today())
    for name, value in _candidacy_columns(facts).items():
        setattr(held, name, value)
    held.save()
    held.enrolments.exclude(block_code__in=facts.block_codes).delete()
    known = set(held.enrolments.values_list("block_code", flat=True))
    _enrol(held, [code for code in facts.block_codes if code not in known])
    _touch(actor, candidate, "candidacy")
    return held


@transaction.atomic
def withdraw_candidacy(*, actor: Actor, candidate_id: uuid.UUID) -> Candidacy:
    """The candidate stops. What was acquired stays acquired, for life."""
    require(actor, "certification.manage")
    candidate = held_candidate(actor, candidate_id)
    held = candidate.candidacies.filter(withdrawn_on=None).first()
    if held is None:
        raise InvalidInput({FORM: ["Cette candidature est déjà close."]})
    held.withdrawn_on = today()
    held.save(update_fields=["withdrawn_on"])
    _touch(actor, candidate, "withdrawn")
    return held


@transaction.atomic
def name_companion(*, actor: Actor, candidate_id: uuid.UUID, facts: CompanionFacts) -> Companion:
    """Say who trained, tutored, accompanied or received the candidate: they will not judge them."""
    require(actor, "certification.manage")
    candidate = held_candidate(actor, candidate_id)
    name, structure = line(facts.name), line(facts.structure)
    check_lengths({"name": (name, LINE), "structure": (structure, LINE)})
    if facts.kind not in Companionship.values:
        raise InvalidInput({"kind": ["Choisissez une réponse."]})
    if facts.member_id is not None:
        get_member(actor, facts.member_id)
    elif not name and not structure:
        raise InvalidInput({"name": ["Choisissez un compte, ou écrivez un nom ou une structure."]})
    companion = Companion.objects.create(
        candidate=candidate, kind=facts.kind, member_id=facts.member_id, name=name, structure=structure
    )
    _touch(actor, candidate, "companion")
    return companion


def held_candidate(actor: Actor, candidate_id: uuid.UUID) -> Candidate:
    """The file, locked for this transaction; NotFound for anybody else's, and once erased."""
    return get_one(Candidate.objects.managed_by(actor).select_for_update().filter(pk=candidate_id, erased_at=None))


def _checked(
    actor: Actor, facts: CivilStatus, but: Candidate | None = None
) -> tuple[CivilStatus, dict[str, list[str]]]:
    short: dict[str, Any] = {name: line(getattr(facts, name)) for name in _WRITTEN if name != "accommodations"}
    names = ", ".join(civil.first_names(short["first_names"]))
    kept = replace(facts, **(short | {"first_names": names, "accommodations": clean(facts.accommodations)}))
    kept = replace(kept, birth_code=kept.birth_code.upper())
    errors = civil.faults(kept, today().year)
    for name, longest in {"email": 254, "employer": LINE, "accommodations": WORDS}.items():
        if len(getattr(kept, name)) > longest:
            errors[name] = [f"Raccourcissez : {longest} signes au plus."]
    extra = kept.extra_time
    if extra and not (extra.isdecimal() and len(extra) <= 3 and int(extra) <= MOST_EXTRA):
        errors["extra_time"] = [f"Écrivez un nombre de 0 à {MOST_EXTRA}, ou laissez vide."]
    if kept.member_id is not None:
        get_member(actor, kept.member_id)
        others = Candidate.objects.managed_by(actor).filter(member_id=kept.member_id)
        if others.exclude(pk=but.pk if but else None).exists():
            errors["member_id"] = ["Ce compte est déjà celui d’un autre dossier."]
    return kept, errors


def _fill(candidate: Candidate, facts: CivilStatus) -> None:
    for name in _WRITTEN:
        setattr(candidate, name, getattr(facts, name))
    candidate.member_id = facts.member_id
    candidate.civil_hash = _civil_hash(facts)


def _civil_hash(facts: CivilStatus) -> str:
    first = civil.first_names(facts.first_names)[0]
    told = "|".join([fold(facts.birth_name), fold(first), facts.sex, facts.born_on, facts.birth_code])
    return lookup_hash(told, "candidate")


def _same_person_faults(actor: Actor, facts: CivilStatus, is_another: bool) -> dict[str, list[str]]:
    if is_another:
        return {}
    take_turn(actor.organisation_id)  # two people write the same person at once: the second is told
    same = Candidate.objects.managed_by(actor).filter(civil_hash=_civil_hash(facts)).first()
    if same is None:
        return {}
    told = f"Le dossier {same.reference} a déjà cet état civil : ouvrez-le, ou dites que c’est une autre personne."
    return {"is_another": [told]}


def _entry_faults(record: RecordFacts) -> dict[str, list[str]]:
    """Nobody new enters once the registration has ended; who is inside goes on until the last delivery."""
    fault = record.entry_fault(today())
    return {FORM: [fault]} if fault else {}


def _candidacy_faults(record: RecordFacts, facts: CandidacyFacts) -> dict[str, list[str]]:
    months, hours = facts.experience_months, facts.internship_hours
    known = {block.code for block in record.blocks}
    found = {
        "route": route_fault(record, facts.route) if facts.route else "Choisissez la voie par laquelle il vient.",
        "block_codes": "" if facts.block_codes and set(facts.block_codes) <= known else "Choisissez au moins un bloc.",
        "experience_months": _amount_fault(months, MOST_MONTHS),
        "internship_hours": _amount_fault(hours, MOST_HOURS),
        "experience_nature": "",
    }
    if months and facts.experience_nature not in ExperienceNature.values:
        found["experience_nature"] = "Dites si cette expérience était salariée ou bénévole."
    return {name: [reason] for name, reason in found.items() if reason}


def _amount_fault(amount: int | None, most: int) -> str:
    return "" if amount is None or 0 <= amount <= most else f"Écrivez un nombre de 0 à {most}."


def _candidacy_columns(facts: CandidacyFacts) -> dict[str, object]:
    names = ("route", "experience_months", "experience_nature", "internship_hours")
    return {name: getattr(facts, name) for name in names}


def _enrol(candidacy: Candidacy, block_codes: Sequence[str]) -> None:
    day: dt.date = today()
    Enrolment.objects.bulk_create(
        Enrolment(candidacy=candidacy, block_code=code, enrolled_on=day) for code in dict.fromkeys(block_codes)
    )


def _touch(actor: Actor, candidate: Candidate, what: str) -> None:
    candidate.touched_at = now()
    candidate.save()
    publish(CandidateChanged(actor=actor, target_id=candidate.pk, codes={"what": what}))
