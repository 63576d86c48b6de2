"""A fixed evening, and a hall."""

import pytest
import time_machine

from tests.interventions.build import at, site


@pytest.fixture(autouse=True)
def evening():
    """20 November 2026, 19:50: eight minutes after the acts of the tests."""
    with time_machine.travel(at(minute=50), tick=False):
        yield


@pytest.fixture
def hall(cast):
    """A hall of the first organisation."""
    return site(cast.claire)
