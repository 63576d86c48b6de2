from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "entremise.accounts"
    label = "accounts"
    verbose_name = "comptes"

    def ready(self) -> None:
        from entremise.accounts import maintenance, navigation, rules, tasks, verification  # noqa: F401 - permissions
        from entremise.accounts.queries import actor_for
        from entremise.documents.services import set_actor_source

        navigation.register_all()
        tasks.subscribe_all()
        maintenance.register_jobs()
        verification.register_checks()
        set_actor_source(actor_for)
