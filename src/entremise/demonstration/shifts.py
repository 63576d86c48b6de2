"""What each team does on which days of the week: when, where, and how much happens."""

from dataclasses import dataclass

from entremise.presence.enums import RoundKind


@dataclass(frozen=True)
class Shift:
    """What a team does on some days of the week: when, where, how much happens."""

    team: str
    people: tuple[str, ...]
    kind: str
    sector: str
    weekdays: frozenset[int]
    start: tuple[int, int]
    hours: float
    sites: tuple[str, ...]
    stops: int
    contacts: tuple[int, int]
    acts: float
    topics: tuple[str, ...]
    registers: tuple[str, ...]
    publics: tuple[str, ...]
    bands: tuple[str, ...]


TISSERANDS = (
    "Hall 4, allée des Lilas", "Hall 8, allée des Lilas", "Hall 12, rue des Peupliers", "Parking des Lilas",
    "Abords de la tour Navette", "Escalier C, rue du Rouet", "Local à déchets du Rouet", "Place des Marronniers",
    "City-stade du Métier", "Square de la Bobine",
)  # fmt: skip
ADULTS = ("vingt_cinq_trente_neuf", "quarante_cinquante_neuf", "soixante_soixante_neuf", "soixante_dix_plus")
YOUNG = ("douze_dix_huit", "dix_huit_vingt_quatre")
SHIFTS = (
    Shift(
        "soir", ("samia", "paul"), RoundKind.TOURNEE, "Les Tisserands", frozenset(range(6)), (17, 30), 3.75, TISSERANDS,
        5, (4, 14), 3.6, ("bruit", "regroupement", "parties_communes", "proprete", "stationnement", "jeux"),
        ("presence_active", "mise_en_relation", "concertation", "projets_collectifs"),
        ("habitant", "jeune", "senior", "parent_eleve"), (*YOUNG, *ADULTS),
    ),
    Shift(
        "nuit", ("maud", "yann"), RoundKind.TOURNEE, "Les Tisserands", frozenset({3, 4, 5}), (21, 30), 4.0,
        (*TISSERANDS[:5], "Place des Marronniers", "Esplanade des Halles"), 4, (2, 9), 2.2,
        ("bruit", "regroupement", "stationnement"), ("presence_active", "veille_sociale"), ("habitant", "jeune"),
        (*YOUNG, "vingt_cinq_trente_neuf"),
    ),
    Shift(
        "ecole", ("idriss",), RoundKind.ABORDS_ECOLE, "Écoles", frozenset({0, 1, 3, 4}), (15, 45), 1.5,
        ("Abords du collège des Deux-Rives", "Collège des Deux-Rives", "École de la Navette"), 2, (8, 20), 1.7,
        ("insultes", "rumeur"), ("sensibilisation", "incomprehensions"), ("eleve", "parent_eleve"),
        ("moins_de_douze", "douze_dix_huit", "vingt_cinq_trente_neuf"),
    ),
    Shift(
        "tram", ("sana", "theo"), RoundKind.LIGNE, "Centre et ligne T", frozenset({1, 2, 5}), (13, 0), 4.0,
        ("Station Tisserands", "Station Halles", "Station Confluence", "Esplanade des Halles"), 4, (6, 16), 2.0,
        ("titre_transport", "file_attente"), ("presence_active", "incomprehensions"), ("voyageur", "jeune"),
        (*YOUNG, *ADULTS),
    ),
    Shift(
        "accueil", ("jeanne",), RoundKind.PERMANENCE, "Campagne et accueils", frozenset({2, 4}), (9, 0), 3.0,
        ("Permanence du Gué-Blanc", "Centre de santé des Tanneurs", "Messagerie du quartier"), 1, (3, 8), 3.0,
        ("file_attente",), ("mise_en_relation", "incomprehensions", "sensibilisation"), ("habitant", "senior"), ADULTS,
    ),
    Shift(
        "mobile", ("hugo", "lin"), RoundKind.TOURNEE, "Centre et ligne T", frozenset({0, 3}), (19, 0), 3.0,
        ("Esplanade des Halles", "Station Halles", "Médiathèque des Arcades"), 3, (3, 8), 1.4,
        ("regroupement",), ("presence_active", "mise_en_relation"), ("jeune", "passant"), YOUNG,
    ),
)  # fmt: skip
