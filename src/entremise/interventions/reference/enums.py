"""Closed lists of what the Charter refuses."""

from django.db.models import TextChoices


class Principle(TextChoices):
    """The principle of the Charter of 2001 that a request goes against."""

    IMPARTIALITE = "impartialite", "Neutralité et impartialité"
    DIALOGUE = "dialogue", "Négociation et dialogue, sans autorité"
    CONSENTEMENT = "consentement", "Libre consentement"
    PARTICIPATION = "participation", "Participation des habitants"
    INSTITUTIONS = "institutions", "Mobilisation des institutions"
    DROITS = "droits", "Protection des droits et des libertés"
    INDEPENDANCE = "independance", "Indépendance"
    CONFIDENTIALITE = "confidentialite", "Discrétion et confidentialité"


class RefusedRequest(TextChoices):
    """What was asked of the team and refused."""

    NOM = "nom", "Le nom d’une personne"
    LISTE = "liste", "Une liste nominative"
    PATROUILLE = "patrouille", "Une patrouille"
    SURVEILLANCE = "surveillance", "Surveiller ou renseigner"
    AUTORITE = "autorite", "Un acte d’autorité (contrôler, chasser, sanctionner)"
    IMAGE = "image", "Des photos ou vidéos de personnes"
    RECIT = "recit", "Le récit d’une intervention"
    AUTRE = "autre", "Autre demande"
