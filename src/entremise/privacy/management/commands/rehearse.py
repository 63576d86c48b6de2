"""`entremise rehearse`: restore the newest backup apart, verify it there, throw it away."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from entremise.core.actor import system_actor
from entremise.core.errors import Refused
from entremise.privacy.services.backups import adopt, rehearse


class Command(BaseCommand):
    help = "Répète une restauration : la dernière sauvegarde est restaurée à part, vérifiée, puis jetée."

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 when the backup would not serve."""
        try:
            adopt()
            rehearsal = rehearse(actor=system_actor(origin="command"))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if not rehearsal.held:
            raise CommandError(f"La restauration n’a pas tenu : {', '.join(rehearsal.failed)}")
        self.stdout.write(f"La sauvegarde se restaure et se vérifie ({rehearsal.seconds} s).")
