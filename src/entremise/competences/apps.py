from django.apps import AppConfig


class CompetencesConfig(AppConfig):
    name = "entremise.competences"
    label = "competences"
    verbose_name = "référentiels de compétences"

    def ready(self) -> None:
        from entremise.competences import rules, verification  # noqa: F401 - rules register the permissions
        from entremise.core.ui.navigation import Item, register

        register(Item("Compétences", "competences:records", "competences.view", 330, "book", section="practice"))
        verification.register_checks()
