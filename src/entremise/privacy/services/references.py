"""References of persons: the year, then a number that goes up, per organisation."""

import uuid

from entremise.core.time import today
from entremise.privacy.models import ReferenceCounter


def next_reference(organisation_id: uuid.UUID) -> str:
    """The next reference, ``26-117``. Called in the transaction that saves the person.

    The counter's row stays locked until that transaction ends (SQLite takes the whole database for writing as it
    begins), so that two creations at once never get the same number and an abandoned one leaves no gap.
    """
    year = today().year % 100
    ReferenceCounter.objects.get_or_create(organisation_id=organisation_id, year=year)
    counter = ReferenceCounter.objects.select_for_update().get(organisation_id=organisation_id, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{year:02d}-{counter.last}"
