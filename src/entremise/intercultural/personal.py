"""What this module declares of the personal data it keeps."""

from entremise.core.personal import After, Basis, Processing, Rule, register_processing, register_rule

CARDS = Processing(
    code="cartes",
    label="Cartes en langues",
    purpose="Dire aux habitants, dans leur langue, qui est le médiateur et quels sont leurs droits.",
    basis=Basis.LEGITIMATE_INTEREST,
    persons=("Personnes qui relisent une traduction ou prêtent leur voix",),
    data=("Nom que la personne accepte de voir sous le texte qu’elle a relu", "Voix enregistrée"),
    recipients=("Membres de l’organisation", "Habitants à qui la carte est montrée"),
    sources=("La personne elle-même",),
)
REVIEWS = Rule(
    code="cartes-relectures",
    label="Noms des relecteurs des cartes",
    processing=CARDS.code,
    fields=("intercultural.CardReview.reviewer_name",),
    days=None,
    starts="Aussi longtemps que le texte relu est montré ; une nouvelle relecture remplace le nom",
    after=After.ERASE,
    source="Entremise : un texte dit toujours qui l’a relu",
)


def declare() -> None:
    """Called once, when the applications are ready."""
    register_processing(CARDS)
    register_rule(REVIEWS)
