from django.apps import AppConfig


class MediationsConfig(AppConfig):
    name = "entremise.mediations"
    label = "mediations"
    verbose_name = "médiations formelles"

    def ready(self) -> None:
        from entremise.mediations import rules  # noqa: F401 - registers the permissions
        from entremise.mediations.personal import declare as declare_personal
        from entremise.mediations.setup import declare

        declare()
        declare_personal()
