"""What this module declares of the personal data it keeps."""

from entremise.core.personal import After, Basis, Processing, Rule, register_processing, register_rule

FOLLOW_UP = Processing(
    code="suivi",
    label="Suivi de personnes et de familles",
    purpose=(
        "Accompagner dans la durée une personne qui le demande : reprendre contact, suivre ses démarches, "
        "passer le relais."
    ),
    basis=Basis.PUBLIC_TASK,
    persons=("Personnes suivies par une équipe de médiation",),
    data=(
        "Référence, année de naissance ou tranche d’âge, commune",
        "Langues parlées et lues",
        "Nom et contact, seulement pour une raison choisie dans une liste",
        "Moyen de contact le plus sûr",
        "Accords donnés et retirés, avec leur date et la langue de l’explication",
    ),
    recipients=("L’équipe qui suit la personne", "Un partenaire, avec l’accord de la personne"),
    security=("Chiffré sous la clé propre de la personne", "Lectures journalisées"),
)

PERSONS = Rule(
    code="personnes",
    label="Personnes suivies",
    processing=FOLLOW_UP.code,
    fields=tuple(
        f"privacy.Person.{name}"
        for name in (
            *("name", "phone", "email", "address", "contact_note"),
            *("birth_year", "age_band", "commune_code", "speaks", "reads", "phone_watched", "contact_way"),
            *("name_mark", "see_again_on"),
        )
    ),
    days=730,
    starts="Le dernier contact avec la personne",
    after=After.ERASE,
    source="CNIL, référentiel accompagnement social (délibération 2021-028) : deux ans après le dernier contact",
    floor=30,
    holds=("pk",),
)

AGREEMENTS = Rule(
    code="accords",
    label="Accords donnés et retirés",
    processing=FOLLOW_UP.code,
    fields=tuple(
        f"privacy.Agreement.{name}" for name in ("recipient_label", "mandate_by", "language", "mandate_quality")
    ),
    days=None,
    starts="Aussi longtemps que la personne est suivie ; les dates, sans mots, restent après l’effacement",
    after=After.ERASE,
    source="RGPD, article 7 : pouvoir montrer l’accord tant que l’on s’en sert",
)


def declare() -> None:
    """Called once, when the applications are ready."""
    register_processing(FOLLOW_UP)
    register_rule(PERSONS)
    register_rule(AGREEMENTS)
