"""`entremise restore FICHIER --cles FICHIER`: bring the installation back on empty databases."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from entremise.core.actor import system_actor
from entremise.core.errors import Refused
from entremise.privacy.services.backups import finish, restore


class Command(BaseCommand):
    help = "Restaure une sauvegarde dans des bases vides, après l’avoir lue et vérifiée en entier."
    requires_system_checks = ()

    def add_arguments(self, parser: Any) -> None:
        """The two files, or ``--reprendre``."""
        parser.add_argument("fichier", type=Path, nargs="?", help="la sauvegarde")
        parser.add_argument("--cles", type=Path, help="la sauvegarde des clés, de la même nuit ou plus récente")
        parser.add_argument("--reprendre", action="store_true", help="terminer une restauration interrompue")
        parser.add_argument("--recommencer", action="store_true", help="refaire celle qui a été coupée")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, or finish what was begun."""
        actor = system_actor(origin="command")
        try:
            if options["reprendre"]:
                epoch = finish(actor=actor, say=self.stdout.write)
            elif options["fichier"] is None or options["cles"] is None:
                raise CommandError("Donnez la sauvegarde et ses clés : entremise restore FICHIER --cles FICHIER")
            else:
                epoch = restore(
                    actor=actor,
                    data=options["fichier"],
                    keys=options["cles"],
                    again=options["recommencer"],
                    say=self.stdout.write,
                )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Restauré : époque {epoch.number}. Lancez maintenant « entremise verify ».")
