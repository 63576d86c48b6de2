"""What happens to followed persons. Codes and identifiers only."""

from entremise.journal.events import Event


class PersonErased(Event):
    """Rows emptied, key destroyed; ``codes`` hold the ground."""

    name = "person.erased"
    target_type = "person"


class BackupTaken(Event):
    """A backup was written; ``codes`` hold its size."""

    name = "backup.taken"
    target_type = "backup"


class BackupFailed(Event):
    """A backup could not be written; ``codes`` hold why."""

    name = "backup.failed"
    target_type = "backup"


class BackupRehearsed(Event):
    """A backup was restored apart and verified; ``codes`` hold whether everything held."""

    name = "backup.rehearsed"
    target_type = "rehearsal"


class InstallationRestored(Event):
    """The installation came back from a backup; ``codes`` hold the epoch and how many erasures were applied again."""

    name = "installation.restored"
    target_type = "restore_epoch"


class RequestRecorded(Event):
    """Codes: the right asked, how it came, the last day to answer."""

    name = "data_request.recorded"
    target_type = "data_request"


class RequestTaken(Event):
    name = "data_request.taken"
    target_type = "data_request"


class RequestMatched(Event):
    """The person was found in the files, or is not there."""

    name = "data_request.matched"
    target_type = "data_request"


class IdentityChecked(Event):
    name = "data_request.identity_checked"
    target_type = "data_request"


class RequestExtended(Event):
    """Two months more; the person was told."""

    name = "data_request.extended"
    target_type = "data_request"


class RequestAnswered(Event):
    """Codes: outcome, ground of a refusal, days left."""

    name = "data_request.answered"
    target_type = "data_request"


class PersonOpened(Event):
    name = "person.opened"
    target_type = "person"


class PersonCorrected(Event):
    name = "person.corrected"
    target_type = "person"


class PersonRead(Event):
    """Someone opened the person's file."""

    name = "person.read"
    target_type = "person"


class AgreementGiven(Event):
    """Codes: ``agreement`` (identifier), ``purpose``, ``partner`` (identifier or empty), ``manner``."""

    name = "agreement.given"
    target_type = "person"


class AgreementWithdrawn(Event):
    """Codes: ``agreement`` (the one withdrawn), ``purpose``, ``partner``."""

    name = "agreement.withdrawn"
    target_type = "person"


class PersonRestricted(Event):
    """Kept, no longer used; codes: the request."""

    name = "person.restricted"
    target_type = "person"


class RestrictionLifted(Event):
    name = "person.restriction_lifted"
    target_type = "person"


class PersonOpposed(Event):
    """The person objects to being followed: what is planned for them stops; codes: the request."""

    name = "person.opposed"
    target_type = "person"
