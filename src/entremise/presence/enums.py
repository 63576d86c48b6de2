"""Closed lists of presence: rounds, stops, social watch, technical defects, team log.

Codes of L6 and L21 to L29 are those of the source nomenclature (domain report §2.3); they never change.
"""

from django.db.models import TextChoices

from entremise.privacy.enums import AgeBand  # noqa: F401 - the same bands wherever ages are counted


class RoundKind(TextChoices):
    """A period of presence (domain report §2.1)."""

    TOURNEE = "tournee", "Tournée"
    PERMANENCE = "permanence", "Permanence"
    ABORDS_ECOLE = "abords_ecole", "Présence aux abords d’un établissement"
    LIGNE = "ligne", "Présence sur une ligne"


class RoundStatus(TextChoices):
    """Where a round stands. Nothing but a person moves it."""

    PREVUE = "prevue", "Prévue"
    OUVERTE = "ouverte", "En cours"
    TERMINEE = "terminee", "Terminée"
    REUNIE = "reunie", "Réunie à une autre"
    ANNULEE = "annulee", "Annulée"


COUNTED_STATUSES = (RoundStatus.OUVERTE, RoundStatus.TERMINEE)  # those that figures may read


class Atmosphere(TextChoices):
    """L24, atmosphere of a place when the team stood there."""

    RAS = "ras", "RAS, calme"
    ANIME = "anime", "Animé, convivial"
    INQUIET = "inquiet", "Inquiet, rumeurs"
    TENDU = "tendu", "Tendu"
    TRES_TENDU = "tres_tendu", "Très tendu"
    VIOLENCES = "violences", "Violences"


class Reception(TextChoices):
    """How a first meeting was received once the mediator had said who they are (competence C5)."""

    CADRE_EXPLIQUE = "cadre_explique", "Cadre expliqué"
    ACCEPTE = "accepte", "Présence acceptée"
    REFUSE = "refuse", "Présence refusée"


class WatchType(TextChoices):
    """L25, what an observation of social watch is about."""

    AMBIANCE = "ambiance", "Climat, ambiance"
    NOUVEL_USAGE = "nouvel_usage", "Nouvel usage d’un lieu"
    REGROUPEMENT = "regroupement", "Regroupement récurrent"
    TENSION_LATENTE = "tension_latente", "Tension latente entre groupes"
    RUMEUR = "rumeur", "Rumeur, désinformation"
    ISOLEMENT = "isolement", "Isolement repéré"
    PRECARITE = "precarite", "Précarité nouvelle"
    NON_RECOURS = "non_recours", "Non-recours repéré"
    DECROCHAGE = "decrochage", "Décrochage scolaire"
    SANTE = "sante", "Signal santé, souffrance"
    CONSOMMATION = "consommation", "Consommations, trafic (fait d’ambiance, sans nom)"
    SQUAT_CAMPEMENT = "squat_campement", "Squat, campement"
    DISCRIMINATION = "discrimination", "Ressenti de discrimination"
    SERVICE_PUBLIC = "service_public", "Dysfonctionnement de service"
    PROJET_HABITANT = "projet_habitant", "Initiative d’habitants"
    BESOIN = "besoin", "Besoin exprimé"
    EVENEMENT = "evenement", "Événement marquant"
    EFFET_TRAVAUX = "effet_travaux", "Effet de travaux, relogement"


# A rare trait beside a place points at someone: lists and the log name the place without the type.
TELLING_WATCH = frozenset(
    {
        WatchType.ISOLEMENT,
        WatchType.PRECARITE,
        WatchType.NON_RECOURS,
        WatchType.DECROCHAGE,
        WatchType.SANTE,
        WatchType.CONSOMMATION,
        WatchType.SQUAT_CAMPEMENT,
        WatchType.DISCRIMINATION,
    }
)


class Reliability(TextChoices):
    """L26, where an observation comes from."""

    OBSERVE = "observe", "Constaté par l’équipe"
    DIT_PLUSIEURS = "dit_plusieurs", "Rapporté par plusieurs personnes"
    DIT_UN = "dit_un", "Rapporté par une personne"
    RUMEUR = "rumeur", "Rumeur non vérifiée"
    PARTENAIRE = "partenaire", "Information partenaire"


class DefectCategory(TextChoices):
    """L21, what is broken. Occupied places and vehicles are never defects (``EMPTY_ONLY``)."""

    ECLAIRAGE = "eclairage", "Éclairage"
    ASCENSEUR = "ascenseur", "Ascenseur"
    ACCES = "acces", "Porte, hall, interphone, digicode"
    VITRAGE = "vitrage", "Vitrage, boîtes aux lettres"
    ELECTRICITE_GAZ = "electricite_gaz", "Électricité, gaz (danger)"
    EAU = "eau", "Fuite, eau, chauffage"
    INCENDIE = "incendie", "Sécurité incendie, désenfumage"
    PROPRETE = "proprete", "Propreté"
    ENCOMBRANTS = "encombrants", "Encombrants"
    DEPOT_SAUVAGE = "depot_sauvage", "Dépôt sauvage"
    TAGS = "tags", "Tags, graffitis"
    NUISIBLES = "nuisibles", "Nuisibles"
    VEHICULE = "vehicule", "Véhicule épave ou brûlé (vide et sans occupant)"
    VOIRIE = "voirie", "Voirie, trottoir"
    MOBILIER = "mobilier", "Mobilier urbain"
    AIRE_JEUX = "aire_jeux", "Aire de jeux, équipement sportif"
    ESPACES_VERTS = "espaces_verts", "Espaces verts"
    SERINGUE = "seringue", "Seringue, objet dangereux"
    SQUAT = "squat", "Local ouvert (vide et sans occupant)"
    RESEAU_NUMERIQUE = "reseau_numerique", "Borne, wifi, fibre"
    AUTRE = "autre", "Autre"


EMPTY_ONLY = frozenset({DefectCategory.SQUAT, DefectCategory.VEHICULE})


class DefectStatus(TextChoices):
    """L22, the life of a technical defect."""

    SIGNALE = "signale", "Signalé"
    ACCUSE = "accuse", "Accusé de réception"
    EN_COURS = "en_cours", "En cours"
    RELANCE = "relance", "Relancé"
    RESOLU = "resolu", "Résolu (constaté)"
    SANS_SUITE = "sans_suite", "Sans suite"


# What may follow what. A defect seen again after its end is a new one: its delay starts anew.
DEFECT_STEPS: dict[str, tuple[str, ...]] = {
    DefectStatus.SIGNALE: ("accuse", "en_cours", "relance", "resolu", "sans_suite"),
    DefectStatus.ACCUSE: ("en_cours", "relance", "resolu", "sans_suite"),
    DefectStatus.EN_COURS: ("relance", "resolu", "sans_suite"),
    DefectStatus.RELANCE: ("accuse", "en_cours", "relance", "resolu", "sans_suite"),
    DefectStatus.RESOLU: (),
    DefectStatus.SANS_SUITE: (),
}
OPEN_DEFECTS = tuple(code for code, following in DEFECT_STEPS.items() if following)


class Urgency(TextChoices):
    """L23, how soon someone must come."""

    DANGER = "danger", "Danger immédiat"
    URGENT = "urgent", "Sous 24-48 h"
    NORMAL = "normal", "Normal"
    INFO = "info", "Pour information"


class LogKind(TextChoices):
    """L29, the lines of the team log."""

    PRISE_SERVICE = "prise_service", "Prise de service"
    FIN_SERVICE = "fin_service", "Fin de service"
    CONSIGNE = "consigne", "Consigne, passage de relais"
    EVENEMENT = "evenement", "Événement"
    OBSERVATION = "observation", "Observation"
    INCIDENT = "incident", "Incident"
    APPEL = "appel", "Appel reçu"
    ANOMALIE = "anomalie", "Anomalie technique"
    INFO_PARTENAIRE = "info_partenaire", "Information partenaire"


class LogVisibility(TextChoices):
    """Who of the team reads a line."""

    TEAM = "team", "Équipe"
    SUPERVISION = "supervision", "Encadrement"
