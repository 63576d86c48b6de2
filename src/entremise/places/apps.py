from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "entremise.places"
    label = "places"
    verbose_name = "lieux"
