from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "entremise.statistics"
    label = "statistics"
    verbose_name = "bilans"

    def ready(self) -> None:
        from entremise.core.ui import navigation  # models must be loaded first
        from entremise.documents.services import register_export
        from entremise.places import scopes
        from entremise.statistics import exports, gestures, personal, rules  # noqa: F401 - rules register the permissions
        from entremise.statistics.queries.scope import convention_choices, places_of

        scopes.register(convention_choices, places_of)
        personal.declare()
        register_export("conventions", exports.CONVENTIONS)
        register_export("liens", exports.LINKS)
        gestures.register_all()
        navigation.register(
            navigation.Item(
                label="Bilans",
                url_name="statistics:report",
                permission="statistics.view",
                order=50,
                icon="chart",
                section="account",
            )
        )
