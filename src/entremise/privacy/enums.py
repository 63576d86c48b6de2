"""Closed lists of the persons registry."""

from django.db.models import TextChoices


class IdentityReason(TextChoices):
    """Why a name or a contact is needed: without one of these, a reference is enough."""

    RAPPEL = "rappel", "La personne demande à être rappelée ou revue"
    DEMARCHE = "demarche", "Démarche faite en son nom, avec un mandat"
    RELAIS = "relais", "Relais vers un partenaire, avec son accord"
    MEDIATION = "mediation", "Médiation formelle où elle est partie"
    PROTECTION = "protection", "Protection d’une personne en danger"


class ContactWay(TextChoices):
    """The safest way to reach a person, as they say it."""

    AUCUN = "aucun", "Ne pas contacter"
    EN_PERSONNE = "en_personne", "La rencontrer, en personne"
    APPEL = "appel", "Appel téléphonique"
    SMS = "sms", "Message écrit (SMS)"
    COURRIEL = "courriel", "Courriel"
    COURRIER = "courrier", "Courrier postal"
    RELAIS = "relais", "Par une personne ou un service de confiance"


class AgeBand(TextChoices):
    """L6, the bands of La Coop de la médiation numérique, so that figures can be compared."""

    MOINS_DE_DOUZE = "moins_de_douze", "Moins de 12 ans"
    DOUZE_DIX_HUIT = "douze_dix_huit", "12 – 17 ans"
    DIX_HUIT_VINGT_QUATRE = "dix_huit_vingt_quatre", "18 – 24 ans"
    VINGT_CINQ_TRENTE_NEUF = "vingt_cinq_trente_neuf", "25 – 39 ans"
    QUARANTE_CINQUANTE_NEUF = "quarante_cinquante_neuf", "40 – 59 ans"
    SOIXANTE_SOIXANTE_NEUF = "soixante_soixante_neuf", "60 – 69 ans"
    SOIXANTE_DIX_PLUS = "soixante_dix_plus", "70 ans et plus"
    NON_COMMUNIQUE = "non_communique", "Non communiqué"


class BackupFailure(TextChoices):
    """Why a backup was not made; those before it stay."""

    DISQUE = "disque", "Plus de place sur le disque"
    CLE = "cle", "Clé maîtresse absente ou illisible"
    OUTIL = "outil", "Programme de PostgreSQL absent ou trop ancien"
    AUTRE = "autre", "Erreur imprévue"


class ErasureGround(TextChoices):
    """Why a person is erased."""

    DEMANDE = "demande", "Demande de la personne"
    OPPOSITION = "opposition", "Opposition au suivi"
    RETRAIT = "retrait", "Accord retiré"
    CONSERVATION = "conservation", "Durée de conservation atteinte"
    ERREUR = "erreur", "Fiche ouverte par erreur"
    REPRISE = "reprise", "Effacement repris après un arrêt ou une restauration"


class RequestKind(TextChoices):
    """The rights a person may use."""

    ACCES = "acces", "Accès : savoir ce qui est gardé et en recevoir une copie"
    RECTIFICATION = "rectification", "Rectification : corriger ou compléter"
    LIMITATION = "limitation", "Limitation : garder sans s’en servir"
    OPPOSITION = "opposition", "Opposition : ne plus être suivi"
    EFFACEMENT = "effacement", "Effacement"
    PORTABILITE = "portabilite", "Portabilité : recevoir ses données dans un fichier réutilisable"
    APRES_LA_MORT = "apres_la_mort", "Directives après la mort"


class RequestChannel(TextChoices):
    """How a request arrived."""

    VIVE_VOIX = "vive_voix", "De vive voix"
    COURRIER = "courrier", "Courrier"
    COURRIEL = "courriel", "Courriel"
    TELEPHONE = "telephone", "Téléphone"
    TIERS = "tiers", "Par une personne mandatée"


class IdentityCheck(TextChoices):
    """How we made sure who asks. Proportionate: no copy of an identity document is ever asked nor kept."""

    A_FAIRE = "a_faire", "À vérifier"
    RECONNUE = "reconnue", "Reconnue par le médiateur qui la suit"
    CONTACT_CONNU = "contact_connu", "Jointe par le contact déjà noté"
    QUESTIONS = "questions", "A répondu à des questions sur son suivi"
    PIECE_VUE = "piece_vue", "Pièce d’identité vue, sans copie"
    MANDAT = "mandat", "Mandat écrit vu, sans copie"


class PersonMatch(TextChoices):
    """Whether the one who asks is in our files."""

    A_RECHERCHER = "a_rechercher", "À rechercher"
    TROUVEE = "trouvee", "Fiche trouvée"
    INCONNUE = "inconnue", "Inconnue de nos fichiers"


class RequestStatus(TextChoices):
    """Where a request stands."""

    NOUVELLE = "nouvelle", "À prendre en charge"
    EN_COURS = "en_cours", "En cours"
    CLOSE = "close", "Répondue"


class RequestOutcome(TextChoices):
    """What was answered."""

    ACCEPTEE = "acceptee", "Acceptée"
    PARTIELLE = "partielle", "Acceptée en partie"
    REFUSEE = "refusee", "Refusée"
    SANS_DONNEES = "sans_donnees", "Aucune donnée sur cette personne"
    RETIREE = "retiree", "Retirée par la personne"


class RefusalGround(TextChoices):
    """Why a request is refused, or accepted in part only: an article, never a convenience."""

    IDENTITE = "identite", "Identité impossible à établir (art. 12.2 et 12.6)"
    INFONDEE = "infondee", "Manifestement infondée (art. 12.5)"
    EXCESSIVE = "excessive", "Excessive, par sa répétition (art. 12.5)"
    DROITS_TIERS = "droits_tiers", "Atteinte aux droits d’autrui (art. 15.4)"
    OBLIGATION = "obligation", "Obligation légale ou mission d’intérêt public (art. 17.3 b)"
    DEFENSE = "defense", "Constatation ou défense de droits en justice (art. 17.3 e)"
    MOTIFS_IMPERIEUX = "motifs_imperieux", "Motifs légitimes et impérieux (art. 21.1)"
    HORS_CHAMP = "hors_champ", "Droit qui ne s’applique pas à ce traitement (art. 20.1)"


class ExtensionReason(TextChoices):
    """Why an answer may take two months more (article 12.3); the person is told within the first month."""

    COMPLEXITE = "complexite", "Demande complexe"
    NOMBRE = "nombre", "Nombre de demandes reçues"


class AgreementKind(TextChoices):
    """An agreement is given, then it may be withdrawn; nothing else ever happens to it."""

    DONNE = "donne", "Donné"
    RETIRE = "retire", "Retiré"


class Purpose(TextChoices):
    """What a person agrees to, one thing at a time."""

    SUIVI = "suivi", "Être suivie par l’équipe"
    PARTAGE = "partage", "Parler de sa situation à un partenaire"
    MEDIATION = "mediation", "Entrer dans une médiation formelle"
    IMAGE = "image", "Photo ou témoignage"
    AUTRE = "autre", "Autre chose, à préciser"


class Manner(TextChoices):
    """How an agreement is given."""

    PAROLE = "parole", "De vive voix"
    SIGNE = "signe", "Par écrit, signé"
    MANDAT = "mandat", "Par quelqu’un qui en a le mandat"


class MandateQuality(TextChoices):
    """In what quality someone agrees for another."""

    PARENT = "parent", "Parent d’un mineur"
    TUTEUR = "tuteur", "Tuteur ou curateur"
    MANDATAIRE = "mandataire", "Mandataire désigné par écrit"
    HABILITATION = "habilitation", "Proche habilité par un juge"


class InterpreterHelp(TextChoices):
    """Who carried the explanation from one language to another."""

    AUCUN = "aucun", "Sans interprète"
    PROFESSIONNEL = "professionnel", "Interprète professionnel"
    COLLEGUE = "collegue", "Collègue qui parle la langue"
    PROCHE = "proche", "Proche ou voisin, faute de mieux"


class RunStatus(TextChoices):
    """Where a retention run stands."""

    EN_COURS = "en_cours", "En cours"
    FAIT = "fait", "Fait"
    INTERROMPU = "interrompu", "Interrompu, repris ensuite"
    SUSPENDU = "suspendu", "Suspendu, attend une confirmation"
    ABANDONNE = "abandonne", "Abandonné"


class Suspension(TextChoices):
    """Why a run waits for a confirmation instead of erasing."""

    RACCOURCIE = "raccourcie", "La durée est plus courte que la dernière appliquée"
    VOLUME = "volume", "Bien plus de fiches que d’habitude"
    PLANCHER = "plancher", "La durée est sous le plancher de la règle : elle n’est pas appliquée"


class HoldKind(TextChoices):
    """What a legal hold keeps from being erased."""

    PERSONNE = "personne", "Personne suivie"
    FIL = "fil", "Fil"
    INTERVENTION = "intervention", "Intervention"
    MEDIATION = "mediation", "Médiation formelle"
    INCIDENT = "incident", "Fiche d’incident"
