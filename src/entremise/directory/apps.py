from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "entremise.directory"
    label = "directory"
    verbose_name = "annuaire"
