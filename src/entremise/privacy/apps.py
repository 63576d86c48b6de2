from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "entremise.privacy"
    label = "privacy"
    verbose_name = "protection des données"

    def ready(self) -> None:
        from entremise.core.crypto import set_key_provider  # models must be loaded first
        from entremise.privacy import verification
        from entremise.privacy.services import DatabaseKeys

        set_key_provider(DatabaseKeys())
        verification.register_checks()
