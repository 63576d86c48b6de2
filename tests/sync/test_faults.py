"""A small run of ``make faults``, on the engine of the tests: nothing lost, nothing twice."""

import pytest

from tests.sync.faults import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(4))
def test_three_phones_through_a_bad_line_lose_nothing_and_repeat_nothing(seed):
    world = World(seed)
    world.run(60)
    assert world.verdict() == (0, 0)
    assert world.count >= 60


def test_the_oracle_sees_a_lost_operation_and_one_counted_twice():
    world = World(99)
    world.run(20)
    world.contacts += 1
    assert world.verdict() == (1, 0)
    world.contacts -= 2
    assert world.verdict() == (0, 1)
