"""Closed lists of the team's own safety."""

from django.db.models import TextChoices


class AlertOrigin(TextChoices):
    """What raised an alert."""

    GESTE = "geste", "Alerte donnée par un membre de l’équipe"
    MINUTEUR = "minuteur", "Minuteur de présence arrivé à son terme"
    CODES = "codes", "Trois codes faux de suite : alerte discrète"
    CONTRAINTE = "contrainte", "Code de contrainte : alerte discrète"


# What the screen of the member concerned never shows: a hand may hold their phone.
DISCREET = frozenset({AlertOrigin.CODES, AlertOrigin.CONTRAINTE})


class AlertEnd(TextChoices):
    """How an alert ended."""

    SECURITE = "securite", "Équipe en sécurité"
    SECOURS = "secours", "Secours ou police sur place"
    ERREUR = "erreur", "Alerte donnée par erreur"


class AnswerKind(TextChoices):
    """What someone who received an alert said of it."""

    VU = "vu", "Vu"
    CHARGE = "charge", "Je m’en occupe"


class TimerState(TextChoices):
    """Where a presence timer stands."""

    ATTENTE = "attente", "Pas encore armé"
    ARME = "arme", "Armé"
    TERMINE = "termine", "Terminé"
    ALARME = "alarme", "Alarme donnée"


class CodeMeaning(TextChoices):
    """What a code typed to end a timer means."""

    FIN = "fin", "Met fin au minuteur"
    CONTRAINTE = "contrainte", "Met fin au minuteur en apparence, et donne l’alarme"
    FAUX = "faux", "N’est aucun des deux"


class IncidentKind(TextChoices):
    """What was done to the team. The only list of the product where the word incident has its place."""

    INSULTE = "insulte", "Insulte"
    MENACE = "menace", "Menace"
    AGRESSION = "agression", "Agression"
    BIENS = "biens", "Atteinte aux biens de l’équipe"


class Support(TextChoices):
    """What was offered to those concerned, whatever they chose."""

    ECOUTE = "ecoute", "Écoute à chaud"
    RELEVE = "releve", "Relève, fin de service"
    MEDECIN = "medecin", "Consultation médicale"
    PSYCHOLOGUE = "psychologue", "Soutien psychologique"
    PLAINTE = "plainte", "Accompagnement pour une plainte"
    JURIDIQUE = "juridique", "Conseil juridique"
    ADAPTATION = "adaptation", "Secteur, horaires ou binôme adaptés"


class Subject(TextChoices):
    """What a debriefing starts from."""

    LIBRE = "libre", "Rien de noté"
    ACTE = "acte", "Une intervention"
    ALERTE = "alerte", "Une alerte"
    FICHE = "fiche", "Une fiche d’incident"
