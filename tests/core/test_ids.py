"""Identifiers: they sort in the order they were given, whoever reads them."""

import uuid

from entremise.core.ids import uuid7, uuid7_at


def test_what_is_written_in_the_same_millisecond_keeps_its_order():
    given = [uuid7() for _ in range(500)]
    assert given == sorted(given)
    assert len({value.int >> 80 for value in given}) < 500  # several share a millisecond


def test_an_identifier_is_a_version_7_of_its_instant():
    value = uuid7_at(1_700_000_000_123)
    assert (value.version, value.variant) == (7, uuid.RFC_4122)
    assert value.int >> 80 == 1_700_000_000_123
    assert (uuid7().version, uuid7().variant) == (7, uuid.RFC_4122)
