"""Closed lists of a formal mediation (study of the trade, §3.4)."""

from django.db.models import IntegerChoices, TextChoices


class Stage(TextChoices):
    """Where a mediation stands: the eleven stages of the process, in their order."""

    SAISINE = "saisine", "Saisine"
    RECEVABILITE = "recevabilite", "Recevabilité"
    CONTACT = "contact", "Contact de l’autre partie"
    ENTRETIENS = "entretiens", "Entretiens préalables"
    ENGAGEMENT = "engagement", "Accord pour entrer en médiation"
    NAVETTE = "navette", "Navette"
    PLENIERE = "pleniere", "Table ronde"
    OPTIONS = "options", "Recherche d’options"
    ACCORD = "accord", "Accord ou absence d’accord"
    SUIVI = "suivi", "Suivi de l’accord"
    CLOTURE = "cloture", "Clôture"


class Outcome(TextChoices):
    """How a mediation ended, as its mediators say it; sealed with the case."""

    ACCORD_TOTAL = "accord_total", "Accord total"
    ACCORD_PARTIEL = "accord_partiel", "Accord partiel"
    DIALOGUE_RETABLI = "dialogue_retabli", "Dialogue rétabli sans accord"
    DESISTEMENT = "desistement", "Désistement d’une partie"
    REFUS = "refus", "Refus de la médiation"
    HORS_CADRE = "hors_cadre", "Non recevable, hors cadre"
    DANGER = "danger", "Interruption pour danger"
    RELAIS = "relais", "Relais (conciliateur, médiateur familial, justice, bailleur, police)"
    PERDU_VUE = "perdu_vue", "Perdu de vue"
    RESOLU_SEUL = "resolu_seul", "Résolu sans médiation"
    RETRAIT_MEDIATEUR = "retrait_mediateur", "Retrait du médiateur (neutralité)"


class ShownOutcome(TextChoices):
    """How a mediation ended, as everyone but its mediators sees it: neither a ground nor who withdrew."""

    ACCORD_TOTAL = "accord_total", "Accord total"
    ACCORD_PARTIEL = "accord_partiel", "Accord partiel"
    DIALOGUE_RETABLI = "dialogue_retabli", "Dialogue rétabli sans accord"
    RELAIS = "relais", "Relais"
    PERDU_VUE = "perdu_vue", "Perdu de vue"
    RESOLU_SEUL = "resolu_seul", "Résolu sans médiation"
    PAS_ADAPTE = "pas_adapte", "La médiation n’est pas le cadre adapté"


class Ground(TextChoices):
    """What forbids a mediation, whatever the parties would accept."""

    VIOLENCES_COUPLE = "violences_couple", "Violences au sein du couple"
    VIOLENCES_GRAVES = "violences_graves", "Violences graves ou infraction en cours"
    MINEUR_DANGER = "mineur_danger", "Mineur en danger"
    EMPRISE = "emprise", "Emprise, déséquilibre majeur"
    ALTERCATION_EN_COURS = "altercation_en_cours", "Danger immédiat"
    HARCELEMENT = "harcelement", "Harcèlement avéré (protection d’abord)"
    INCAPACITE = "incapacite", "Consentement impossible"
    PROCEDURE_INCOMPATIBLE = "procedure_incompatible", "Décision de justice à exécuter"
    HORS_MISSION = "hors_mission", "Hors mission ou hors territoire"
    CONFLIT_INTERET = "conflit_interet", "Lien du médiateur avec une partie"


class PartyKind(TextChoices):
    """What a party is."""

    PERSONNE = "personne", "Une personne"
    GROUPE = "groupe", "Un groupe"
    INSTITUTION = "institution", "Une institution"


class Representation(TextChoices):
    """Whether a party speaks for itself."""

    SEULE = "seule", "Vient par elle-même"
    SOUTENUE = "soutenue", "Accompagnée de quelqu’un de son choix"
    REPRESENTEE = "representee", "Représentée"


class ParentalAuthority(TextChoices):
    """What the holders of parental authority over a minor said."""

    SANS_OBJET = "sans_objet", "Sans objet : partie majeure"
    DONNEE = "donnee", "Elle est d’accord"
    REFUSEE = "refusee", "Elle refuse"
    PAS_CONTACTEE = "pas_contactee", "Non contactée : la prévenir mettrait le mineur en danger"


class SessionKind(TextChoices):
    """Who a session brings together."""

    INFORMATION = "information", "Entretien préalable, avec une partie"
    NAVETTE = "navette", "Navette, avec une partie"
    PLENIERE = "pleniere", "Table ronde, avec les parties"


class ConsentManner(TextChoices):
    """How a party agrees to enter."""

    PAROLE = "parole", "De vive voix"
    ECRIT = "ecrit", "Par écrit"


class LinkKind(TextChoices):
    """What ties a mediator to a party: declared before anything can be read."""

    AUCUN = "aucun", "Aucun lien avec une partie"
    PERSONNEL = "personnel", "Famille, ami, voisin d’une partie"
    EMPLOI = "emploi", "Salarié ou prestataire d’une partie (bailleur, service…)"
    ACCOMPAGNEMENT = "accompagnement", "Suit déjà une partie pour autre chose"
    OPINION = "opinion", "A déjà pris position dans cette affaire"


LINKS_ALLOWED = frozenset({LinkKind.AUCUN})


class NoteKind(TextChoices):
    """What a note of the vault holds."""

    FAIT = "fait", "Ce qui est raconté"
    ENJEU = "enjeu", "Ce qui compte pour la partie"
    PROPOSITION = "proposition", "Une proposition"
    IMPRESSION = "impression", "Ce que je me dis"


class SheetKind(TextChoices):
    """What a preparation sheet prepares."""

    PARTIE = "partie", "Préparation d’une partie"
    TABLE_RONDE = "table_ronde", "Préparation de la table ronde"


class AgreementKind(TextChoices):
    """How far the parties agree, and in what form."""

    ECRIT = "ecrit", "Accord écrit"
    ORAL = "oral", "Accord de vive voix"
    PARTIEL = "partiel", "Accord partiel"


class SignatureManner(TextChoices):
    """How a party signs."""

    ECRAN = "ecran", "À l’écran, devant le médiateur"
    PAPIER = "papier", "Sur papier"
    PAROLE = "parole", "De vive voix, attesté par le médiateur"


class FollowUpStep(TextChoices):
    """When an agreement is looked at again."""

    SEMAINE = "semaine", "À une semaine"
    MOIS = "mois", "À un mois"
    TRIMESTRE = "trimestre", "À trois mois"


class Kept(TextChoices):
    """What became of an agreement."""

    RESPECTE = "respecte", "Respecté"
    PARTIEL = "partiel", "Partiellement respecté"
    NON_RESPECTE = "non_respecte", "Non respecté"
    A_RENEGOCIER = "a_renegocier", "À renégocier"
    INCONNU = "inconnu", "Inconnu"


class LinkAfter(TextChoices):
    """What became of the link, as one party says it."""

    RETABLI = "retabli", "Le lien est rétabli"
    EN_PARTIE = "en_partie", "En partie"
    NON = "non", "Le lien n’est pas rétabli"
    NON_DIT = "non_dit", "Ne se prononce pas"


class Misunderstanding(TextChoices):
    """Whether a misunderstanding was lifted, as one party says it."""

    LEVE = "leve", "Levé"
    EN_PARTIE = "en_partie", "En partie"
    NON = "non", "Non"
    SANS_OBJET = "sans_objet", "Il n’y en avait pas"


class Face(IntegerChoices):
    """Satisfaction in three faces."""

    MECONTENT = 1, "Pas satisfait"
    MITIGE = 2, "Entre les deux"
    CONTENT = 3, "Satisfait"


class Heard(TextChoices):
    """ "Did you feel listened to?" """

    OUI = "oui", "Oui"
    EN_PARTIE = "en_partie", "En partie"
    NON = "non", "Non"


class AlertReason(TextChoices):
    """Why the mediators of a case are warned; nothing more is ever written."""

    ECHEANCE = "echeance", "Une échéance approche"
    RAPPEL = "rappel", "Quelqu’un a appelé à propos de ce dossier"
    POINT = "point", "L’encadrement propose un point"
    COFFRE_FERME = "coffre_ferme", "L’accès d’un médiateur du dossier a été refait : son coffre est fermé 72 heures"
    ACCES = "acces", "Une partie demande ce qui est gardé d’elle : remettez-lui vous-même son extrait"
    SUSPENDUE = "suspendue", "Les échanges sont suspendus : chaque partie n’est pas, ou plus, d’accord pour y être"


REASONS_SAID = (AlertReason.ECHEANCE, AlertReason.RAPPEL, AlertReason.POINT)  # the others are said by the software


class DisclosureGround(TextChoices):
    """The exceptions to confidentiality (law 95-125 of 8 February 1995, art. 21-3)."""

    INTEGRITE = "integrite", "Protéger l’intégrité physique ou psychologique d’une personne"
    ENFANT = "enfant", "Protéger l’intérêt supérieur d’un enfant"
    ORDRE_PUBLIC = "ordre_public", "Raison impérieuse d’ordre public"


class Recipient(TextChoices):
    """Whom what was confided may be told to, when an exception holds."""

    SECOURS = "secours", "Secours (15, 17, 18, 112, 114)"
    CRIP = "crip", "Cellule de recueil des informations préoccupantes"
    PROCUREUR = "procureur", "Procureur de la République"
    SERVICE_SOCIAL = "service_social", "Service social"


class Decision(TextChoices):
    """What the supervisor and the mediator decided together."""

    ACCEPTEE = "acceptee", "Sortie de confidentialité décidée"
    REFUSEE = "refusee", "Rien n’est transmis"
