"""`entremise creer_organisation`: the first organisation of an installation, and its first administrator."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from entremise.accounts.enums import OrganisationKind, Role
from entremise.accounts.services import create_organisation, invitations
from entremise.core.actor import system_actor
from entremise.core.errors import InvalidInput


class Command(BaseCommand):
    help = "Crée une organisation et affiche le lien d'invitation de son premier administrateur."

    def add_arguments(self, parser: Any) -> None:
        """Everything by arguments: it also runs from a script."""
        parser.add_argument("--nom", required=True)
        parser.add_argument("--nature", default=OrganisationKind.ASSOCIATION, choices=OrganisationKind.values)
        parser.add_argument("--siret", default="")
        parser.add_argument("--commune", default="", help="code INSEE")
        parser.add_argument("--administrateur", required=True, help="adresse électronique")

    def handle(self, *args: Any, **options: Any) -> None:
        """All or nothing; the link is printed once and kept nowhere."""
        try:
            with transaction.atomic():
                organisation = create_organisation(
                    name=options["nom"],
                    kind=options["nature"],
                    siret=options["siret"],
                    commune_code=options["commune"],
                )
                invitation = invitations.invite(
                    actor=system_actor(organisation.pk, "command"),
                    email=options["administrateur"],
                    roles=[Role.ADMINISTRATEUR],
                    by_mail=False,
                )
                renewed = invitations.renew_link(invitation_id=invitation.pk)
        except InvalidInput as refusal:
            raise CommandError(str(refusal)) from refusal
        assert renewed is not None
        link = settings.BASE_URL + reverse("accounts:invitation", args=[renewed[1]])
        self.stdout.write(f"Organisation créée : {organisation.name}")
        self.stdout.write("Lien de son premier administrateur (une fois, sept jours) :")
        self.stdout.write(link)
