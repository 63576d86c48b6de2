from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "entremise.core"
    label = "core"
    verbose_name = "socle"

    def ready(self) -> None:
        """Forms speak the page's words."""
        from entremise.core.ui.forms import plain_messages  # forms may not be imported before apps are loaded

        plain_messages()
