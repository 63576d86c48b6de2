"""What happens to organisations, teams, members, accounts and lists."""

from entremise.journal.events import Event


class OrganisationCreated(Event):
    name = "organisation.created"
    target_type = "organisation"


class OrganisationContactChanged(Event):
    """The address to which those it writes to may answer."""

    name = "organisation.contact_changed"
    target_type = "organisation"


class OrganisationEntered(Event):
    """A person switched to it."""

    name = "organisation.entered"
    target_type = "organisation"


class TeamCreated(Event):
    name = "team.created"
    target_type = "team"


class TeamChanged(Event):
    name = "team.changed"
    target_type = "team"


class TeamClosed(Event):
    name = "team.closed"
    target_type = "team"


class TeamReopened(Event):
    name = "team.reopened"
    target_type = "team"


class MemberJoined(Event):
    name = "member.joined"
    target_type = "member"


class MemberChanged(Event):
    """Roles or teams."""

    name = "member.changed"
    target_type = "member"


class MemberLeft(Event):
    """Acts keep the function; what belongs to the author follows the author."""

    name = "member.left"
    target_type = "member"


class InvitationSent(Event):
    """First time or again: the mail goes by the work queue."""

    name = "invitation.sent"
    target_type = "invitation"


class InvitationPrepared(Event):
    """Its link is handed over by the operator, without a mail."""

    name = "invitation.prepared"
    target_type = "invitation"


class InvitationRevoked(Event):
    name = "invitation.revoked"
    target_type = "invitation"


class InvitationAccepted(Event):
    name = "invitation.accepted"
    target_type = "invitation"


class AccountOpened(Event):
    name = "account.opened"
    target_type = "account"


class AccountClosed(Event):
    """No organisation left."""

    name = "account.closed"
    target_type = "account"


class ProfileChanged(Event):
    name = "account.profile_changed"
    target_type = "account"


class SignedIn(Event):
    name = "sign_in.succeeded"
    target_type = "account"


class SignInLocked(Event):
    """Too many wrong passwords."""

    name = "sign_in.locked"
    target_type = "account"


class SignedOut(Event):
    name = "sign_in.ended"
    target_type = "account"


class SessionsClosed(Event):
    """One or several, by their owner or by a departure."""

    name = "session.closed"
    target_type = "account"


class SecondFactorEnabled(Event):
    name = "second_factor.enabled"
    target_type = "account"


class SecondFactorDisabled(Event):
    name = "second_factor.disabled"
    target_type = "account"


class SecondFactorPassed(Event):
    name = "second_factor.passed"
    target_type = "account"


class SecondFactorFailed(Event):
    name = "second_factor.failed"
    target_type = "account"


class RecoveryCodesRenewed(Event):
    name = "second_factor.codes_renewed"
    target_type = "account"


class PasswordChanged(Event):
    name = "password.changed"
    target_type = "account"


class ConfidencesClosed(Event):
    """Someone got in by a way that proves nothing of the owner: vaults and notebooks are shut for a while.

    ``codes["by"]`` is a ``NewWayIn``. Modules that keep confidences subscribe to warn those whom it concerns.
    """

    name = "account.confidences_closed"
    target_type = "account"


class PasswordResetRequested(Event):
    """The link is made and sent by the work queue."""

    name = "password.reset_requested"
    target_type = "account"


class EmailChangeRequested(Event):
    """The link is made and sent by the work queue."""

    name = "email.change_requested"
    target_type = "account"


class EmailChanged(Event):
    name = "email.changed"
    target_type = "account"


class ListItemChanged(Event):
    """Renamed, hidden, shown or completed."""

    name = "list_item.changed"
    target_type = "list_item"


class SensitiveAllowed(Event):
    name = "sensitive.allowed"
    target_type = "sensitive_option"


class SensitiveWithdrawn(Event):
    name = "sensitive.withdrawn"
    target_type = "sensitive_option"
