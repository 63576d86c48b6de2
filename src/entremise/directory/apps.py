from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "entremise.directory"
    label = "directory"
    verbose_name = "annuaire"

    def ready(self) -> None:
        from entremise.core import nomenclature  # models must be loaded first
        from entremise.directory import rules  # noqa: F401 - registers the permissions
        from entremise.directory.enums import PartnerType

        nomenclature.register("L20", "Type de partenaire", PartnerType)
