"""`entremise retirer_second_facteur`: for someone who lost both the telephone and the recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from entremise.accounts.enums import NewWayIn
from entremise.accounts.models import User
from entremise.accounts.services import second_factor
from entremise.accounts.services.confidences import close_confidences
from entremise.accounts.services.sessions import close_every_session
from entremise.core.actor import system_actor


class Command(BaseCommand):
    help = "Retire le second facteur d'un compte, après vérification de l'identité de la personne."

    def add_arguments(self, parser: Any) -> None:
        """The address of the account."""
        parser.add_argument("adresse")

    def handle(self, *args: Any, **options: Any) -> None:
        """The owner is told by mail, every session closes, and a role that needs it asks for it again."""
        user = User.objects.by_email(options["adresse"])
        if user is None or not user.is_active:
            raise CommandError("Aucun compte ouvert à cette adresse.")
        actor = system_actor(origin="command")
        with transaction.atomic():
            second_factor.remove(actor=actor, user=user)
            close_every_session(actor=actor, user=user)
            close_confidences(actor=actor, user=user, by=NewWayIn.SECOND_FACTOR)
        self.stdout.write("Second facteur retiré ; la personne est prévenue par courrier électronique.")
