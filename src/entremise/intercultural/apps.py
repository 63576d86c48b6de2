from django.apps import AppConfig


class InterculturalConfig(AppConfig):
    name = "entremise.intercultural"
    label = "intercultural"
    verbose_name = "interculturel"
