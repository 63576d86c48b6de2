"""What was done, with what result, what comes next, and the life of the record."""

from django.db.models import TextChoices


class Action(TextChoices):
    """L17. What the mediators did. No sanction, no warning: the trade has none."""

    PRESENCE = "presence", "Présence, observation"
    DIALOGUE = "dialogue", "Dialogue, écoute active"
    EXPLICATION_CADRE = "explication_cadre", "Présentation de soi et du cadre"
    INFORMATION = "information", "Information"
    RAPPEL_REGLES = "rappel_regles", "Rappel des règles de vie ou d’usage"
    DESAMORCAGE = "desamorcage", "Désamorçage, désescalade"
    SEPARATION = "separation", "Mise à distance des parties"
    ENTRETIEN_INDIVIDUEL = "entretien_individuel", "Entretien individuel"
    NAVETTE = "navette", "Médiation navette"
    TABLE_RONDE = "table_ronde", "Table ronde, rencontre de médiation"
    REFORMULATION_CULTURELLE = "reformulation_culturelle", "Explicitation interculturelle"
    TRADUCTION = "traduction", "Traduction, interprétariat"
    ORIENTATION = "orientation", "Orientation (information donnée)"
    MISE_EN_RELATION = "mise_en_relation", "Mise en relation active (appel, rendez-vous pris)"
    ACCOMPAGNEMENT_PHYSIQUE = "accompagnement_physique", "Accompagnement physique"
    AIDE_DEMARCHE = "aide_demarche", "Aide à la démarche (faire avec)"
    DEMARCHE_MANDAT = "demarche_mandat", "Démarche faite pour la personne (mandat)"
    SIGNALEMENT_TECHNIQUE = "signalement_technique", "Signalement technique"
    ALERTE = "alerte", "Alerte (secours, police, encadrement)"
    INFO_PREOCCUPANTE = "info_preoccupante", "Information préoccupante (voie hiérarchique)"
    SENSIBILISATION = "sensibilisation", "Sensibilisation"
    ANIMATION = "animation", "Animation, activité support"
    CONCERTATION = "concertation", "Concertation, recueil de paroles"
    TRACTAGE = "tractage", "Diffusion, porte-à-porte, affichage"
    REUNION_PARTENAIRE = "reunion_partenaire", "Échange ou réunion avec un partenaire"
    VISITE_CONVIVIALITE = "visite_convivialite", "Visite de convivialité, lutte contre l’isolement"
    AUTRE = "autre", "Autre"


class Outcome(TextChoices):
    """L18. The immediate result."""

    APAISE = "apaise", "Apaisé sur place"
    ACCORD_ORAL = "accord_oral", "Accord oral"
    ACCORD_ECRIT = "accord_ecrit", "Accord écrit"
    DIALOGUE_RETABLI = "dialogue_retabli", "Dialogue rétabli"
    AMELIORATION = "amelioration", "Amélioration partielle"
    DEMANDE_SATISFAITE = "demande_satisfaite", "Demande satisfaite"
    INFO_DONNEE = "info_donnee", "Information donnée"
    RELAIS_PRIS = "relais_pris", "Relais pris par un partenaire"
    SANS_EFFET = "sans_effet", "Sans effet immédiat"
    REFUS = "refus", "Refus de dialogue ou de médiation"
    PERSONNE_PARTIE = "personne_partie", "Personnes parties avant échange"
    DEPLACEMENT = "deplacement", "Problème déplacé ailleurs"
    AGGRAVATION = "aggravation", "Aggravation"
    SECOURS = "secours", "Intervention des secours ou forces de l’ordre"
    RETRAIT = "retrait", "Retrait de l’équipe (sécurité)"
    HORS_CADRE = "hors_cadre", "Hors cadre de la médiation"


# A conflict counts as calmed with these outcomes: dialogue without agreement is a success (domain §2.5).
CALMED = frozenset({Outcome.APAISE, Outcome.ACCORD_ORAL, Outcome.ACCORD_ECRIT, Outcome.DIALOGUE_RETABLI})

NOT_GIVEN = "non_renseigne"  # what a filter asks to find the acts whose origin nobody noted


class FollowUp(TextChoices):
    """L19. What comes next."""

    AUCUNE = "aucune", "Clos"
    REPASSAGE = "repassage", "Repasser, veille renforcée"
    CONSIGNE = "consigne", "Consigne à l’équipe suivante"
    RDV = "rdv", "Rendez-vous fixé"
    RAPPEL = "rappel", "Rappel de la personne"
    RELANCE_PARTENAIRE = "relance_partenaire", "Relance d’un partenaire"
    OUVRIR_SITUATION = "ouvrir_situation", "Ouvrir une situation suivie"
    OUVRIR_MEDIATION = "ouvrir_mediation", "Ouvrir une médiation formelle"
    ENCADREMENT = "encadrement", "À traiter par l’encadrement"
    INSTANCE = "instance", "À porter en instance, anonymisé (GUP, CLSPD, cellule de veille)"


class Visibility(TextChoices):
    """Who may read the act."""

    EQUIPE = "equipe", "Toute l’équipe"
    ENCADREMENT = "encadrement", "Les auteurs et l’encadrement"
    AUTEURS = "auteurs", "Les auteurs seulement"


class Status(TextChoices):
    """Where the act stands between its author and the coordinator."""

    A_VALIDER = "a_valider", "À relire"
    A_CORRIGER = "a_corriger", "À corriger"
    VALIDEE = "validee", "Validée"


class Slot(TextChoices):
    """Part of the day, in legal time, from the hour the act began."""

    MATIN = "matin", "Matin (6 h – 12 h)"
    APRES_MIDI = "apres_midi", "Après-midi (12 h – 18 h)"
    SOIR = "soir", "Soir (18 h – 22 h)"
    NUIT = "nuit", "Nuit (22 h – 6 h)"
