"""How a legal hold finds an act or a thread by its reference."""

import re
import uuid

from django.db.models import CharField
from django.db.models.functions import Cast

from entremise.core.ids import short_reference
from entremise.interventions.models import Intervention, Thread

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_REFERENCE = re.compile(r"^([0-9A-HJKMNP-TV-Z]{4})[ -]?([0-9A-HJKMNP-TV-Z]{3})$")


def _read(text: str) -> str:
    typed = _REFERENCE.match(text.strip().upper())
    return "-".join(typed.groups()) if typed else ""


def find_act(organisation_id: uuid.UUID, text: str) -> uuid.UUID | None:
    """The act of a reference; None when there is none, or two (the reference helps people, it is no key)."""
    reference = _read(text)
    rows = Intervention.objects.filter(organisation_id=organisation_id, reference=reference) if reference else None
    found = list(rows.values_list("pk", flat=True)[:2]) if rows is not None else []
    return found[0] if len(found) == 1 else None


def find_thread(organisation_id: uuid.UUID, text: str) -> uuid.UUID | None:
    """The thread of a reference: its identifier ends with the same bits, so the database looks for its last signs."""
    reference = _read(text)
    if not reference:
        return None
    bits = 0
    for sign in reference.replace("-", ""):
        bits = bits << 5 | _ALPHABET.index(sign)
    tail = f"{bits & 0xFFFFFFFF:08x}"  # the last eight signs: no dash on either engine
    rows = Thread.objects.filter(organisation_id=organisation_id).annotate(text=Cast("pk", CharField()))
    found = list(rows.filter(text__endswith=tail).values_list("pk", flat=True)[:9])
    found = [pk for pk in found if short_reference(pk) == reference]
    return found[0] if len(found) == 1 else None
