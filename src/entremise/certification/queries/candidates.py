"""Reads of candidate files."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from entremise.accounts.enums import Role
from entremise.accounts.queries import display_name, list_members, member_names
from entremise.certification import civil
from entremise.certification.commands import CivilStatus
from entremise.certification.models import Candidacy, Candidate, Companion, Juror
from entremise.certification.prerequisites import Proofs
from entremise.core.actor import Actor
from entremise.core.db import get_one, open_together
from entremise.core.ids import read_reference
from entremise.core.permissions import require

OFFERED = 300  # candidates in the list of a form


def list_candidates(actor: Actor) -> QuerySet[Candidate]:
    """The files the actor reads, the newest first; a page of it opens its names with ``open_names``."""
    require(actor, "certification.follow")
    return Candidate.objects.visible_to(actor).prefetch_related("candidacies").order_by("-opened_at", "-pk")


def open_names(candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Ask the store of keys once for the names of a page."""
    open_together(candidates, "first_names", "birth_name", "usage_name")
    return candidates


def offered(actor: Actor) -> list[Candidate]:
    """Who a form may choose: the latest candidates under way, by name."""
    found = list_candidates(actor).filter(erased_at=None, candidacies__withdrawn_on=None)[:OFFERED]
    return sorted(open_names(list(found)), key=lambda one: one.name.casefold())


def find_by_reference(actor: Actor, typed: str) -> Candidate | None:
    """The file that bears this number, however it is typed; None for what the actor does not read."""
    reference = read_reference(typed)
    return list_candidates(actor).filter(reference=reference, erased_at=None).first() if reference else None


def get_candidate(actor: Actor, candidate_id: uuid.UUID) -> Candidate:
    """One file; NotFound for whoever does not read it."""
    require(actor, "certification.follow")
    found = Candidate.objects.visible_to(actor).prefetch_related("candidacies__enrolments").filter(pk=candidate_id)
    return get_one(found)


def own_file(actor: Actor) -> Candidate | None:
    """The actor's own file, as a candidate."""
    if actor.member_id is None:
        return None
    return Candidate.objects.visible_to(actor).filter(member_id=actor.member_id).first()


def open_candidacy(candidate: Candidate) -> Candidacy | None:
    """The candidacy under way; None when it was withdrawn. No query once the file is loaded."""
    return next((one for one in candidate.candidacies.all() if one.withdrawn_on is None), None)


def latest_candidacy(candidate: Candidate) -> Candidacy | None:
    """The one under way, else the last that was closed."""
    closed = sorted(candidate.candidacies.all(), key=lambda one: (one.opened_on, str(one.pk)))
    return open_candidacy(candidate) or (closed[-1] if closed else None)


def proofs_of(candidacy: Candidacy) -> Proofs:
    """What was proven, as the rules read it."""
    return Proofs(candidacy.route, candidacy.experience_months, candidacy.internship_hours)


def civil_status_of(candidate: Candidate) -> CivilStatus:
    """The civil status as it was written."""
    names = [name for name in CivilStatus.__dataclass_fields__ if name != "member_id"]
    return CivilStatus(**{name: getattr(candidate, name) for name in names}, member_id=candidate.member_id)


def warnings_of(candidate: Candidate) -> list[str]:
    """What would keep the official deposit from matching this person."""
    return [] if candidate.erased_at else civil.warnings(civil_status_of(candidate))


@dataclass(frozen=True)
class CompanionLine:
    """Who went with a candidate, as a page shows it."""

    label: str
    name: str


def companions_of(candidate: Candidate) -> list[CompanionLine]:
    """Everyone who went with a candidate."""
    rows = list(Companion.objects.filter(candidate=candidate).order_by("pk"))
    names = member_names(row.member_id for row in rows if row.member_id)
    return [
        CompanionLine(
            row.get_kind_display(),
            ", ".join(filter(None, [names[row.member_id] if row.member_id else "", row.name, row.structure])),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class JurorLine:
    """A member of the roster, as a page shows them."""

    juror: Juror
    name: str


def list_jurors(actor: Actor) -> QuerySet[Juror]:
    """The roster; ``named`` gives its names."""
    require(actor, "certification.manage")
    return Juror.objects.visible_to(actor)


def named(jurors: Iterable[Juror]) -> list[JurorLine]:
    """These people with their names, by name."""
    rows = list(jurors)
    open_together(rows, "function", "employer")
    names = member_names(row.member_id for row in rows)
    return sorted((JurorLine(row, names[row.member_id]) for row in rows), key=lambda one: one.name.casefold())


def get_juror(actor: Actor, juror_id: uuid.UUID) -> Juror:
    """Someone of the roster; NotFound for anybody else's."""
    require(actor, "certification.manage")
    return get_one(list_jurors(actor).filter(pk=juror_id))


def accounts_with(actor: Actor, role: Role) -> list[tuple[str, str]]:
    """Present members who hold this role, as choices by name."""
    members = [member for member in list_members(actor) if role in member.roles]
    return sorted(((str(one.pk), display_name(one)) for one in members), key=lambda pair: pair[1].casefold())
