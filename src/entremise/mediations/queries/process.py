"""What is true of a mediation now, for the process to judge."""

from dataclasses import dataclass, field

from entremise.mediations.enums import SessionKind, Stage
from entremise.mediations.models import Case, Consent, MediationAgreement, Party, Session
from entremise.mediations.process import Facts, endings, former_steps, next_steps, passed_over, refusals


def facts_of(case: Case) -> Facts:
    """The facts of a case whose rows were just read, in a constant number of queries."""
    parties = list(Party.objects.filter(case=case))
    living = set(Consent.objects.filter(case=case, withdrawn_at=None).values_list("party_id", flat=True))
    met = heard_apart(case)
    everyone = {party.pk for party in parties}
    return Facts(
        parties=len(parties),
        free_mediator=bool(case.mediator_ids),
        admissible=case.accepted_on is not None,
        contacted=bool(parties) and all(party.contacted_on for party in parties),
        interviewed=bool(parties) and all(party.letter in met for party in parties),
        consents=bool(parties) and everyone <= living,
        concluded=concluded_agreement(case, everyone) is not None,
    )


def heard_apart(case: Case) -> set[str]:
    """The letters of the parties that had an interview of their own, with the frame explained."""
    apart = Session.objects.filter(case=case, kind=SessionKind.INFORMATION, frame_explained=True)
    return {letter for present in apart.values_list("present", flat=True) for letter in present}


def concluded_agreement(case: Case, everyone: set) -> MediationAgreement | None:
    """The agreement in force: the latest, concluded, signed by every party; None while another is being drafted."""
    latest = MediationAgreement.objects.filter(case=case).prefetch_related("signatures").order_by("drafted_at").last()
    if latest is None or latest.concluded_at is None:
        return None
    return latest if everyone <= {one.party_id for one in latest.signatures.all()} else None


@dataclass(frozen=True)
class Way:
    """A stage that may follow, what it would leave aside, and what is missing for it."""

    target: Stage
    label: str
    missing: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Ways:
    """Where a case may go from here."""

    forward: list[Way]
    back: list[Way]
    endings: list[tuple[str, str]]


def ways_of(case: Case, facts: Facts) -> Ways:
    """Next stages with what each asks, former stages, and how the case may be closed."""
    stage = Stage(case.stage)
    forward = [
        Way(
            target,
            str(target.label),
            refusals(stage, target, facts),
            [str(skipped.label) for skipped in passed_over(stage, target)],
        )
        for target in next_steps(stage)
        if target != Stage.SUIVI  # reached by concluding the agreement
        or facts.concluded
    ]
    back = [Way(target, str(target.label)) for target in former_steps(stage)]
    return Ways(forward, back, [(one.value, str(one.label)) for one in endings(stage, facts)])
