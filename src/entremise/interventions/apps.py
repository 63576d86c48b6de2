from django.apps import AppConfig


class InterventionsConfig(AppConfig):
    name = "entremise.interventions"
    label = "interventions"
    verbose_name = "interventions"

    def ready(self) -> None:
        from entremise.interventions import rules  # noqa: F401 - registers the permissions
        from entremise.interventions.office import declare as declare_office
        from entremise.interventions.personal import declare as declare_personal
        from entremise.interventions.reference.setup import declare_reference
        from entremise.interventions.setup import declare
        from entremise.interventions.sync import declare as declare_operations

        declare()
        declare_reference()
        declare_personal()
        declare_operations()
        declare_office()
