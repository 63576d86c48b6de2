from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "entremise.sync"
    label = "sync"
    verbose_name = "hors ligne"

    def ready(self) -> None:
        from entremise.sync import personal, rules  # noqa: F401 - rules register the permissions

        personal.declare()
