from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "entremise.places"
    label = "places"
    verbose_name = "lieux"

    def ready(self) -> None:
        from entremise.accounts import presets
        from entremise.core import nomenclature  # models must be loaded first
        from entremise.core.ui import navigation
        from entremise.documents.exports import register
        from entremise.places import (  # noqa: F401 - rules: permissions
            exports,
            gestures,
            personal,
            rules,
            search,
            verification,
        )
        from entremise.places.enums import SpaceType
        from entremise.places.presets import SPACES_BY_JOB

        nomenclature.register("L4", "Type d’espace", SpaceType)
        for job, spaces in SPACES_BY_JOB.items():
            presets.declare(job, presets.PLACES, [(space.value, str(space.label)) for space in spaces])
        navigation.register(navigation.Item("Lieux", "places:sites", "places.view", 30, "map-pin", section="field"))
        search.register_source("Lieux", search.find_sites)
        register("lieux", exports.SITES)
        register("secteurs", exports.SECTORS)
        verification.register_checks()
        personal.declare()
        gestures.register_all()
