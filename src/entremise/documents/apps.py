from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "entremise.documents"
    label = "documents"
    verbose_name = "documents"

    def ready(self) -> None:
        from entremise.core import schedule  # models must be loaded first
        from entremise.core.sealing import register_files
        from entremise.core.ui import navigation
        from entremise.documents import (  # noqa: F401 - rules registers permissions
            maintenance,
            personal,
            rules,
            tasks,
            verification,
        )
        from entremise.documents.services.preparation import sealed_files

        personal.declare()
        tasks.subscribe_all()
        verification.register_checks()
        schedule.register("documents.exports", maintenance.tick)
        register_files("documents.exports", sealed_files)
        navigation.register(
            navigation.Item("Mes exports", "documents:exports", "documents.own_exports", 880, "download", section="own")
        )
