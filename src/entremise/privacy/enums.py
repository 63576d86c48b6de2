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


class ErasureGround(TextChoices):
    """Why a person is erased."""

    DEMANDE = "demande", "Demande de la personne"
    OPPOSITION = "opposition", "Opposition au suivi"
    RETRAIT = "retrait", "Accord retiré"
    CONSERVATION = "conservation", "Durée de conservation atteinte"
    ERREUR = "erreur", "Fiche ouverte par erreur"
    REPRISE = "reprise", "Effacement repris après un arrêt ou une restauration"
