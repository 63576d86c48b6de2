"""Two fiches opened at once never get the same reference, on either engine."""

import pytest
from django.db import transaction

from entremise.privacy.models import Person
from entremise.privacy.services import open_person
from tests.at_once import at_once
from tests.privacy.people import facts

THREADS, EACH = 4, 3


@pytest.mark.django_db(transaction=True)
def test_creations_at_once_follow_each_other_without_a_gap(lifted_triggers, cast, real_files):
    real_files()

    def create() -> list[str]:
        return [open_person(actor=cast.samia.actor, facts=facts(cast)).reference for _ in range(EACH)]

    found, failures = at_once([create] * THREADS)
    assert failures == []
    assert sorted(int(one.partition("-")[2]) for told in found for one in told) == list(range(1, THREADS * EACH + 1))


@pytest.mark.django_db
def test_an_abandoned_creation_leaves_no_gap(cast):
    with pytest.raises(RuntimeError), transaction.atomic():
        open_person(actor=cast.samia.actor, facts=facts(cast))
        raise RuntimeError("the rest failed")
    assert open_person(actor=cast.samia.actor, facts=facts(cast)).reference.endswith("-1")
    assert Person.objects.count() == 1
