from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "entremise.places"
    label = "places"
    verbose_name = "lieux"

    def ready(self) -> None:
        from entremise.core import nomenclature  # models must be loaded first
        from entremise.places import rules  # noqa: F401 - registers the permissions
        from entremise.places.enums import SpaceType

        nomenclature.register("L4", "Type d’espace", SpaceType)
