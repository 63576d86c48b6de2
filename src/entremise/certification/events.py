"""What happens to candidates, sessions, minutes and certificates. Codes, counts and fingerprints only."""

from entremise.journal.events import Event


class SettingsChanged(Event):
    name = "certifier_settings.changed"
    target_type = "certifier_settings"


class CandidateOpened(Event):
    name = "candidate.opened"
    target_type = "candidate"


class CandidateChanged(Event):
    """Civil status, prerequisites, enrolments or companions; ``codes`` say which."""

    name = "candidate.changed"
    target_type = "candidate"


class CandidateErased(Event):
    name = "candidate.erased"
    target_type = "candidate"


class JurorChanged(Event):
    """Someone entered the roster of juries, or what is known of them changed."""

    name = "juror.changed"
    target_type = "juror"


class TieDeclared(Event):
    name = "juror.tie_declared"
    target_type = "juror"
