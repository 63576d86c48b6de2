"""Closed lists of places (list L4 and what a sheet of places may hold)."""

from django.db.models import TextChoices


class SpaceType(TextChoices):
    """L4, the type of space. ``residence`` and ``ligne`` hold other sites: halls, stops."""

    RESIDENCE = "residence", "Résidence"
    HALL = "hall", "Hall d’immeuble"
    ESCALIER_PALIER = "escalier_palier", "Escalier, palier, coursive, ascenseur"
    CAVE = "cave", "Cave, sous-sol, local technique"
    PARKING_RESIDENCE = "parking_residence", "Parking / garage de résidence"
    PIED_IMMEUBLE = "pied_immeuble", "Pied d’immeuble, abords de résidence"
    LOGEMENT = "logement", "Logement (domicile)"
    LOCAL_DECHETS = "local_dechets", "Local ou point d’apport déchets"
    RUE = "rue", "Rue, voirie, trottoir"
    PLACE = "place", "Place, esplanade"
    PARC = "parc", "Parc, square, berges"
    AIRE_JEUX = "aire_jeux", "Aire de jeux"
    EQUIPEMENT_SPORTIF = "equipement_sportif", "Équipement sportif (city-stade, gymnase, piscine)"
    ABORDS_ECOLE = "abords_ecole", "Abords d’établissement scolaire"
    ECOLE = "ecole", "École"
    COLLEGE = "college", "Collège"
    LYCEE = "lycee", "Lycée"
    COMMERCE = "commerce", "Commerce, marché"
    CENTRE_COMMERCIAL = "centre_commercial", "Centre commercial"
    LIGNE = "ligne", "Ligne de transport"
    BUS = "bus", "Bus"
    TRAM = "tram", "Tramway"
    METRO = "metro", "Métro"
    TRAIN = "train", "Train"
    ARRET_STATION = "arret_station", "Arrêt, station, gare, pôle d’échanges"
    SERVICE_PUBLIC = "service_public", "Accueil de service public (mairie, CAF, CPAM, La Poste…)"
    EQUIPEMENT_CULTUREL = "equipement_culturel", "Médiathèque, équipement culturel"
    CENTRE_SOCIAL = "centre_social", "Centre social, maison de quartier, MJC"
    LOCAL_MEDIATION = "local_mediation", "Local de médiation / France services / PIMMS"
    SANTE = "sante", "Hôpital, urgences, centre de santé"
    HEBERGEMENT = "hebergement", "Foyer, résidence sociale, hébergement"
    CAMPEMENT = "campement", "Campement, squat, bidonville"
    EVENEMENT = "evenement", "Événement, manifestation"
    PLAGE_LOISIRS = "plage_loisirs", "Plage, base de loisirs"
    NUMERIQUE = "numerique", "Espace numérique (réseau social, messagerie, plateforme)"
    AUTRE = "autre", "Autre"


# Types that are a part of a residence: a landlord's report never names one of them.
PARTS_OF_RESIDENCE = frozenset(
    {
        SpaceType.HALL,
        SpaceType.ESCALIER_PALIER,
        SpaceType.CAVE,
        SpaceType.PARKING_RESIDENCE,
        SpaceType.PIED_IMMEUBLE,
        SpaceType.LOGEMENT,
        SpaceType.LOCAL_DECHETS,
    }
)


class CommuneKind(TextChoices):
    """What a row of the national list is."""

    COMMUNE = "COM", "Commune"
    ARRONDISSEMENT = "ARM", "Arrondissement municipal"


class ImportKind(TextChoices):
    """What a spreadsheet brings."""

    SITES = "sites", "Lieux"
    PARTNERS = "partners", "Partenaires"
