"""Processors: who handles data for the organisation, under which contract."""

import datetime as dt
import uuid
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import transaction

from entremise.core import personal
from entremise.core.actor import Actor
from entremise.core.permissions import require
from entremise.core.text import one_line
from entremise.core.time import now
from entremise.journal.services import publish
from entremise.privacy.countries import COUNTRIES, needs_guarantees
from entremise.privacy.events_accountability import ProcessorWritten
from entremise.privacy.models import Processor
from entremise.privacy.queries.processors import get_processor
from entremise.privacy.services.checks import Errors, checked_codes, checked_day, checked_text, refuse

_LENGTHS = {"name": 160, "service": 240, "data": 400, "guarantees": 400}
_NEEDED = {
    "name": "Donnez le nom de l’entreprise.",
    "service": "Dites le service qu’elle rend : hébergement, courriel…",
}


NO_GUARANTEE = (
    "Ces données quittent l’Union européenne : dites ce qui les protège (décision d’adéquation suivie, clauses "
    "contractuelles types, règles d’entreprise)."
)


@dataclass(frozen=True, kw_only=True)
class ProcessorFacts:
    """What the list says of a processor."""

    name: str
    service: str
    country: str
    data: str = ""
    processings: tuple[str, ...] = ()
    contract_on: dt.date | None = None
    ends_on: dt.date | None = None
    guarantees: str = ""


@transaction.atomic
def add_processor(*, actor: Actor, facts: ProcessorFacts) -> Processor:
    """Add a processor. Raises InvalidInput."""
    require(actor, "privacy.write_processors")
    wanted = _checked(facts)
    processor = Processor(organisation_id=actor.organisation_id, **_columns(wanted))
    processor.save(force_insert=True)
    publish(ProcessorWritten(actor=actor, target_id=processor.pk, codes={"verb": "add", "country": processor.country}))
    return processor


@transaction.atomic
def change_processor(*, actor: Actor, processor_id: uuid.UUID, facts: ProcessorFacts) -> Processor:
    """Change a processor. Raises InvalidInput, NotFound."""
    require(actor, "privacy.write_processors")
    processor = get_processor(actor, processor_id)
    columns = _columns(_checked(facts))
    changed = [name for name, value in columns.items() if getattr(processor, name) != value]
    if not changed:
        return processor
    for name in changed:
        setattr(processor, name, columns[name])
    processor.updated_at = now()
    processor.save()
    codes = {"verb": "change", "fields": sorted(changed)}
    publish(ProcessorWritten(actor=actor, target_id=processor.pk, codes=codes))
    return processor


def _columns(facts: ProcessorFacts) -> dict[str, object]:
    return {**asdict(facts), "processings": list(facts.processings)}


def _checked(facts: ProcessorFacts) -> ProcessorFacts:
    errors: Errors = {}
    texts: dict[str, Any] = {
        name: checked_text(errors, name, one_line(getattr(facts, name)), limit=limit, required=_NEEDED.get(name, ""))
        for name, limit in _LENGTHS.items()
    }
    known = [one.code for one in personal.processings()]
    processings = checked_codes(errors, "processings", list(facts.processings), known)
    if facts.country not in COUNTRIES:
        errors["country"] = ["Choisissez le pays où les données sont gardées."]
    elif needs_guarantees(facts.country) and not texts["guarantees"]:
        errors["guarantees"] = [NO_GUARANTEE]
    checked_day(errors, "contract_on", facts.contract_on)
    checked_day(errors, "ends_on", facts.ends_on)
    if facts.contract_on and facts.ends_on and facts.ends_on < facts.contract_on:
        errors.setdefault("ends_on", ["La fin vient avant la signature : corrigez l’une des deux dates."])
    refuse(errors)
    return replace(facts, **texts, processings=tuple(processings))
