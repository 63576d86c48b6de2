"""The record of competences, for ``tests/matrix_world.py``."""

from entremise.competences.services import load_shipped_records
from entremise.core.actor import system_actor

TEXTS = {"record_code": "RNCP41674"}


def fill(world) -> None:
    """The record that the product ships."""
    load_shipped_records(actor=system_actor())
