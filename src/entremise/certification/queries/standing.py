"""Where a candidate stands: what is acquired, why a block was not, what is left, which papers may be delivered."""

from dataclasses import dataclass

from entremise.certification.models import Candidate, Certificate, CertifierSettings
from entremise.certification.prerequisites import missing_before_certification, missing_before_jury
from entremise.certification.queries.candidates import latest_candidacy, open_candidacy, proofs_of
from entremise.certification.queries.certificates import certificates_of
from entremise.certification.queries.certifier import choices_of
from entremise.certification.queries.results import Acquired, counting, results_of
from entremise.competences.queries import BlockFacts, RecordFacts, equivalences_of
from entremise.core.actor import Actor


@dataclass(frozen=True)
class Standing:
    """``left`` is empty until a first result came; ``missing`` keeps from a jury, ``left`` from the certification."""

    acquired: dict[str, Acquired]
    refusals: list[Acquired]
    missing: list[str]
    left: list[str]
    certificates: list[Certificate]
    to_attest: list[BlockFacts]
    may_certify: bool


def standing_of(actor: Actor, candidate: Candidate, record: RecordFacts, settings: CertifierSettings) -> Standing:
    """The standing of a file the actor reads; five queries."""
    choices = choices_of(settings)
    held, last = open_candidacy(candidate), latest_candidacy(candidate)
    results = results_of(candidate.pk)
    acquired = counting(results, record.code, equivalences_of(candidate.organisation_id))
    since = {(one.record_code, one.block_code) for one in results if one.is_acquired}
    since |= {(record.code, code) for code in acquired}
    left = missing_before_certification(record, choices, proofs_of(last), acquired) if last and results else []
    certificates = certificates_of(actor, candidate.pk)
    living = {one.block_code for one in certificates if one.revoked_at is None and one.record_code == record.code}
    return Standing(
        acquired=acquired,
        refusals=[one for one in results if not one.is_acquired and (one.record_code, one.block_code) not in since],
        missing=missing_before_jury(record, choices, proofs_of(held)) if held else [],
        left=left,
        certificates=certificates,
        to_attest=[
            block
            for block in record.blocks
            if block.code in acquired and not acquired[block.code].rests_on and block.code not in living
        ],
        may_certify=bool(results) and last is not None and not left and "" not in living,
    )
