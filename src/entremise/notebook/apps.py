from django.apps import AppConfig


class NotebookConfig(AppConfig):
    name = "entremise.notebook"
    label = "notebook"
    verbose_name = "carnet"

    def ready(self) -> None:
        from entremise.core.ui.navigation import Item, register
        from entremise.notebook import mirror, rules  # noqa: F401 - rules registers the permissions

        register(Item("Carnet hors ligne", "notebook:shell", "notebook.use", 120, "phone", section="field"))
        mirror.register()
