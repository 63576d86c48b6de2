from django.apps import AppConfig


class InterventionsConfig(AppConfig):
    name = "entremise.interventions"
    label = "interventions"
    verbose_name = "interventions"
