from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "entremise.safety"
    label = "safety"
    verbose_name = "sécurité de l'équipe"

    def ready(self) -> None:
        from entremise.safety import rules  # noqa: F401 - registers the permissions
        from entremise.safety.setup import declare

        declare()
