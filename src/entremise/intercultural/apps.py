from django.apps import AppConfig


class InterculturalConfig(AppConfig):
    name = "entremise.intercultural"
    label = "intercultural"
    verbose_name = "interculturel"

    def ready(self) -> None:
        from entremise.core.ui.navigation import Item, register  # models must be loaded first
        from entremise.intercultural import personal, rules  # noqa: F401 - rules: permissions

        personal.declare()

        register(
            Item("Cartes en langues", "intercultural:cards", "intercultural.show_cards", 37, "speech", section="relay")
        )
