"""What this module declares of the personal data it keeps: what an author thinks of their own practice."""

from entremise.core.personal import After, Basis, Processing, Rule, register_processing, register_rule

NOTEBOOK = Processing(
    code="carnet-reflexif",
    label="Carnet réflexif",
    purpose="Permettre à chacun d’analyser sa propre pratique, pour soi, et d’emporter ce travail.",
    basis=Basis.LEGITIMATE_INTEREST,
    persons=("L’auteur de la fiche ; les situations y sont racontées sans nom",),
    data=("Récit, ressentis, hypothèses, ce que l’auteur garde et change", "Relecture à trente jours"),
    recipients=("L’auteur seul ; ni l’encadrement, ni l’administrateur, ni le délégué",),
    sources=("L’auteur", "Les faits d’un acte qu’il a signé, noms retirés"),
    security=(
        "Chiffré sous la clé propre de l’auteur",
        "Fermé 72 heures après un nouvel accès au compte",
        "Le journal ne garde ni mot ni titre",
    ),
)

SHEETS = Rule(
    code="fiches-reflexives",
    label="Fiches du carnet réflexif",
    processing=NOTEBOOK.code,
    fields=tuple(f"practice.Sheet.{name}" for name in ("title", "content", "rereading")),
    days=None,
    starts="Vit avec le compte de son auteur, qui la supprime quand il veut ; sa clé est détruite avec le compte",
    after=After.ERASE,
    source="Charte de la médiation sociale, confidentialité ; l’organisation n’en est pas destinataire",
)


def declare() -> None:
    """Called once, when the applications are ready."""
    register_processing(NOTEBOOK)
    register_rule(SHEETS)
