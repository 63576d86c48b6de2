from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "entremise.demonstration"
    label = "demonstration"
    verbose_name = "démonstration"
