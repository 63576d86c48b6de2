"""The registers of data protection of both organisations, for ``tests/matrix_world.py``."""

import io
import uuid

from PIL import Image

from entremise.core.time import today
from entremise.documents.services import clean_picture
from entremise.presence.services.photos import add_photos
from entremise.privacy.models import Processor
from entremise.privacy.queries.impact import Study
from entremise.privacy.services.breaches import report_breach
from entremise.privacy.services.impact import save_impact
from entremise.privacy.services.processors import ProcessorFacts, add_processor
from entremise.privacy.services.register import write_house

AUDIENCES = {"registre": {"alban", "dora", "leo"}, "violation": {"alban", "dora"}}
KINDS = {"breach_id": "breach", "processor_id": "processor", "photo_id": "photo"}
TEXTS = {"processing": "suivi", "number": "1"}


def _mark(audience: str) -> str:
    return f"MARQUE-{audience}-FIN"


def _photo(author, defect: uuid.UUID) -> uuid.UUID:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "seagreen").save(buffer, "JPEG")
    buffer.seek(0)
    return add_photos(actor=author.actor, defect_id=defect, pictures=[clean_picture(buffer)])[0].pk


def fill(world) -> None:
    """A breach and a processor on each side, a register and an assessment on ours."""
    cast = world.cast
    write_house(actor=cast.dora.actor, base=0, controller=_mark("registre"))
    save_impact(actor=cast.dora.actor, code="suivi", base=0, study=Study({"context": _mark("registre")}))
    facts = ProcessorFacts(name=_mark("registre"), service="Hébergement", country="FR", contract_on=today())
    breach = report_breach(actor=cast.samia.actor, kind="appareil", description=_mark("violation"))
    theirs = report_breach(actor=cast.ines.actor, kind="courriel", description=_mark("etranger"))
    world.own["photo"] = [_photo(cast.samia, world.own["defect"][0])]
    world.foreign["photo"] = [_photo(cast.ines, world.foreign["defect"][0])]
    world.own |= {"breach": [breach.pk], "processor": [add_processor(actor=cast.alban.actor, facts=facts).pk]}
    organisation = cast.other_organisation.pk
    there = Processor.objects.create(organisation_id=organisation, name=_mark("etranger"), service="x", country="FR")
    world.foreign |= {"breach": [theirs.pk], "processor": [there.pk]}
