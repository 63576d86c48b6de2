from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "entremise.privacy"
    label = "privacy"
    verbose_name = "protection des données"

    def ready(self) -> None:
        from entremise.core import schedule  # models must be loaded first
        from entremise.privacy import rules  # noqa: F401 - registers the permissions
        from entremise.privacy.personal import declare
        from entremise.privacy.services import erasure

        declare()
        schedule.register("privacy.effacements", erasure.tick)
