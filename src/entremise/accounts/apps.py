from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "entremise.accounts"
    label = "accounts"
    verbose_name = "comptes"
