from django.apps import AppConfig


class PresenceConfig(AppConfig):
    name = "entremise.presence"
    label = "presence"
    verbose_name = "présence"

    def ready(self) -> None:
        from entremise.core import schedule  # models must be loaded first
        from entremise.core.ui import offline
        from entremise.documents.exports import register
        from entremise.journal.events import subscribe
        from entremise.presence import (  # noqa: F401 - rules register the permissions
            events,
            exports,
            navigation,
            office,
            personal,
            personal_photos,
            reminders,
            renderers,
            rules,
            sync,
            tasks,
            verification_photos,
        )
        from entremise.presence import offline as offline_parts
        from entremise.presence.services.photos import sweep_photos

        _register_lists()
        register("tournees", exports.ROUNDS)
        register("observations", exports.OBSERVATIONS)
        register("signalements", exports.DEFECTS)
        renderers.register()
        reminders.register()
        navigation.register()
        personal.declare()
        schedule.register("presence.photos", lambda: f"{sweep_photos()} photos sans fiche effacées")
        personal_photos.declare()
        verification_photos.register()
        sync.declare()
        office.declare()
        offline.register("presence.forms", offline_parts.forms_of)
        subscribe(events.DefectReported, tasks.enqueue_notice)
        subscribe(events.DefectNoticeRequested, tasks.enqueue_notice)
        subscribe(events.DefectAdvanced, tasks.enqueue_reminder)


def _register_lists() -> None:
    from entremise.core import nomenclature
    from entremise.presence import enums

    nomenclature.register("L6", "Tranche d’âge", enums.AgeBand, editable=False)
    nomenclature.register("L21", "Signalement technique : catégorie", enums.DefectCategory)
    nomenclature.register("L22", "Signalement technique : état", enums.DefectStatus, editable=False)
    nomenclature.register("L23", "Urgence", enums.Urgency)
    nomenclature.register("L24", "Ambiance", enums.Atmosphere)
    nomenclature.register("L25", "Veille sociale : type", enums.WatchType)
    nomenclature.register("L26", "Fiabilité", enums.Reliability)
    nomenclature.register("L29", "Main courante : nature", enums.LogKind, editable=False)
