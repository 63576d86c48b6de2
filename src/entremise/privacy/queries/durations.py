"""How long each kind of data is kept here: the code's duration, or the one the organisation chose."""

import datetime as dt
import uuid
from dataclasses import dataclass

from entremise.core import personal
from entremise.core.errors import NotFound
from entremise.core.personal import Owner, Rule
from entremise.privacy.models import RetentionChoice


@dataclass(frozen=True)
class Duration:
    """Days before a row is due, days left to read it again, and the choice in force, if any."""

    days: int
    grace: int = 0
    choice: RetentionChoice | None = None

    def limit(self, at: dt.datetime) -> dt.datetime:
        """Rows whose clock began before this instant are dealt with at ``at``."""
        return at - dt.timedelta(days=self.days + self.grace)


def rule_of(code: str) -> Rule:
    """A declared rule; NotFound when there is none."""
    try:
        return personal.rule(code)
    except KeyError:
        raise NotFound("retention rule") from None


def duration_of(organisation_id: Owner, code: str) -> Duration:
    """The duration in force for a rule that has one."""
    rule = rule_of(code)
    choice = _choices(organisation_id, code).exclude(confirmed_at=None).first() if organisation_id else None
    return applied(rule, choice)


def applied(rule: Rule, choice: RetentionChoice | None) -> Duration:
    """The choice’s duration, else the code’s."""
    assert rule.days is not None  # callers run over rules that have a duration
    return Duration(choice.days if choice else rule.days, rule.grace, choice)


def proposal_of(organisation_id: uuid.UUID, code: str) -> RetentionChoice | None:
    """A shorter duration that waits for its confirmation."""
    return _choices(organisation_id, code).filter(confirmed_at=None).first()


def _choices(organisation_id: uuid.UUID, code: str):  # type: ignore[no-untyped-def]
    return RetentionChoice.objects.filter(organisation_id=organisation_id, rule_code=code, withdrawn_at=None)
