from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "entremise.accounts"
    label = "accounts"
    verbose_name = "comptes"

    def ready(self) -> None:
        from django.db.models.signals import post_save

        from entremise.accounts import (  # noqa: F401 - rules register the permissions
            exports,
            gestures,
            navigation,
            personal,
            rules,
            tasks,
            verification,
            waiting,
        )
        from entremise.accounts.models import User
        from entremise.accounts.queries import actor_for
        from entremise.accounts.services.confidences import shut_after_password_from_outside
        from entremise.core import waiting as waiting_room
        from entremise.documents.services import register_export, set_actor_source

        post_save.connect(shut_after_password_from_outside, sender=User, dispatch_uid="accounts.confidences")
        navigation.register_all()
        gestures.register_all()
        waiting_room.register(waiting.loose_ends)
        tasks.subscribe_all()
        personal.declare()
        verification.register_checks()
        set_actor_source(actor_for)
        register_export("membres", exports.MEMBERS)
        register_export("equipes", exports.TEAMS)
