"""The questions about an act: which list, which words, where in the page."""

from dataclasses import dataclass

from entremise.interventions.enums import (
    Action,
    ConflictKind,
    ConflictObject,
    ContactMode,
    Demand,
    FollowUp,
    History,
    LanguageNeed,
    Origin,
    Outcome,
    PublicConfiguration,
    PublicQuality,
    Theme,
)

CONFLICT, DEMAND, DANGER, PUBLIC, TIMING, NEXT = "conflict", "demand", "danger", "public", "timing", "next"


@dataclass(frozen=True)
class Question:
    """One list asked as chips: ``many`` answers or one; ``usual`` codes in sight before habits are learned."""

    name: str
    reference: str
    label: str
    part: str
    many: bool
    usual: tuple[str, ...] = ()
    help_text: str = ""
    visible: int = 5


REGISTERS = Question("registers", "L1", "Que s’est-il passé ?", "", True, visible=4)
OUTCOME = Question(
    "outcome",
    "L18",
    "Avec quel résultat ?",
    "",
    False,
    (
        Outcome.APAISE,
        Outcome.INFO_DONNEE,
        Outcome.DIALOGUE_RETABLI,
        Outcome.DEMANDE_SATISFAITE,
        Outcome.ACCORD_ORAL,
    ),
    visible=5,
)

QUESTIONS = (
    Question(
        "conflict_objects",
        "L13",
        "À propos de",
        CONFLICT,
        True,
        (ConflictObject.BRUIT, ConflictObject.REGROUPEMENT, ConflictObject.PARTIES_COMMUNES, ConflictObject.PROPRETE),
        visible=4,
    ),
    Question(
        "conflict_kind",
        "L12",
        "Entre qui",
        CONFLICT,
        False,
        (ConflictKind.VOISINS, ConflictKind.HABITANTS_GROUPE, ConflictKind.USAGES, ConflictKind.USAGER_SERVICE),
        visible=4,
    ),
    Question("history", "L14", "Est-ce déjà arrivé ?", CONFLICT, False, tuple(History)),
    Question(
        "demands",
        "L10",
        "Ce que la personne demande",
        DEMAND,
        True,
        (Demand.INFORMATION, Demand.ORIENTATION, Demand.DEMARCHE, Demand.ECOUTE),
        visible=4,
    ),
    Question(
        "themes",
        "L11",
        "Thèmes",
        DEMAND,
        True,
        (Theme.VOISINAGE, Theme.LIEN_SOCIAL, Theme.LOGEMENT, Theme.DROITS_SOCIAUX),
        visible=4,
    ),
    Question(
        "language_need",
        "L9",
        "Pour se comprendre",
        DEMAND,
        False,
        (LanguageNeed.AUCUN, LanguageNeed.FRANCAIS_SIMPLE, LanguageNeed.BILINGUE, LanguageNeed.INTERPRETE),
        visible=4,
    ),
    Question("dangers", "L16", "Signaux de danger", DANGER, True, visible=12),
    Question(
        "configurations",
        "L5",
        "Seul, en groupe",
        PUBLIC,
        True,
        (
            PublicConfiguration.PERSONNE_SEULE,
            PublicConfiguration.GROUPE_2_5,
            PublicConfiguration.GROUPE_6_10,
            PublicConfiguration.FAMILLE,
        ),
    ),
    Question(
        "publics",
        "L8",
        "À quel titre",
        PUBLIC,
        True,
        (PublicQuality.HABITANT, PublicQuality.JEUNE, PublicQuality.PASSANT, PublicQuality.USAGER),
    ),
    Question(
        "origin",
        "L2",
        "Qui a fait le premier pas",
        TIMING,
        False,
        (Origin.INITIATIVE_MEDIATEUR, Origin.HABITANT, Origin.APPEL, Origin.COLLEGUE, Origin.BAILLEUR),
    ),
    Question(
        "contact_mode",
        "L3",
        "Mode de contact",
        TIMING,
        False,
        (ContactMode.SUR_SITE, ContactMode.PERMANENCE, ContactMode.TELEPHONE, ContactMode.DOMICILE),
    ),
    Question(
        "actions",
        "L17",
        "Ce que vous avez fait",
        NEXT,
        True,
        (Action.DIALOGUE, Action.DESAMORCAGE, Action.RAPPEL_REGLES, Action.INFORMATION, Action.ORIENTATION),
    ),
    Question(
        "follow_ups",
        "L19",
        "Suites",
        NEXT,
        True,
        (FollowUp.AUCUNE, FollowUp.REPASSAGE, FollowUp.CONSIGNE, FollowUp.RDV, FollowUp.ENCADREMENT),
    ),
    Question(
        "partners",
        "L20",
        "Partenaires sollicités",
        NEXT,
        True,
        ("bailleur", "mairie", "association", "centre_social", "mission_locale"),
    ),
)
