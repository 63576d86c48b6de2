"""What the trade decides in advance: the kind of presence that a job is mostly out for."""

from entremise.accounts.enums import Job
from entremise.presence.enums import RoundKind

USUAL_KINDS = {
    Job.MILIEU_SCOLAIRE: RoundKind.ABORDS_ECOLE,
    Job.TRANSPORTS: RoundKind.LIGNE,
    Job.POINTS_ACCUEIL: RoundKind.PERMANENCE,
    Job.EMPLOI: RoundKind.PERMANENCE,
    Job.NUMERIQUE: RoundKind.PERMANENCE,
}


def usual_kind(job: str) -> RoundKind:
    """The kind a form starts from; a round for the jobs of the street, and for a job unknown."""
    known: dict[str, RoundKind] = {wanted.value: kind for wanted, kind in USUAL_KINDS.items()}
    return known.get(job, RoundKind.TOURNEE)
