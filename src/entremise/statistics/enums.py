"""Closed lists of the figures: funders, report templates, what a period is compared with."""

from django.db.models import TextChoices


class FunderKind(TextChoices):
    """Who pays for mediation (domain report §1.5, ``financeur``)."""

    ANCT = "anct", "État – ANCT, politique de la ville (adulte-relais, contrat de ville)"
    PREFECTURE = "prefecture", "Préfecture, sous-préfet ville (BOP 147)"
    FIPD = "fipd", "CIPDR – FIPD"
    CONSEILLER_NUMERIQUE = "conseiller_numerique", "ANCT – dispositif Conseiller numérique"
    FRANCE_SERVICES = "france_services", "France services"
    COMMUNE = "commune", "Commune"
    EPCI = "epci", "Intercommunalité"
    DEPARTEMENT = "departement", "Département"
    REGION = "region", "Région"
    CAF = "caf", "CAF"
    ARS = "ars", "ARS"
    BAILLEUR = "bailleur", "Bailleur social (prestation ou abattement TFPB)"
    TRANSPORTEUR = "transporteur", "Transporteur, autorité organisatrice"
    EDUCATION = "education", "Éducation nationale, établissement scolaire"
    ENTREPRISE = "entreprise", "Entreprise, délégataire (énergie, eau, La Poste…)"
    EUROPE = "europe", "Fonds européens (FSE+, AMIF)"
    FONDATION = "fondation", "Fondation, mécénat"
    FONDS_PROPRES = "fonds_propres", "Fonds propres"


class Template(TextChoices):
    """The layout of a report."""

    NOTE_BAILLEUR = "note_bailleur", "Note au bailleur"
    BILAN_ADULTE_RELAIS = "bilan_adulte_relais", "Bilan adulte-relais"
    RAPPORT_ACTIVITE = "rapport_activite", "Rapport d’activité"


class LinkState(TextChoices):
    """Whether a link given to a funder can still be read."""

    OUVERT = "ouvert", "Ouvert"
    EXPIRE = "expire", "Expiré"
    RETIRE = "retire", "Retiré"


class Comparison(TextChoices):
    """What the period is set beside."""

    AN = "an", "Même période un an plus tôt"
    AVANT = "avant", "Période juste avant"


class Format(TextChoices):
    """The faces of a report that can be taken away."""

    PDF = "pdf", "PDF"
    ODT = "odt", "Texte modifiable"
    XLSX = "xlsx", "Tableur"
