from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "entremise.statistics"
    label = "statistics"
    verbose_name = "bilans"
