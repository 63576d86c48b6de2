"""The registers of data protection of both organisations, for ``tests/matrix_world.py``."""

from entremise.core.time import today
from entremise.privacy.models import Processor
from entremise.privacy.queries.impact import Study
from entremise.privacy.services.breaches import report_breach
from entremise.privacy.services.impact import save_impact
from entremise.privacy.services.processors import ProcessorFacts, add_processor
from entremise.privacy.services.register import write_house

AUDIENCES = {"registre": {"alban", "dora", "leo"}, "violation": {"alban", "dora"}}
KINDS = {"breach_id": "breach", "processor_id": "processor"}
TEXTS = {"processing": "suivi", "number": "1"}


def _mark(audience: str) -> str:
    return f"MARQUE-{audience}-FIN"


def fill(world) -> None:
    """A breach and a processor on each side, a register and an assessment on ours."""
    cast = world.cast
    write_house(actor=cast.dora.actor, base=0, controller=_mark("registre"))
    save_impact(actor=cast.dora.actor, code="suivi", base=0, study=Study({"context": _mark("registre")}))
    facts = ProcessorFacts(name=_mark("registre"), service="Hébergement", country="FR", contract_on=today())
    breach = report_breach(actor=cast.samia.actor, kind="appareil", description=_mark("violation"))
    theirs = report_breach(actor=cast.ines.actor, kind="courriel", description=_mark("etranger"))
    world.own |= {"breach": [breach.pk], "processor": [add_processor(actor=cast.alban.actor, facts=facts).pk]}
    organisation = cast.other_organisation.pk
    there = Processor.objects.create(organisation_id=organisation, name=_mark("etranger"), service="x", country="FR")
    world.foreign |= {"breach": [theirs.pk], "processor": [there.pk]}
