from django.apps import AppConfig


class InterculturalConfig(AppConfig):
    name = "entremise.intercultural"
    label = "intercultural"
    verbose_name = "interculturel"

    def ready(self) -> None:
        from entremise.core import schedule  # models must be loaded first
        from entremise.core.ui.navigation import Item, register
        from entremise.documents.services import register_export
        from entremise.intercultural import exports, personal, rules, verification  # noqa: F401 - rules: permissions
        from entremise.intercultural.services.voices import sweep_voices

        personal.declare()
        verification.register()
        schedule.register("intercultural.voices", lambda: f"{sweep_voices()} voix sans fiche effacées")
        register_export(exports.USES_CODE, exports.USES)
        show, record = "intercultural.show_cards", "intercultural.record_use"
        register(Item("Cartes en langues", "intercultural:cards", show, 37, "speech", section="relay"))
        register(Item("Interprètes", "intercultural:uses", record, 38, "people", section="relay"))
