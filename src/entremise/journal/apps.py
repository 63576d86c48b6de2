from django.apps import AppConfig
from django.db.models.signals import post_migrate


class JournalConfig(AppConfig):
    name = "entremise.journal"
    label = "journal"
    verbose_name = "journal"

    def ready(self) -> None:
        from entremise.core import schedule
        from entremise.journal import personal, services, triggers, verification  # models must be loaded first

        personal.declare()
        post_migrate.connect(triggers.install_after_migrate, sender=self)
        verification.register_checks()
        schedule.register("journal.scelles", lambda: f"{len(services.seal_days())} jours scellés")
