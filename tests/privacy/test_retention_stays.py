"""Whom the night leaves alone although their two years are over."""

import pytest

from entremise.privacy.models import Person
from entremise.privacy.services.requests import Answer, answer_request
from entremise.privacy.services.restriction import accept_opposition, lift_restriction, restrict_person
from tests.privacy.build import asked
from tests.privacy.people import agreement
from tests.privacy.retention_world import followed, go

pytestmark = pytest.mark.django_db


def test_who_waits_for_an_answer_or_asked_that_their_data_be_kept_is_not_erased(cast):
    """Before: the answer to an access asked the day before the two years would have been "nothing"."""
    waits, kept, opposed = followed(cast, 3)
    access = asked(cast, person=waits)
    limitation = asked(cast, kind="limitation", person=kept)
    restrict_person(actor=cast.dora.actor, request_id=limitation.pk)
    answer_request(actor=cast.dora.actor, request_id=limitation.pk, answer=Answer(outcome="acceptee"))
    accept_opposition(actor=cast.dora.actor, request_id=asked(cast, kind="opposition", person=opposed).pk)
    assert go(cast).done == 1
    assert set(Person.objects.filter(erased_at=None)) == {waits, kept}
    answer_request(actor=cast.dora.actor, request_id=access.pk, answer=Answer(outcome="acceptee"))
    lift_restriction(actor=cast.dora.actor, request_id=limitation.pk)
    assert go(cast).done == 2


def test_an_agreement_is_a_contact(cast):
    (old,) = followed(cast)
    agreement(cast, old)
    assert go(cast) is None
