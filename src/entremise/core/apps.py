from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "entremise.core"
    label = "core"
    verbose_name = "socle"
