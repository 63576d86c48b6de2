from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "entremise.documents"
    label = "documents"
    verbose_name = "documents"
