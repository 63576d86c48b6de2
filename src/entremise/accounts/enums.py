"""Closed lists of organisations, roles and jobs."""

from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    """Who employs the mediators."""

    ASSOCIATION = "association", "Association"
    COMMUNE = "commune", "Commune ou intercommunalité"
    BAILLEUR = "bailleur", "Bailleur social"
    TRANSPORTEUR = "transporteur", "Transporteur"
    CERTIFICATEUR = "certificateur", "Organisme certificateur"
    ETABLISSEMENT = "etablissement", "Établissement (scolaire, de santé…)"
    ENTREPRISE = "entreprise", "Entreprise"
    AUTRE = "autre", "Autre"


class Role(TextChoices):
    """What a member may do in one organisation."""

    MEDIATEUR = "mediateur", "Médiateur ou médiatrice"
    ENCADRANT = "encadrant", "Encadrant ou encadrante"
    ADMINISTRATEUR = "administrateur", "Administrateur de l’organisation"
    DPD = "dpd", "Délégué à la protection des données"
    LECTEUR = "lecteur", "Lecteur (audit)"
    CERTIFICATEUR = "certificateur", "Certificateur"
    JURY = "jury", "Membre de jury"
    FORMATEUR = "formateur", "Formateur ou accompagnateur"
    PREPARATEUR = "preparateur", "Organisme préparateur"
    CANDIDAT = "candidat", "Candidat à la certification"


class Job(TextChoices):
    """The nine jobs of the record RNCP41674: each is a preset of registers, places and cards."""

    ESPACES_PUBLICS = "espaces_publics", "Médiation sociale des espaces ouverts aux publics"
    MILIEU_SCOLAIRE = "milieu_scolaire", "Médiation sociale en milieu scolaire"
    PUBLICS_EN_ERRANCE = "publics_en_errance", "Médiation auprès des publics en errance"
    PREVENTION_SPECIALISEE = "prevention_specialisee", "Prévention spécialisée"
    POINTS_ACCUEIL = "points_accueil", "Points d’accueil"
    EMPLOI = "emploi", "Médiation vers l’emploi"
    NUMERIQUE = "numerique", "Médiation numérique"
    TRANSPORTS = "transports", "Médiation dans les transports"
    SOCIOCULTUREL = "socioculturel", "Animation sociale et socioculturelle"


# Jobs whose public must never be identifiable, whatever a form would allow.
ANONYMOUS_JOBS = frozenset({Job.PUBLICS_EN_ERRANCE, Job.PREVENTION_SPECIALISEE})

# Roles that see more than their own team's work: the second factor is required of them.
SECOND_FACTOR_ROLES = frozenset({Role.ENCADRANT, Role.ADMINISTRATEUR, Role.DPD, Role.LECTEUR})
SECOND_FACTOR_ROLES |= {Role.CERTIFICATEUR, Role.JURY, Role.FORMATEUR, Role.PREPARATEUR}


class Limit(TextChoices):
    """What is counted against a limit in time."""

    SIGN_IN = "sign_in", "Connexions refusées, par machine"
    SECOND_FACTOR = "second_factor", "Codes refusés, par compte"
    PASSWORD_RESET = "password_reset", "Demandes de nouveau mot de passe, par adresse"
    PASSWORD_RESET_CLIENT = "password_reset_client", "Demandes de nouveau mot de passe, par machine"
    PASSWORD_CHECK = "password_check", "Mots de passe redemandés, par compte"
    INVITATION = "invitation", "Invitations envoyées, par organisation"
    EMAIL_CHANGE = "email_change", "Changements d’adresse demandés, par compte"


class NewWayIn(TextChoices):
    """What let someone into an account without proving that they knew its former password."""

    LINK = "link", "Mot de passe refait par un lien"
    SECOND_FACTOR = "second_factor", "Second facteur retiré par l’exploitant"
    REOPENED = "reopened", "Compte rouvert par une invitation"
    PROCONNECT = "proconnect", "Première connexion par ProConnect"
    COMMAND = "command", "Mot de passe remplacé sur le serveur"


class Closed(TextChoices):
    """Why an invitation no longer opens anything."""

    UNKNOWN = "unknown", "inconnue"
    EXPIRED = "expired", "expirée"
    USED = "used", "déjà utilisée"
    REVOKED = "revoked", "retirée"
