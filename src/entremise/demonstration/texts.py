"""Narratives as mediators write them: facts, no name, no judgement. Grouped by what happened."""

CONFLICTS: dict[str, list[str]] = {
    "bruit": [
        "Musique dans le hall après 22 h. Une voisine et trois jeunes ; son baissé, accord de finir à 22 h. Repasser jeudi.",
        "Travaux le dimanche matin. Deux voisins sur le palier, ton qui monte puis échange posé. Horaires convenus.",
        "Bruits de pas signalés par la voisine du dessous. Chacun a expliqué ses horaires ; tapis proposé.",
    ],
    "regroupement": [
        "Groupe assis dans l’entrée, passage difficile pour une dame âgée. Le groupe s’est déplacé vers le banc.",
        "Désaccord entre habitants et jeunes sur l’usage du hall. Écoute des deux, rencontre proposée au centre social.",
    ],
    "parties_communes": [
        "Poussettes et vélos dans le couloir. Trois familles présentes, place trouvée sous l’escalier en attendant le local.",
    ],
    "proprete": [
        "Sacs déposés devant le local. Échange avec deux habitants, horaires de collecte rappelés, affiche demandée.",
    ],
    "stationnement": [
        "Véhicule devant la sortie du parking. Le conducteur l’a déplacé après échange ; la gêne est reconnue.",
    ],
    "jeux": [
        "Ballon contre les volets. Cinq enfants et un habitant ; ils jouent maintenant côté city-stade.",
    ],
    "file_attente": [
        "Attente longue au guichet, deux personnes haussent le ton. Ordre de passage expliqué, chacun a été reçu.",
    ],
    "titre_transport": [
        "Désaccord entre un voyageur et un agent sur un titre. Explication du recours, descente calme à l’arrêt suivant.",
    ],
    "insultes": [
        "Mots échangés entre deux élèves à la sortie. Séparés, écoutés chacun, retour au calme ; vie scolaire prévenue.",
    ],
    "rumeur": [
        "Message publié sur un groupe du quartier, plusieurs parents inquiets. Faits vérifiés, réponse commune rédigée.",
    ],
}  # fmt: skip

ACTS: dict[str, list[str]] = {
    "presence_active": [
        "Longue discussion sur le banc, une personne isolée depuis l’été. Passage régulier convenu.",
        "Présentation de l’équipe à trois nouveaux habitants, cadre expliqué, bon accueil.",
        "Café partagé devant la tour, échanges sur la fête de quartier.",
    ],
    "mise_en_relation": [
        "Courrier non compris sur une prestation. Rendez-vous pris ensemble à la maison des solidarités.",
        "Recherche d’emploi, un jeune adulte. Appel fait avec lui à la mission locale, entretien mardi.",
        "Facture d’énergie impayée. Point conseil budget contacté avec l’accord de la personne.",
        "Fin de droits à la complémentaire santé. Dossier repris avec le centre de santé.",
    ],
    "incomprehensions": [
        "Une famille et l’école ne se comprenaient pas sur la cantine. Explication dans les deux sens, courrier relu.",
        "Convocation mal comprise. Lecture ensemble, appel au service, nouveau rendez-vous.",
    ],
    "sensibilisation": [
        "Temps sur le tri avec les habitants du Rouet, douze personnes, beaucoup de questions sur les encombrants.",
        "Discussion avec des collégiens sur les messages publiés, ce qui reste et ce qui s’efface.",
    ],
    "concertation": [
        "Recueil de paroles au pied de la tour sur le futur square. Ombre et bancs reviennent le plus.",
    ],
    "projets_collectifs": [
        "Préparation du repas de voisins avec l’amicale, répartition des tâches.",
    ],
    "veille_sociale": [
        "Plusieurs habitants disent ne plus recevoir leur courrier depuis deux semaines.",
    ],
}

OBSERVATIONS: list[tuple[str, str, str]] = [
    ("ambiance", "observe", "Soirée calme, plus d’enfants dehors qu’à l’habitude."),
    ("nouvel_usage", "observe", "Le square sert de lieu de répétition à un groupe de danse en fin de journée."),
    ("rumeur", "rumeur", "On dit que le bureau de poste va fermer ; rien ne le confirme à ce jour."),
    ("isolement", "dit_plusieurs", "Plusieurs voisins s’inquiètent de ne plus voir une personne âgée descendre."),
    ("precarite", "dit_plusieurs", "Davantage de demandes de colis avant la fin du mois."),
    (
        "non_recours",
        "observe",
        "Des habitants ne demandent pas le chèque énergie, la démarche leur paraît trop longue.",
    ),
    ("projet_habitant", "observe", "Deux habitantes veulent monter un atelier de couture ouvert."),
    ("service_public", "dit_plusieurs", "Le distributeur de la station est souvent en panne le week-end."),
    (
        "effet_travaux",
        "observe",
        "La palissade du chantier coupe le chemin de l’école ; les parents traversent plus loin.",
    ),
    ("tension_latente", "partenaire", "Le gardien signale des reproches répétés entre deux cages d’escalier."),
    ("decrochage", "partenaire", "La vie scolaire constate plus de retards le lundi matin."),
    ("besoin", "dit_un", "Une demande de banc à mi-pente revient chez les plus âgés."),
]

DEFECTS: list[tuple[str, str, str]] = [
    ("eclairage", "urgent", "Deux lampes éteintes, passage sombre."),
    ("ascenseur", "urgent", "À l’arrêt depuis ce matin, voyant rouge."),
    ("acces", "normal", "Porte du hall qui ne se ferme plus."),
    ("encombrants", "normal", "Matelas et meuble déposés près du local."),
    ("proprete", "normal", "Sol glissant dans l’entrée."),
    ("eau", "urgent", "Fuite au plafond du palier."),
    ("mobilier", "normal", "Latte de banc cassée."),
    ("voirie", "normal", "Pavé descellé devant l’arrêt."),
    ("aire_jeux", "urgent", "Attache de la balançoire ouverte."),
    ("nuisibles", "normal", "Traces près des containers."),
    ("vitrage", "normal", "Vitre fendue, bord protégé avec du ruban."),
]

INSTRUCTIONS: list[str] = [
    "Bruit place des Marronniers en fin de soirée : repasser jeudi, voir avec les deux groupes.",
    "Ascenseur du 12 : prendre des nouvelles de la personne du sixième, qui ne descend plus.",
    "Réunion des locataires mardi à 18 h 30, passer dire bonjour.",
    "La sortie du collège se décale à 16 h 15 cette semaine.",
    "Nouvelle équipe de collecte : horaires à vérifier auprès du gardien.",
    "Chantier du square : penser à expliquer le chemin provisoire.",
]

HANDOVERS: list[str] = [
    "Soirée calme. Lumière du parking toujours éteinte, relancée.",
    "Deux échanges un peu vifs, tous deux apaisés. Repasser demain au 12.",
    "Beaucoup de monde au city-stade, bonne ambiance jusqu’à 21 h.",
    "Rien de particulier. La dame du square nous a demandé le numéro de la maison des solidarités.",
]

CALLS: list[str] = [
    "Gardien : des sacs devant le local du Rouet, demande un passage.",
    "Vie scolaire : présence souhaitée à la sortie de 16 h.",
    "Exploitation : affluence prévue samedi après le match.",
]
