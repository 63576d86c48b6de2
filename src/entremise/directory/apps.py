from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "entremise.directory"
    label = "directory"
    verbose_name = "annuaire"

    def ready(self) -> None:
        from entremise.core import nomenclature  # models must be loaded first
        from entremise.core.ui import navigation
        from entremise.directory import exports, gestures, panels, personal, rules  # noqa: F401 - rules: permissions
        from entremise.directory.enums import PartnerType
        from entremise.documents.exports import register
        from entremise.places.panels import PANELS
        from entremise.places.search import register_source

        personal.declare()
        nomenclature.register("L20", "Type de partenaire", PartnerType)
        navigation.register(
            navigation.Item("Relais", "directory:relays", "directory.view", 30, "share", bar=True, section="relay")
        )
        navigation.register(
            navigation.Item("Annuaire", "directory:partners", "directory.view", 35, "book", section="relay")
        )
        register_source("Partenaires", panels.find_partners)
        PANELS.register("À prévenir en cas de défaut", "directory:site_owners", "directory.view", 50)
        register("annuaire", exports.PARTNERS)
        register("responsables", exports.OWNERS)
        gestures.register_all()
