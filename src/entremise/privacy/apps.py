from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "entremise.privacy"
    label = "privacy"
    verbose_name = "protection des données"

    def ready(self) -> None:
        from entremise.core import schedule, waiting  # models must be loaded first
        from entremise.core.ui import navigation
        from entremise.documents.services import register_export
        from entremise.privacy import (  # noqa: F401 - rules registers the permissions
            exports_requests,
            rules,
            setup_persons,
            waiting_requests,
        )
        from entremise.privacy.parts import register_all
        from entremise.privacy.personal import declare
        from entremise.privacy.services import access, erasure
        from entremise.privacy.setup_accountability import set_up
        from entremise.privacy.setup_backups import set_up as set_up_backups
        from entremise.privacy.setup_retention import set_up as set_up_retention

        declare()
        register_all()
        set_up()
        set_up_retention()
        setup_persons.set_up()
        schedule.register("privacy.effacements", erasure.tick)
        waiting.register(waiting_requests.waiting_for)
        register_export(access.BUNDLE, access.FILE)
        register_export("demandes-de-droits", exports_requests.REQUESTS)
        navigation.register(
            navigation.Item(
                "Droits des personnes", "privacy:requests", "privacy.view_requests", 850, "person", section="protection"
            )
        )
        navigation.register(
            navigation.Item(
                "Une personne demande…", "privacy:requests", "privacy.passes_requests", 480, "person", section="relay"
            )
        )
        set_up_backups()
