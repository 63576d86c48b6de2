from django.apps import AppConfig


class PresenceConfig(AppConfig):
    name = "entremise.presence"
    label = "presence"
    verbose_name = "présence"
