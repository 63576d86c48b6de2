"""Recording and changing conventions."""

import uuid
from dataclasses import replace

from django.db import transaction

from entremise.core.actor import Actor
from entremise.core.errors import InvalidInput
from entremise.core.permissions import require
from entremise.core.text import one_line
from entremise.interventions.enums import Register
from entremise.journal.services import publish
from entremise.places import queries as places
from entremise.statistics.commands import ConventionFacts
from entremise.statistics.enums import FunderKind, Template
from entremise.statistics.events import ConventionChanged, ConventionRecorded
from entremise.statistics.models import TEXT_LENGTH, Convention
from entremise.statistics.queries import get_convention

Errors = dict[str, list[str]]
_LINES = {"funder_name": 160, "number": 60}


def record_convention(*, actor: Actor, facts: ConventionFacts) -> Convention:
    """A new convention; InvalidInput names each field to correct."""
    require(actor, "statistics.manage")
    facts = _checked(actor, facts)
    convention = Convention(organisation_id=actor.organisation_id)
    with transaction.atomic():
        _fill(convention, facts)
        convention.save(force_insert=True)
        convention.sites.set(facts.site_ids)  # type: ignore[arg-type]
        publish(ConventionRecorded(actor=actor, target_id=convention.pk, codes=_codes(facts)))
    return convention


def change_convention(*, actor: Actor, convention_id: uuid.UUID, facts: ConventionFacts) -> Convention:
    """The same facts, replaced. Reports already shared do not move: they are frozen."""
    convention = get_convention(actor, convention_id)
    require(actor, "statistics.manage", convention)
    facts = _checked(actor, facts)
    with transaction.atomic():
        _fill(convention, facts)
        convention.save()
        convention.sites.set(facts.site_ids)  # type: ignore[arg-type]
        publish(ConventionChanged(actor=actor, target_id=convention.pk, codes=_codes(facts)))
    return convention


def _fill(convention: Convention, facts: ConventionFacts) -> None:
    for name in ("funder_name", "funder_kind", "number", "starts_on", "ends_on", "template", "post", "missions"):
        setattr(convention, name, getattr(facts, name))
    convention.registers = list(facts.registers)
    convention.planned_registers = list(facts.planned_registers)
    convention.is_active = facts.is_active


def _codes(facts: ConventionFacts) -> dict[str, object]:
    return {"template": facts.template, "funder_kind": facts.funder_kind, "sites": len(facts.site_ids)}


def _checked(actor: Actor, facts: ConventionFacts) -> ConventionFacts:
    errors: Errors = {}
    facts = replace(
        facts,
        funder_name=one_line(facts.funder_name),
        number=one_line(facts.number),
        registers=tuple(dict.fromkeys(facts.registers)),
        planned_registers=tuple(dict.fromkeys(facts.planned_registers)),
        site_ids=tuple(dict.fromkeys(facts.site_ids)),
    )
    if not facts.funder_name:
        errors["funder_name"] = ["Nommez le financeur."]
    for name, limit in _LINES.items():
        if len(getattr(facts, name)) > limit:
            errors[name] = [f"{limit} signes au plus."]
    for name in ("post", "missions"):
        if len(getattr(facts, name)) > TEXT_LENGTH:
            errors[name] = [f"{TEXT_LENGTH} signes au plus."]
        elif "\x00" in getattr(facts, name):
            errors[name] = ["Ce texte contient un signe illisible ; retapez-le."]
    _check_lists(facts, errors)
    _check_sites(actor, facts, errors)
    if errors:
        raise InvalidInput(errors)
    return facts


def _check_lists(facts: ConventionFacts, errors: Errors) -> None:
    if facts.funder_kind not in FunderKind.values:
        errors["funder_kind"] = ["Choisissez la nature du financeur dans la liste."]
    if facts.template not in Template.values:
        errors["template"] = ["Choisissez un modèle de bilan dans la liste."]
    if facts.ends_on < facts.starts_on:
        errors["ends_on"] = ["La fin vient avant le début : corrigez l’une des deux dates."]
    for name in ("registers", "planned_registers"):
        if set(getattr(facts, name)) - set(Register.values):
            errors[name] = ["Choisissez les registres dans la liste."]


def _check_sites(actor: Actor, facts: ConventionFacts, errors: Errors) -> None:
    if not facts.site_ids:
        return
    known = set(places.list_sites(actor, active_only=False).values_list("pk", flat=True))
    if set(facts.site_ids) - known:
        errors["sites"] = ["Choisissez des lieux de votre organisation."]
