"""The VAE of the certifying body: one candidate heard by a jury, another whose dossier came back, then left again."""

import uuid
from typing import Any

from entremise.certification.commands import CompanionFacts, VaeDecision
from entremise.certification.services import candidates, vae, vae_decisions
from entremise.competences.queries import record_facts
from entremise.core.actor import Actor

RECORD = "RNCP41674"
_CARD = b"%PDF-1.4\n% exemple : une carte d'identite inventee\n%%EOF\n"
_FILE = b"%PDF-1.4\n% exemple : un dossier de validation invente\n%%EOF\n"
# What was lived, block after block; the same few lines serve each competence of the block.
_LIVED = (
    "Six ans d’accueil dans une maison de quartier : je recevais, j’écoutais, j’orientais vers le bon guichet.",
    "Au pied des immeubles, avec un collègue, deux soirs par semaine : présence, veille, apaisement entre voisins.",
    "Avec les habitants et le bailleur, une fête d’escalier puis un jardin partagé, du premier tract au bilan.",
    "Réunions de coordination chaque mois ; j’écrivais le compte rendu et je préparais les chiffres de l’équipe.",
)
_UNREADABLE = "La pièce d’identité est coupée : le nom de naissance ne se lit pas. Joignez-la de nouveau."


class VaeStory:
    """Gestures of a candidate without account, written by the certifier as it received them."""

    def __init__(self, boss: Actor, candidate_id: uuid.UUID, companion: uuid.UUID) -> None:
        self.boss, self.companion = boss, companion
        self.me: dict[str, Any] = {"actor": boss, "candidate_id": candidate_id}

    def write_and_send(self) -> None:
        """Each competence told, the card joined, the opinion given, the statement sworn."""
        person = CompanionFacts(kind="companion", member_id=self.companion)
        candidates.name_companion(facts=person, **self.me)
        for lived, block in zip(_LIVED, record_facts(RECORD).blocks, strict=True):
            answers = ("yes", "yes", "partly")
            told = {one.code: (lived, answers[rank % 3]) for rank, one in enumerate(block.competences)}
            vae.write_competences(told=told, **self.me)
        vae.add_piece(kind="id_card", name="carte-exemple.pdf", content=_CARD, **self.me)
        words = "Un parcours dense, des situations précises : le jury aura de quoi échanger."
        vae.give_opinion(opinion="favorable", reason=words, **self.me)
        vae.send_feasibility(sworn=True, **self.me)

    def come_back(self) -> None:
        """Incomplete, with its reason."""
        self._decide("incomplete", _UNREADABLE)

    def send_again(self) -> None:
        """The card joined anew."""
        vae.add_piece(kind="id_card", name="carte-entiere-exemple.pdf", content=_CARD, **self.me)
        vae.send_feasibility(sworn=True, **self.me)

    def admit(self) -> None:
        """Admissible, and the dossier de validation follows."""
        self._decide("admissible", "")
        vae.add_piece(kind="validation", name="dossier-exemple.pdf", content=_FILE, **self.me)
        vae.send_validation(**self.me)

    def check(self) -> None:
        """Verified: a jury may hear the candidate."""
        vae_decisions.decide_validation(facts=VaeDecision(decision="verified"), **self.me)

    def _decide(self, decision: str, reason: str) -> None:
        vae_decisions.decide_feasibility(facts=VaeDecision(decision=decision, reason=reason), **self.me)
