"""Invented places of a real département (Sarthe), and the partners around them."""

# Sector → sites: (name, space type, name of the parent site or "", commune code)
SECTORS: dict[str, list[tuple[str, str, str, str]]] = {
    "Les Tisserands": [
        ("Résidence des Peupliers", "residence", "", "72181"),
        ("Hall 4, allée des Lilas", "hall", "Résidence des Peupliers", "72181"),
        ("Hall 8, allée des Lilas", "hall", "Résidence des Peupliers", "72181"),
        ("Hall 12, rue des Peupliers", "hall", "Résidence des Peupliers", "72181"),
        ("Parking des Lilas", "parking_residence", "Résidence des Peupliers", "72181"),
        ("Abords de la tour Navette", "pied_immeuble", "Résidence des Peupliers", "72181"),
        ("Résidence du Rouet", "residence", "", "72181"),
        ("Escalier C, rue du Rouet", "escalier_palier", "Résidence du Rouet", "72181"),
        ("Local à déchets du Rouet", "local_dechets", "Résidence du Rouet", "72181"),
        ("Place des Marronniers", "place", "", "72181"),
        ("City-stade du Métier", "equipement_sportif", "", "72181"),
        ("Square de la Bobine", "parc", "", "72181"),
    ],
    "Centre et ligne T": [
        ("Ligne T (exemple)", "ligne", "", "72181"),
        ("Station Tisserands", "arret_station", "Ligne T (exemple)", "72181"),
        ("Station Halles", "arret_station", "Ligne T (exemple)", "72181"),
        ("Station Confluence", "arret_station", "Ligne T (exemple)", "72181"),
        ("Esplanade des Halles", "place", "", "72181"),
        ("Médiathèque des Arcades", "equipement_culturel", "", "72181"),
    ],
    "Écoles": [
        ("Abords du collège des Deux-Rives", "abords_ecole", "", "72181"),
        ("Collège des Deux-Rives", "college", "", "72181"),
        ("École de la Navette", "ecole", "", "72181"),
    ],
    "Campagne et accueils": [
        ("Permanence du Gué-Blanc", "local_mediation", "", "72154"),
        ("Centre de santé des Tanneurs", "sante", "", "72181"),
        ("Messagerie du quartier", "numerique", "", ""),
    ],
}
QPV = {"Les Tisserands": "QN07299X"}  # an invented code: the neighbourhood does not exist

# (name, type L20, phone, service mailbox, hours, whom to call instead, sectors)
PARTNERS: list[tuple[str, str, str, str, str, str, tuple[str, ...]]] = [
    ("Foyers du Rouet, agence des Tisserands (exemple)", "bailleur", "0200000001", "agence.tisserands@exemple.test",
     "lun–ven 9 h–12 h, 14 h–17 h", "Le soir : astreinte 02 00 00 00 02", ("Les Tisserands",)),
    ("Régie de quartier du Métier (exemple)", "association", "0200000003", "regie@exemple.test",
     "lun–ven 8 h–16 h", "", ("Les Tisserands",)),
    ("Mairie, service espace public (exemple)", "mairie", "0200000004", "espace.public@exemple.test",
     "lun–ven 8 h 30–17 h 30", "", ("Les Tisserands", "Centre et ligne T", "Écoles")),
    ("Lignes du Maine, exploitation (exemple)", "transporteur", "0200000005", "exploitation@exemple.test",
     "tous les jours 5 h–1 h", "", ("Centre et ligne T",)),
    ("Mission locale des Arcades (exemple)", "mission_locale", "0200000006", "accueil.ml@exemple.test",
     "lun–ven 9 h–12 h 30, 13 h 30–17 h", "France Travail, même bâtiment", ("Centre et ligne T", "Les Tisserands")),
    ("Maison des solidarités des Tisserands (exemple)", "departement_mds", "0200000007", "mds@exemple.test",
     "lun–ven 9 h–17 h", "Le soir et le week-end : 115 pour l’hébergement", ("Les Tisserands",)),
    ("France services du Gué-Blanc (exemple)", "france_services", "0200000008", "fs.gueblanc@exemple.test",
     "mar–sam 9 h–12 h", "", ("Campagne et accueils",)),
    ("Centre social de la Bobine (exemple)", "centre_social", "0200000009", "bobine@exemple.test",
     "lun–sam 9 h–19 h", "", ("Les Tisserands",)),
    ("Collège des Deux-Rives, vie scolaire (exemple)", "education", "0200000010", "vie.scolaire@exemple.test",
     "lun–ven 7 h 30–18 h", "", ("Écoles",)),
    ("Point-justice des Halles (exemple)", "justice", "0200000011", "point.justice@exemple.test",
     "mar et jeu 9 h–17 h, sur rendez-vous", "Maison de justice, même téléphone", ("Centre et ligne T",)),
    ("Épicerie solidaire du Rouet (exemple)", "aide_alimentaire", "0200000012", "epicerie@exemple.test",
     "mer et ven 14 h–18 h", "", ("Les Tisserands",)),
    ("Centre de santé des Tanneurs (exemple)", "sante", "0200000013", "accueil.tanneurs@exemple.test",
     "lun–ven 8 h 30–19 h", "Hors ouverture : 15 en cas d’urgence", ("Campagne et accueils",)),
]  # fmt: skip
