"""The conflict, if there was one: relation, object, history, tension, danger."""

from django.db.models import IntegerChoices, TextChoices


class ConflictKind(TextChoices):
    """L12. Between whom, as a relation; never as a person at fault."""

    VOISINS = "voisins", "Entre voisins"
    HABITANTS_GROUPE = "habitants_groupe", "Entre habitants et un groupe"
    USAGES = "usages", "Conflit d’usage de l’espace"
    INTERGENERATIONNEL = "intergenerationnel", "Intergénérationnel"
    LOCATAIRE_BAILLEUR = "locataire_bailleur", "Locataire et bailleur ou gardien"
    USAGER_SERVICE = "usager_service", "Usager et service ou institution"
    VOYAGEURS = "voyageurs", "Entre voyageurs, ou voyageur et agent"
    ELEVES = "eleves", "Entre élèves"
    ELEVE_ADULTE = "eleve_adulte", "Élève et adulte de l’établissement"
    FAMILLE_ECOLE = "famille_ecole", "Famille et école"
    GROUPES_JEUNES = "groupes_jeunes", "Entre groupes de jeunes, rivalités de quartiers"
    FAMILIAL = "familial", "Intrafamilial (à orienter)"
    COUPLE = "couple", "Couple, séparation (à orienter ; exclu si violences)"
    COMMERCANT = "commercant", "Commerçant et clientèle ou riverains"
    INTERCULTUREL = "interculturel", "Malentendu interculturel"
    ASSOCIATIF = "associatif", "Au sein d’un collectif ou d’une association"
    EN_LIGNE = "en_ligne", "En ligne (réseaux sociaux, messagerie)"
    AUTRE = "autre", "Autre"


class ConflictObject(TextChoices):
    """L13. What the disagreement is about."""

    BRUIT = "bruit", "Bruit"
    REGROUPEMENT = "regroupement", "Regroupement"
    PROPRETE = "proprete", "Propreté, déchets, jets"
    ANIMAUX = "animaux", "Animaux"
    ODEURS = "odeurs", "Odeurs, fumées, barbecue, chicha"
    STATIONNEMENT = "stationnement", "Stationnement, véhicule gênant, mécanique"
    RODEO = "rodeo", "Rodéo, engins motorisés, trottinettes"
    JEUX = "jeux", "Jeux, ballon, enfants"
    PARTIES_COMMUNES = "parties_communes", "Parties communes"
    EAU_DEGATS = "eau_degats", "Dégât des eaux, travaux, mitoyenneté, végétation"
    DEGRADATION = "degradation", "Dégradation"
    CONSOMMATION = "consommation", "Consommations dans l’espace public"
    INSULTES = "insultes", "Insultes, propos"
    MENACES = "menaces", "Menaces, intimidations"
    RUMEUR = "rumeur", "Rumeur, réputation, publication en ligne"
    HARCELEMENT = "harcelement", "Harcèlement, cyberharcèlement (protection d’abord)"
    ARGENT = "argent", "Argent, dette, loyer, charges"
    REGLEMENT = "reglement", "Règle non comprise ou non respectée"
    FILE_ATTENTE = "file_attente", "Attente, refus de guichet, démarche bloquée"
    TITRE_TRANSPORT = "titre_transport", "Titre de transport, contrôle"
    HYGIENE_LOGEMENT = "hygiene_logement", "Hygiène, incurie, nuisibles"
    NORME_CULTURELLE = "norme_culturelle", "Norme, rite, éducation, rôle : sens différent"
    DISCRIMINATION = "discrimination", "Propos ou traitement vécu comme discriminatoire"
    AUTRE = "autre", "Autre"


class History(TextChoices):
    """L14. Whether it had happened before."""

    NOUVEAU = "nouveau", "Premier fait connu"
    PONCTUEL = "ponctuel", "Déjà arrivé"
    REPETE = "repete", "Répété"
    ANCIEN = "ancien", "Ancien (plus de 6 mois)"
    PROCEDURE = "procedure", "Procédure en cours (plainte, justice, bailleur)"


class Tension(IntegerChoices):
    """L15. Noted on arriving and on leaving: the most telling measure of the trade."""

    CALME = 0, "calme"
    GENE = 1, "gêne, agacement exprimé"
    VERBALE = 2, "le ton monte, reproches"
    FORTE = 3, "cris, insultes, attroupement"
    MENACES = 4, "menaces, passage à l’acte possible"
    VIOLENCE = 5, "violence physique, danger immédiat : retrait, 17, 15, 18 ou 112"


class Link(TextChoices):
    """What became of the link between the parties."""

    GARDE = "garde", "Lien gardé"
    REPRIS = "repris", "Lien repris"
    ROMPU = "rompu", "Lien rompu"


class DangerSign(TextChoices):
    """L16. Signs that open the reflex card. Three are sensitive data and off by default."""

    ARME = "arme", "Arme ou objet dangereux"
    VIOLENCE_PHYSIQUE = "violence_physique", "Violence physique"
    MENACE_MORT = "menace_mort", "Menace grave"
    MINEUR_DANGER = "mineur_danger", "Mineur en danger"
    VIOLENCES_COUPLE = "violences_couple", "Violences au sein du couple"
    PERSONNE_VULNERABLE = "personne_vulnerable", "Personne vulnérable, abus"
    SUICIDE = "suicide", "Idées suicidaires"
    CRISE_PSY = "crise_psy", "Crise psychique"
    INTOXICATION = "intoxication", "Intoxication aiguë"
    INCENDIE = "incendie", "Incendie, péril"
    RADICALITE = "radicalite", "Inquiétude de radicalisation"
    EQUIPE_VISEE = "equipe_visee", "Équipe visée"
