"""A place, an on-call chain, and a queue that is read by hand."""

import pytest

from entremise.safety import services
from entremise.safety.services import RungFacts
from tests.presence.conftest import ground

__all__ = ["ground"]


@pytest.fixture
def chain(cast):
    """claire answers first, then the number of the night."""
    return services.set_chain(
        actor=cast.alban.actor,
        rungs=[
            RungFacts(member_id=cast.claire.member.pk, label="Encadrement", phone="06 00 00 00 01", delay_minutes=5),
            RungFacts(label="Astreinte de nuit", phone="06 00 00 00 02", delay_minutes=10),
        ],
    )
