from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "entremise.sync"
    label = "sync"
    verbose_name = "hors ligne"

    def ready(self) -> None:
        from entremise.core import schedule, waiting  # models must be loaded first
        from entremise.sync import navigation, parts, personal, rules  # noqa: F401 - rules register the permissions
        from entremise.sync.services import release_unblocked, retry_after_upgrade, tell_missing
        from entremise.sync.services.media import sweep
        from entremise.sync.waiting import waiting_for

        navigation.register_all()
        parts.register_all()
        personal.declare()
        waiting.register(waiting_for)
        schedule.register("sync.reprises", lambda: f"{retry_after_upgrade()} saisies reprises après une mise à jour")
        schedule.register("sync.attentes", lambda: f"{release_unblocked()} saisies qui n’attendaient plus rien")
        schedule.register("sync.manquantes", lambda: f"{tell_missing()} pièces jointes dites manquantes")
        schedule.register("sync.pieces", lambda: f"{sweep()} pièces jointes du carnet effacées")
