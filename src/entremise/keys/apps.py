from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "entremise.keys"
    label = "keys"
    verbose_name = "clés"

    def ready(self) -> None:
        from entremise.core import schedule
        from entremise.core.crypto import set_key_provider  # models must be loaded first
        from entremise.keys import services, verification
        from entremise.keys.services import DatabaseKeys

        set_key_provider(DatabaseKeys())
        verification.register_checks()
        schedule.register("cles.auteurs", lambda: f"{services.settle_alone('author')} auteurs partis, clés retirées")
        schedule.register("cles.rotation", lambda: f"{services.reseal()} valeurs rescellées")
