"""What mediators write: facts, no name, no judgement. By setting, so that a school never speaks of a tram."""

# Space type (L4) → where a text makes sense.
SETTINGS: dict[str, str] = {
    "hall": "immeuble",
    "escalier_palier": "immeuble",
    "local_dechets": "immeuble",
    "parking_residence": "dehors",
    "pied_immeuble": "dehors",
    "place": "dehors",
    "parc": "dehors",
    "equipement_sportif": "dehors",
    "arret_station": "tram",
    "abords_ecole": "ecole",
    "college": "ecole",
    "ecole": "ecole",
    "local_mediation": "accueil",
    "sante": "accueil",
    "equipement_culturel": "accueil",
    "numerique": "en_ligne",
}

# Setting → object of the conflict → narratives.
CONFLICTS: dict[str, dict[str, list[str]]] = {
    "immeuble": {
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
    },
    "dehors": {
        "bruit": [
            "Enceinte sur le banc en fin de soirée. Une riveraine descendue parler ; volume baissé, chacun est reparti calme.",
        ],
        "regroupement": [
            "Groupe installé près des bancs, des passants font un détour. Échange sur la place de chacun, passage libéré.",
        ],
        "stationnement": [
            "Véhicule devant la sortie du parking. Le conducteur l’a déplacé après échange ; la gêne est reconnue.",
        ],
        "jeux": [
            "Ballon contre les volets. Cinq enfants et un habitant ; ils jouent maintenant côté city-stade.",
        ],
    },
    "ecole": {
        "insultes": [
            "Mots échangés entre deux élèves à la sortie. Séparés, écoutés chacun, retour au calme ; vie scolaire prévenue.",
            "Bousculade dans la file du bus scolaire. Deux élèves écoutés à part, excuses échangées.",
        ],
        "rumeur": [
            "Message publié sur un groupe de classe, plusieurs parents inquiets. Faits vérifiés, réponse commune rédigée.",
        ],
    },
    "tram": {
        "titre_transport": [
            "Désaccord entre un voyageur et un agent sur un titre. Explication du recours, descente calme à l’arrêt suivant.",
        ],
        "file_attente": [
            "Rame pleine, deux voyageurs se disputent la montée avec une poussette. Place faite, la rame est repartie.",
        ],
        "regroupement": [
            "Groupe assis sur le quai, montée gênée. Échange, le groupe s’est reculé sous l’abri.",
        ],
    },
    "accueil": {
        "file_attente": [
            "Attente longue au guichet, deux personnes haussent le ton. Ordre de passage expliqué, chacun a été reçu.",
        ],
        "regroupement": [
            "Lecteurs et jeunes se gênent dans la salle du bas. Règles redites ensemble, une table réservée aux échanges.",
        ],
    },
    "en_ligne": {},
}  # fmt: skip
KINDS: dict[str, list[str]] = {
    "immeuble": ["voisins", "habitants_groupe", "usages"],
    "dehors": ["habitants_groupe", "usages"],
    "ecole": ["eleves"],
    "tram": ["voyageurs"],
    "accueil": ["usager_service"],
}

# Setting → register → (theme, narrative).
ACTS: dict[str, dict[str, list[tuple[str, str]]]] = {
    "immeuble": {
        "presence_active": [
            ("lien_social", "Présentation de l’équipe à trois nouveaux habitants, cadre expliqué, bon accueil."),
            ("voisinage", "Échange dans le hall sur les horaires de l’ascenseur en panne ; portage de courses organisé."),
        ],
        "mise_en_relation": [
            ("droits_sociaux", "Courrier non compris sur une prestation. Rendez-vous pris ensemble à la maison des solidarités."),
            ("logement", "Facture d’énergie impayée. Point conseil budget contacté avec l’accord de la personne."),
        ],
        "concertation": [
            ("voisinage", "Recueil de paroles d’étage en étage sur le local à vélos. La place et la serrure reviennent le plus."),
        ],
        "projets_collectifs": [
            ("lien_social", "Préparation du repas de voisins avec l’amicale, répartition des tâches."),
        ],
        "veille_sociale": [
            ("voisinage", "Plusieurs habitants disent ne plus recevoir leur courrier depuis deux semaines."),
        ],
    },
    "dehors": {
        "presence_active": [
            ("lien_social", "Longue discussion sur le banc, une personne isolée depuis l’été. Passage régulier convenu."),
            ("lien_social", "Café partagé sur la place, échanges sur la fête de quartier."),
        ],
        "mise_en_relation": [
            ("scolarite", "Recherche d’emploi, un jeune adulte. Appel fait avec lui à la mission locale, entretien mardi."),
        ],
        "concertation": [
            ("voisinage", "Recueil de paroles au pied de la tour sur le futur square. Ombre et bancs reviennent le plus."),
        ],
        "projets_collectifs": [
            ("lien_social", "Tournoi de quartier préparé avec six jeunes : créneau, arbitres, goûter."),
        ],
        "veille_sociale": [
            ("voisinage", "Des riverains parlent de la fin du marché du soir ; ils voudraient garder un moment commun."),
        ],
        "incomprehensions": [
            ("droits_sociaux", "Affiche de travaux mal comprise. Plan expliqué sur place à quatre passants."),
        ],
    },
    "ecole": {
        "sensibilisation": [
            ("scolarite", "Discussion avec des collégiens sur les messages publiés, ce qui reste et ce qui s’efface."),
            ("scolarite", "Traversée devant l’école : rappel avec douze enfants et leurs parents."),
        ],
        "incomprehensions": [
            ("scolarite", "Une famille et l’école ne se comprenaient pas sur la cantine. Explication dans les deux sens, courrier relu."),
            ("scolarite", "Convocation au collège mal comprise. Lecture ensemble, appel à la vie scolaire, nouveau rendez-vous."),
        ],
    },
    "tram": {
        "presence_active": [
            ("lien_social", "Deux voyageurs perdus après un changement d’arrêt, accompagnés jusqu’au bon quai."),
            ("lien_social", "Attente longue après une panne : information donnée rame par rame, une personne assise à l’abri."),
        ],
        "incomprehensions": [
            ("droits_sociaux", "Amende reçue par courrier, délai de recours mal compris. Lecture ensemble, guichet indiqué."),
            ("droits_sociaux", "Tarif solidaire inconnu d’une voyageuse. Conditions expliquées, dossier retiré à l’agence."),
        ],
        "mise_en_relation": [
            ("logement", "Un jeune sans solution pour la nuit. Appel au 115 fait avec lui depuis le quai."),
        ],
    },
    "accueil": {
        "mise_en_relation": [
            ("sante", "Fin de droits à la complémentaire santé. Dossier repris avec le centre de santé."),
            ("droits_sociaux", "Déclaration en ligne bloquée. Rendez-vous pris avec France services, pièces listées."),
        ],
        "incomprehensions": [
            ("droits_sociaux", "Convocation mal comprise. Lecture ensemble, appel au service, nouveau rendez-vous."),
        ],
        "sensibilisation": [
            ("sante", "Temps sur le dépistage gratuit, six personnes, beaucoup de questions sur la confidentialité."),
        ],
        "presence_active": [
            ("lien_social", "Partie d’échecs à la médiathèque, quatre jeunes ; ils demandent un créneau régulier."),
        ],
    },
    "en_ligne": {
        "mise_en_relation": [
            ("droits_sociaux", "Message reçu le soir : aide demandée pour un dossier de bourse. Permanence indiquée, rendez-vous donné."),
        ],
        "incomprehensions": [
            ("voisinage", "Question sur un avis de coupure d’eau. Date et rue vérifiées, réponse envoyée au groupe."),
        ],
        "sensibilisation": [
            ("scolarite", "Faux concours partagé par plusieurs habitants. Explication envoyée, publication retirée par son auteur."),
        ],
    },
}  # fmt: skip

# Setting → (type L25, reliability L26, text).
OBSERVATIONS: dict[str, list[tuple[str, str, str]]] = {
    "immeuble": [
        ("isolement", "dit_plusieurs", "Plusieurs voisins s’inquiètent de ne plus voir une personne âgée descendre."),
        ("tension_latente", "partenaire", "Le gardien signale des reproches répétés entre deux cages d’escalier."),
        ("precarite", "dit_plusieurs", "Davantage de demandes de colis avant la fin du mois."),
    ],
    "dehors": [
        ("ambiance", "observe", "Soirée calme, plus d’enfants dehors qu’à l’habitude."),
        ("nouvel_usage", "observe", "Le lieu sert de répétition à un groupe de danse en fin de journée."),
        ("projet_habitant", "observe", "Deux habitantes veulent monter un atelier de couture ouvert."),
        ("besoin", "dit_un", "Une demande de banc à mi-pente revient chez les plus âgés."),
        ("rumeur", "rumeur", "On dit que le bureau de poste va fermer ; rien ne le confirme à ce jour."),
    ],
    "ecole": [
        ("decrochage", "partenaire", "La vie scolaire constate plus de retards le lundi matin."),
        ("effet_travaux", "observe", "La palissade du chantier coupe le chemin de l’école ; les parents traversent plus loin."),
    ],
    "tram": [
        ("service_public", "dit_plusieurs", "Le distributeur de la station est souvent en panne le week-end."),
        ("ambiance", "observe", "Affluence du samedi plus étalée depuis le changement d’horaires."),
    ],
    "accueil": [
        ("non_recours", "observe", "Des habitants ne demandent pas le chèque énergie, la démarche leur paraît trop longue."),
    ],
    "en_ligne": [
        ("besoin", "dit_plusieurs", "Les questions arrivent surtout après 20 h, quand les guichets sont fermés."),
    ],
}  # fmt: skip

# Setting → (category L21, urgency L23, what is added for the team).
DEFECTS: dict[str, list[tuple[str, str, str]]] = {
    "immeuble": [
        ("eclairage", "urgent", "Deux lampes éteintes, passage sombre."),
        ("ascenseur", "urgent", "À l’arrêt depuis ce matin, voyant rouge."),
        ("acces", "normal", "Porte du hall qui ne se ferme plus."),
        ("encombrants", "normal", "Matelas et meuble déposés près du local."),
        ("proprete", "normal", "Sol glissant dans l’entrée."),
        ("eau", "urgent", "Fuite au plafond du palier."),
        ("nuisibles", "normal", "Traces près des containers."),
        ("vitrage", "normal", "Vitre fendue, bord protégé avec du ruban."),
    ],
    "dehors": [
        ("eclairage", "urgent", "Trois mâts éteints d’affilée."),
        ("mobilier", "normal", "Latte de banc cassée."),
        ("voirie", "normal", "Pavé descellé sur le passage."),
        ("proprete", "urgent", "Verre cassé sur le passage."),
        ("encombrants", "normal", "Canapé laissé contre le muret."),
    ],
    "tram": [
        ("eclairage", "normal", "Abri sans lumière côté retour."),
        ("mobilier", "normal", "Assise de l’abri fendue."),
        ("voirie", "normal", "Bordure du quai abîmée."),
    ],
}

# What the coordinator leaves, by team.
INSTRUCTIONS: dict[str, list[str]] = {
    "soir": [
        "Bruit place des Marronniers en fin de soirée : repasser jeudi, voir avec les deux groupes.",
        "Ascenseur du hall 12 à l’arrêt : proposer le portage des courses aux étages hauts.",
        "Réunion des locataires mardi à 18 h 30, passer dire bonjour.",
        "Chantier du square : penser à expliquer le chemin provisoire.",
    ],
    "nuit": [
        "Lumière du parking des Lilas : noter si elle est revenue.",
        "Marché de nuit samedi sur l’esplanade : commencer par là.",
    ],
    "ecole": [
        "La sortie du collège se décale à 16 h 15 cette semaine.",
        "Travaux devant l’école de la Navette : accompagner la traversée côté parc.",
    ],
    "tram": ["Affluence prévue samedi après le match : les deux à la station Halles."],
    "accueil": ["France services ferme mercredi : prévenir à la permanence."],
}

# What a shift passes on at its end, by team.
HANDOVERS: dict[str, list[str]] = {
    "soir": [
        "Soirée calme. Lumière du parking toujours éteinte, relancée.",
        "Deux échanges un peu vifs, tous deux apaisés. Repasser demain au hall 12.",
        "Beaucoup de monde au city-stade, bonne ambiance jusqu’à 21 h.",
    ],
    "nuit": ["Nuit calme. Deux groupes croisés sur la place, bon accueil.", "Halls fermés à 1 h, rien de particulier."],
    "ecole": ["Sortie fluide. Un retard de bus a bien été expliqué aux parents.", "Deux élèves à revoir lundi, calmes en partant."],
    "tram": ["Affluence forte à Halles entre 17 h et 18 h, sans heurt.", "Distributeur de Confluence en panne, dit à l’exploitation."],
    "accueil": ["Trois dossiers à finir mercredi, pièces demandées.", "Permanence pleine, deux rendez-vous reportés à vendredi."],
    "mobile": ["Bon contact à l’esplanade. Revenir à la même heure.", "Peu de monde ce soir, la médiathèque fermait."],
}  # fmt: skip

# Calls received: team, who notes it, what was asked.
CALLS: list[tuple[str, str, str]] = [
    ("soir", "samia", "Gardien : des sacs devant le local du Rouet, demande un passage."),
    ("ecole", "idriss", "Vie scolaire : présence souhaitée à la sortie de 16 h."),
    ("tram", "sana", "Exploitation : affluence prévue samedi après le match."),
]
