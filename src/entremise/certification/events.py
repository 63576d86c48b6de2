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
    """A link between a member of the roster and a candidate; ``codes`` hold its kind and its identifier."""

    name = "juror.tie_declared"
    target_type = "juror"


class TieTakenBack(Event):
    """A link was taken back: it stays in the history. ``codes`` hold its kind and its identifier."""

    name = "juror.tie_taken_back"
    target_type = "juror"


class SessionPlanned(Event):
    name = "exam_session.planned"
    target_type = "exam_session"


class SessionChanged(Event):
    """Dates, candidates or members of a session changed; ``codes`` say which."""

    name = "exam_session.changed"
    target_type = "exam_session"


class SessionMoved(Event):
    """From a state to the next; ``codes`` say which."""

    name = "exam_session.moved"
    target_type = "exam_session"


class MemberRecused(Event):
    name = "exam_session.member_recused"
    target_type = "exam_session"


class MarksGiven(Event):
    """A member marked a candidate's block, alone."""

    name = "exam_session.marks_given"
    target_type = "exam_session"


class ResultDecided(Event):
    name = "exam_session.result_decided"
    target_type = "exam_session"


class MinutesDrawn(Event):
    """The minutes are written; ``codes`` hold their number and fingerprint."""

    name = "minutes.drawn"
    target_type = "minutes"


class MinutesSigned(Event):
    name = "minutes.signed"
    target_type = "minutes"


class MinutesSealed(Event):
    name = "minutes.sealed"
    target_type = "minutes"


class AddendumSigned(Event):
    """A correction added beside sealed minutes; ``codes`` hold its rank and fingerprint."""

    name = "minutes.addendum_signed"
    target_type = "minutes"


class CertificateDelivered(Event):
    name = "certificate.delivered"
    target_type = "certificate"


class CertificateCopied(Event):
    """The paper was made once more; ``codes`` hold the rank of the copy."""

    name = "certificate.copied"
    target_type = "certificate"


class CertificateRevoked(Event):
    name = "certificate.revoked"
    target_type = "certificate"


class BadgeKeyMade(Event):
    """A key to sign badges; ``codes`` hold its public name, and that of the one it replaces."""

    name = "badge_key.made"
    target_type = "badge_key"


class BadgeIssued(Event):
    """A badge was signed for a certificate; ``codes`` hold its identifier and fingerprint."""

    name = "badge.issued"
    target_type = "certificate"


class BadgeWithdrawn(Event):
    name = "badge.withdrawn"
    target_type = "certificate"


class DepositMade(Event):
    """A file of the official deposit was made; ``codes`` hold how many passages and its fingerprint."""

    name = "deposit.made"
    target_type = "deposit"


class DepositReplaced(Event):
    """A file that was not sent yet is made again: a civil status was corrected since."""

    name = "deposit.replaced"
    target_type = "deposit"


class DepositReported(Event):
    name = "deposit.reported"
    target_type = "deposit"


class SurveyMoved(Event):
    """A question to a holder was asked, answered, declined, closed or opened again; never what was answered."""

    name = "survey.moved"
    target_type = "survey"


class FiguresPublished(Event):
    """A wave of a promotion was published; ``codes`` hold the year, the wave and the counts."""

    name = "promotion_figures.published"
    target_type = "promotion_figures"


class ResultsNotified(Event):
    """Candidates of a sealed session were told their results; ``codes`` say how, and how many."""

    name = "exam_session.results_notified"
    target_type = "exam_session"


class VaeSettingsChanged(Event):
    name = "vae_settings.changed"
    target_type = "vae_settings"


class VaeChanged(Event):
    """A VAE dossier moved or was filled in; ``codes`` say what, never a word of it."""

    name = "vae_dossier.changed"
    target_type = "vae_dossier"


class VaeSendQueued(Event):
    """Something must leave for the national service; ``codes`` hold its kind."""

    name = "vae_send.queued"
    target_type = "vae_send"


class VaeSendTried(Event):
    """The national service answered, or did not; ``codes`` hold the kind and the code of a refusal."""

    name = "vae_send.tried"
    target_type = "vae_send"


class VaeCollected(Event):
    """Candidatures were read at the national service; ``codes`` hold how many."""

    name = "vae_service.collected"
    target_type = "organisation"


class GridWritten(Event):
    """The certifier wrote the criteria and levels of a block's examination, as a new version or in the last one."""

    name = "certification_grid.written"
    target_type = "certification_grid"


class PreparingBodyChanged(Event):
    """A body that prepares candidates was named, or given an account or a candidate; ``codes`` say which."""

    name = "preparing_body.changed"
    target_type = "preparing_body"


class PortfolioSubmitted(Event):
    """A candidate deposited a frozen portfolio; ``codes`` hold its fingerprint."""

    name = "candidate.portfolio_submitted"
    target_type = "candidate"


class ConfidentialityPledged(Event):
    """A member of a jury signed before reading the portfolios of a session."""

    name = "exam_session.confidentiality_pledged"
    target_type = "exam_session"
