from django.apps import AppConfig


class CompetencesConfig(AppConfig):
    name = "entremise.competences"
    label = "competences"
    verbose_name = "référentiels de compétences"

    def ready(self) -> None:
        from entremise.competences import rules, tasks, verification  # noqa: F401 - rules register the permissions
        from entremise.competences.services import exports
        from entremise.core import schedule
        from entremise.core.ui.navigation import Item, register

        register(Item("Compétences", "competences:records", "competences.view", 330, "book", section="practice"))
        verification.register_checks()
        tasks.subscribe_all()
        schedule.register("competences.exports", exports.tidy)
