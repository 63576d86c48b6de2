"""Shared by the tests of this module."""

import datetime as dt

import pytest

from entremise.core.time import today
from entremise.intercultural import services
from entremise.intercultural.commands import UseFacts


@pytest.fixture
def shown(settings):
    """As in the demonstration: unreviewed languages are shown, with their mark."""
    settings.DEMO = True


def facts(team, **changed) -> UseFacts:
    """A need of Tigrinya, met by a professional, yesterday."""
    known = {"team_id": team.pk, "used_on": today() - dt.timedelta(days=1), "language": "ti"}
    return UseFacts(**{**known, "kind": "professionnel", "understanding": "compris", **changed})


def need(person, team, **changed):
    """The same, recorded."""
    return services.record_use(actor=person.actor, facts=facts(team, **changed))
