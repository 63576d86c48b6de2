"""Carry out a retention rule as the nightly run does, for the tests of every module."""

import datetime as dt

from django.db import transaction

from entremise.core import personal
from entremise.core.time import now


def carry_out(code: str, organisation_id=None) -> int:
    """Deal with what is due under a rule now; gives how many rows."""
    rule = personal.rule(code)
    limit = now() - dt.timedelta(days=rule.days + rule.grace)
    due = list(rule.due(organisation_id, limit).order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        rule.apply(due)
    assert not rule.due(organisation_id, limit).exists()
    return len(due)
