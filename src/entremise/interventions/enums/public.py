"""Who was there, as counts and capacities, never as persons."""

from django.db.models import TextChoices


class PublicConfiguration(TextChoices):
    """L5. Alone, a couple, a group: the shape of the public, not who they are."""

    PERSONNE_SEULE = "personne_seule", "Personne seule"
    PERSONNE_ISOLEE = "personne_isolee", "Personne isolée (isolement repéré)"
    COUPLE = "couple", "Couple"
    FAMILLE = "famille", "Famille"
    FAMILLE_MONOPARENTALE = "famille_monoparentale", "Famille monoparentale"
    GROUPE_2_5 = "groupe_2_5", "Groupe de 2 à 5"
    GROUPE_6_10 = "groupe_6_10", "Groupe de 6 à 10"
    GROUPE_11_20 = "groupe_11_20", "Groupe de 11 à 20"
    GROUPE_20P = "groupe_20p", "Groupe de plus de 20"
    COLLECTIF = "collectif", "Collectif constitué (amicale, conseil citoyen, parents…)"
    PROFESSIONNEL = "professionnel", "Professionnels, partenaires"


class Gender(TextChoices):
    """L7. Head counts only, as in La Coop."""

    FEMININ = "feminin", "Féminin"
    MASCULIN = "masculin", "Masculin"
    NON_COMMUNIQUE = "non_communique", "Non communiqué"


class PublicQuality(TextChoices):
    """L8. In what capacity the people were there. Three values are sensitive and off by default."""

    HABITANT = "habitant", "Habitant, locataire"
    PROPRIETAIRE = "proprietaire", "Copropriétaire, propriétaire"
    USAGER = "usager", "Usager d’un service"
    VOYAGEUR = "voyageur", "Voyageur"
    PASSANT = "passant", "Passant, visiteur"
    JEUNE = "jeune", "Jeune (hors scolaire)"
    ELEVE = "eleve", "Élève"
    PARENT_ELEVE = "parent_eleve", "Parent d’élève"
    SENIOR = "senior", "Sénior"
    COMMERCANT = "commercant", "Commerçant, salarié"
    SANS_DOMICILE = "sans_domicile", "Personne à la rue, sans domicile"
    EXILE = "exile", "Personne exilée, primo-arrivante"
    HANDICAP = "handicap", "Personne en situation de handicap (si utile et dit par elle)"
    PROFESSIONNEL = "professionnel", "Professionnel, agent, gardien"
    ELU = "elu", "Élu"
    BENEVOLE = "benevole", "Bénévole, association"
    NON_COMMUNIQUE = "non_communique", "Non communiqué"


class LanguageNeed(TextChoices):
    """L9. What was needed to understand one another; never which language."""

    AUCUN = "aucun", "Échange en français"
    FRANCAIS_SIMPLE = "francais_simple", "Français simplifié"
    BILINGUE = "bilingue", "Médiateur bilingue"
    INTERPRETE = "interprete", "Interprète professionnel"
    TIERS_PROCHE = "tiers_proche", "Proche (à éviter ; jamais un enfant)"
    LSF = "lsf", "Langue des signes, surdité"
    ECHEC = "echec", "Barrière de langue non levée"


class Dimension(TextChoices):
    """What a margin of head counts is about."""

    AGE = "age", "Tranche d’âge"
    GENRE = "genre", "Genre"
