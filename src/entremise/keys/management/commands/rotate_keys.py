"""`entremise rotate_keys`: give an organisation, or the installation, a new data key."""

import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from entremise.core.actor import system_actor
from entremise.core.errors import Refused
from entremise.keys.services import INSTALLATION, organisation_scope, rotate_data_key


class Command(BaseCommand):
    help = "Change la clé de données d’une organisation ou de l’installation ; l’ancienne se retire peu à peu."

    def add_arguments(self, parser: Any) -> None:
        """Which one."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--organisation", type=uuid.UUID, help="identifiant de l’organisation")
        which.add_argument("--installation", action="store_true", help="les comptes")

    def handle(self, *args: Any, **options: Any) -> None:
        """What the former key sealed is sealed again by `entremise tick`."""
        scope = INSTALLATION if options["installation"] else organisation_scope(options["organisation"])
        try:
            rotate_data_key(actor=system_actor(origin="command"), scope=scope)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("Nouvelle clé. « entremise tick » rescelle peu à peu ce que l’ancienne avait scellé.")
