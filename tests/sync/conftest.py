"""A place, and phones."""

import pytest

from entremise.places.services import create_site
from tests.sync.phone import Wire, enrol


@pytest.fixture
def hall(cast):
    """A hall of the first organisation."""
    return create_site(actor=cast.claire.actor, name="Hall 12", space_type="hall")


@pytest.fixture
def wire(cast, signed_in):
    """samia's line to the server."""
    return Wire(signed_in(cast.samia))


@pytest.fixture
def phone(cast, wire):
    """samia's phone."""
    return enrol(wire, cast.samia)


@pytest.fixture
def other(cast, signed_in):
    """paul's phone and his line."""
    line = Wire(signed_in(cast.paul))
    return enrol(line, cast.paul), line
