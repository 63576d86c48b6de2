"""Closed lists of the registers of data protection."""

from django.db.models import TextChoices


class BreachKind(TextChoices):
    """What the person who reports saw happen, in the words of the field."""

    APPAREIL = "appareil", "Téléphone, tablette ou ordinateur perdu ou volé"
    COURRIEL = "courriel", "Courriel ou fichier envoyé au mauvais destinataire"
    PAPIER = "papier", "Carnet, feuille ou dossier papier perdu ou vu"
    ACCES = "acces", "Quelqu’un a vu ce qu’il ne devait pas voir"
    COMPTE = "compte", "Compte ouvert par un autre, mot de passe connu"
    PERTE = "perte", "Données effacées, changées ou inaccessibles"
    AUTRE = "autre", "Autre chose"


class BreachNature(TextChoices):
    """What was lost of the data (article 33 of the RGPD)."""

    CONFIDENTIALITE = "confidentialite", "Confidentialité : vues ou emportées par d’autres"
    INTEGRITE = "integrite", "Intégrité : modifiées sans droit"
    DISPONIBILITE = "disponibilite", "Disponibilité : perdues ou inaccessibles"


class BreachState(TextChoices):
    """Where a breach stands."""

    SIGNALEE = "signalee", "À qualifier"
    EN_COURS = "en_cours", "En cours"
    CLOSE = "close", "Close"
    ECARTEE = "ecartee", "Écartée : aucune donnée personnelle touchée"


class BreachRisk(TextChoices):
    """The risk for the persons: it decides whom to tell (articles 33 and 34 of the RGPD)."""

    AUCUN = "aucun", "Aucun risque pour les personnes"
    RISQUE = "risque", "Un risque : la CNIL est prévenue sous 72 heures"
    ELEVE = "eleve", "Un risque élevé : la CNIL et les personnes sont prévenues"


class BreachPersons(TextChoices):
    """Whose data a breach touches."""

    HABITANTS = "habitants", "Habitants rencontrés"
    SUIVIES = "suivies", "Personnes suivies"
    MINEURS = "mineurs", "Mineurs"
    EQUIPE = "equipe", "Salariés, bénévoles, stagiaires"
    PARTENAIRES = "partenaires", "Contacts chez les partenaires"
    AUTRES = "autres", "Autres personnes"


class BreachData(TextChoices):
    """Which data a breach touches."""

    IDENTITE = "identite", "Nom, année de naissance, référence"
    CONTACT = "contact", "Téléphone, courriel, adresse"
    SITUATION = "situation", "Situation sociale, démarches"
    RECIT = "recit", "Récits d’intervention, notes d’équipe"
    SENSIBLE = "sensible", "Données sensibles (santé, origine, croyance…)"
    CONNEXION = "connexion", "Identifiants, mots de passe"
    IMAGE = "image", "Photos"
    AUTRE = "autre", "Autres données"


class Level(TextChoices):
    """The four levels of the CNIL for the severity and the likelihood of a risk."""

    NEGLIGEABLE = "1", "1 · Négligeable"
    LIMITE = "2", "2 · Limitée"
    IMPORTANT = "3", "3 · Importante"
    MAXIMAL = "4", "4 · Maximale"


class FearedEvent(TextChoices):
    """The three events every impact assessment weighs."""

    ACCES = "acces", "Accès illégitime aux données"
    MODIFICATION = "modification", "Modification non désirée des données"
    DISPARITION = "disparition", "Disparition des données"


class ImpactDecision(TextChoices):
    """What the controller decides at the end of an assessment."""

    POURSUIVRE = "poursuivre", "Mettre en œuvre le traitement"
    MESURES = "mesures", "Mettre en œuvre avec les mesures ajoutées"
    CONSULTER = "consulter", "Consulter la CNIL avant de commencer"
    RENONCER = "renoncer", "Ne pas mettre en œuvre"
