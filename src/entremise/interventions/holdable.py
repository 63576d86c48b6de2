"""How a legal hold finds an act by its reference."""

import uuid

from entremise.core.ids import read_reference
from entremise.interventions.models import Intervention, MergedAct
from entremise.privacy.holdable import only


def find_act(organisation_id: uuid.UUID, text: str) -> uuid.UUID | None:
    """The act of a reference, which it keeps as it was made, on a phone or here."""
    if not (reference := read_reference(text)):
        return None
    acts = Intervention.objects.filter(organisation_id=organisation_id, reference=reference)
    merged = MergedAct.objects.filter(organisation_id=organisation_id, reference=reference)
    return only([*acts.values_list("pk", flat=True)[:2], *merged.values_list("kept_id", flat=True)[:2]])
