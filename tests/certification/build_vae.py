"""A candidate by the VAE, taken as far as a test needs."""

from entremise.certification.commands import CompanionFacts, VaeDecision
from entremise.certification.models import Candidate, VaeDossier
from entremise.certification.queries.vae import told_of
from entremise.certification.services import vae, vae_decisions
from entremise.certification.services.candidates import name_companion
from entremise.competences.queries import record_facts
from tests.certification import build

PDF = b"%PDF-1.7 une page"
WORDS = "À l’accueil d’un centre social, trois ans, chaque semaine."


def candidate(house: build.House, *, blocks=build.BLOCKS, account="camille", **facts) -> Candidate:
    """A file by the VAE, with its account and, as accompagnateur, Farid."""
    route = build.candidacy(route="vae", block_codes=blocks, experience_months=None, internship_hours=None)
    told = {"member_id": house.people[account].member.pk} if account else {}
    found = build.candidate(house, route, **(told | facts))
    companion = CompanionFacts(kind="companion", member_id=house.people["farid"].member.pk)
    name_companion(actor=house.boss, candidate_id=found.pk, facts=companion)
    return found


def written(house: build.House, found: Candidate, actor=None, words: str = WORDS) -> dict[str, object]:
    """Everything a dossier de faisabilité asks, not sent; gives what names its author and its file."""
    me = {"actor": actor or house.boss, "candidate_id": found.pk}
    candidacy = found.candidacies.get(withdrawn_on=None)
    aimed = set(candidacy.enrolments.values_list("block_code", flat=True))
    for block in record_facts("RNCP41674").blocks:
        if block.code in aimed:
            vae.write_competences(told={one.code: (words, "yes") for one in block.competences}, **me)
    vae.add_piece(kind="id_card", name="carte.pdf", content=PDF, **me)
    return me


def sent(house: build.House, found: Candidate, **told) -> VaeDossier:
    """Sent to the certifier."""
    return vae.send_feasibility(sworn=True, **written(house, found, **told))


def decided(house: build.House, found: Candidate, decision: str, reason: str = "") -> VaeDossier:
    """The certifier decided of the feasibility."""
    facts = VaeDecision(decision=decision, reason=reason)
    return vae_decisions.decide_feasibility(actor=house.boss, candidate_id=found.pk, facts=facts)


def validation_sent(house: build.House, found: Candidate) -> VaeDossier:
    """The dossier de validation sent."""
    me = {"actor": house.boss, "candidate_id": found.pk}
    vae.add_piece(kind="validation", name="dossier.pdf", content=PDF, **me)
    return vae.send_validation(**me)


def checked(house: build.House, found: Candidate, decision: str = "verified", reason: str = "") -> VaeDossier:
    """The certifier checked it."""
    facts = VaeDecision(decision=decision, reason=reason)
    return vae_decisions.decide_validation(actor=house.boss, candidate_id=found.pk, facts=facts)


def ready(house: build.House, found: Candidate) -> VaeDossier:
    """Admissible and verified: a jury may hear them."""
    sent(house, found)
    decided(house, found, "admissible")
    validation_sent(house, found)
    return checked(house, found)


def texts(found: Candidate) -> set[str]:
    """What is written in the dossier, competence by competence."""
    return {row.text for row in told_of(VaeDossier.objects.get(candidate=found)).values()}
