"""What happens to organisations, teams and members."""

from dataclasses import dataclass

from entremise.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class OrganisationCreated(Event):
    name = "organisation.created"
    target_type = "organisation"


@dataclass(frozen=True, kw_only=True)
class TeamCreated(Event):
    name = "team.created"
    target_type = "team"


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    name = "member.joined"
    target_type = "member"
