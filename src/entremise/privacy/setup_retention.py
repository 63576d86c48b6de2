"""What retention tells the rest, once, when the applications are ready."""

from entremise.core import schedule
from entremise.privacy import holdable
from entremise.privacy.enums import HoldKind
from entremise.privacy.queries.holds import find_person
from entremise.privacy.services import retention


def set_up() -> None:
    """The nightly work, and what can be held."""
    schedule.register("privacy.conservation", retention.tick)
    holdable.register(HoldKind.PERSONNE, find_person)
