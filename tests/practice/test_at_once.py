"""Two clicks on one button: the second waits for the first, then is told what it wrote."""

import pytest

from entremise.core.errors import InvalidInput
from tests.at_once import at_once
from tests.practice import build_portfolio as build


@pytest.mark.django_db(transaction=True)
def test_two_clicks_write_one_line(transactional_db, lifted_triggers, cast, real_files):
    real_files()
    found, failures = at_once([lambda: build.line(cast.samia)] * 3)
    assert len(found) == 1
    assert [type(one) for one in failures] == [InvalidInput, InvalidInput]
