"""Which competences a piece of evidence may speak for, by declared rules on codes. Text is never read.

The software proposes; the author ticks, or not, and adds what they like.
"""

from collections.abc import Iterable

from entremise.practice.enums import EvidenceKind
from entremise.practice.saying import Trait

RECORD = "RNCP41674"
BY_KIND: dict[str, tuple[str, ...]] = {
    EvidenceKind.ACT: ("C10",),  # it was noted: the activity is accounted for
    EvidenceKind.MEDIATION: ("C8",),
    EvidenceKind.SHEET: ("C11",),
    EvidenceKind.WORKSHOP: ("C17",),
    EvidenceKind.DIAGNOSIS: ("C1", "C2"),
    EvidenceKind.PROJECT: ("C18", "C19"),
    EvidenceKind.DOCUMENT: (),
}
BY_CODE: dict[Trait, tuple[str, ...]] = {
    ("L1", "presence_active"): ("C5", "C6"),
    ("L1", "conflit_temps_reel"): ("C7",),
    ("L1", "conflit_temps_differe"): ("C8",),
    ("L1", "incomprehensions"): ("C9", "C13"),
    ("L1", "mise_en_relation"): ("C13",),
    ("L1", "concertation"): ("C17",),
    ("L1", "veille_sociale"): ("C1",),
    ("L1", "veille_technique"): ("C1",),
    ("L1", "projets_collectifs"): ("C17", "C19"),
    ("L1", "sensibilisation"): ("C17",),
    ("L1", "intermediation_culturelle"): ("C9",),
    ("L10", "demarche"): ("C13",),
    ("L10", "demarche_numerique"): ("C12",),
    ("L10", "ecoute"): ("C6",),
    ("L10", "projet"): ("C18",),
    ("L11", "numerique"): ("C12",),
    ("L11", "securite_numerique"): ("C15", "C16"),
    ("L17", "explication_cadre"): ("C5",),
    ("L17", "dialogue"): ("C6",),
    ("L17", "desamorcage"): ("C7",),
    ("L17", "separation"): ("C7",),
    ("L17", "navette"): ("C8",),
    ("L17", "table_ronde"): ("C8",),
    ("L17", "reformulation_culturelle"): ("C9",),
    ("L17", "traduction"): ("C9",),
    ("L17", "mise_en_relation"): ("C13",),
    ("L17", "aide_demarche"): ("C13",),
    ("L17", "reunion_partenaire"): ("C4",),
    ("L17", "concertation"): ("C17",),
    ("L17", "animation"): ("C17",),
    ("L18", "relais_pris"): ("C13",),
}


def proposed(kind: str, traits: Iterable[Trait]) -> list[str]:
    """References of competences, in the order of the record."""
    codes = {*BY_KIND[kind], *(code for trait in traits for code in BY_CODE.get(trait, ()))}
    return [f"{RECORD}-{code}" for code in sorted(codes, key=lambda code: int(code[1:]))]
